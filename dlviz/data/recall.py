"""A recall task: a symbol is shown, then nothing for a while, and then it must be said.

It asks of a network one thing only, to remember. How long it can is how far back its gradient reaches.
"""

from __future__ import annotations

from string import ascii_uppercase

import numpy as np

from dlviz.data.sequences import Sequences
from dlviz.recording import read_only

BLANK = "·"
MOST_KINDS = len(ascii_uppercase)


def recall(count: int, delay: int, kinds: int, seed: int) -> Sequences:
    """Return `count` sequences of one of `kinds` symbols (2 to 26) and `delay` blanks (0 or more) after it.

    The label is which symbol it was; each occurs equally often, to within one, and the seed decides the order.
    Symbol number 0 is the blank, 1 and so on are A, B, …, so label 0 is A. Sequences are 1 + `delay` long.
    Raises: ValueError where a number is out of its range.
    """
    if count < 1 or delay < 0 or not 2 <= kinds <= MOST_KINDS:
        raise ValueError(
            f"recall: {count} sequences of {kinds} kinds with a delay of {delay} were asked for; allowed are at "
            f"least 1 sequence, 2 to {MOST_KINDS} kinds and a delay of 0 or more"
        )
    labels = np.random.default_rng([seed, 2]).permutation(np.arange(count) % kinds)
    letters = np.zeros((count, 1 + delay), dtype=np.uint8)
    letters[:, 0] = 1 + labels
    lengths = np.full(count, 1 + delay)
    names = tuple(ascii_uppercase[:kinds])
    return Sequences(*map(read_only, (letters, lengths, labels)), (BLANK, *names), names)
