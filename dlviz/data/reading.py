"""Reading: what is read step by step, as examples that are split so that no part tells of another.

Letters and signs go in by their numbers, years as how far they, or their square roots, lie from the mean of the
training years. Names are split with each language in its share, years by time: who foretells must not have seen what
comes after.
"""

from __future__ import annotations

import numpy as np

from dlviz.data.examples import Examples, Splits
from dlviz.data.recall import recall
from dlviz.data.sequences import Sequences
from dlviz.data.split import cut, stratified_order
from dlviz.data.sunspots import ends, scale_of, sunspots
from dlviz.data.surnames import LANGUAGES, surnames
from dlviz.recording import read_only
from dlviz.sets import LONGEST_NAME, Recall, Sequence, Sunspots, Surnames, Writing

ALL = 10_000  # more names than any language has here


def to_read(data: Sequence, seed: int) -> Splits:
    """Return the examples of `data`: inputs (N,S), and as label the class, the next year, or the length of a name.

    Letters are uint8, 0 from the end of a name on; signs are uint8, 0 for a blank; years are float32, in deviations of
    the training years from their mean, which is the `unit`: of the numbers, or of their square roots.
    """
    if isinstance(data, Sunspots):
        return _years(data)
    if isinstance(data, Recall):
        return _split(recall(data.examples, data.delay, data.signs, seed), data.validation_share, 0.0, seed)
    if isinstance(data, Surnames):
        return _split(_wide(surnames(data.names)), data.validation_share, data.test_share, seed)
    return _split(_names_of(data), data.validation_share, data.test_share, seed)


def _wide(names: Sequences) -> Sequences:
    """Return the names in rows of the same length whichever they are, so that a network fits them all."""
    letters = np.zeros((len(names), LONGEST_NAME), dtype=np.uint8)
    letters[:, : names.letters.shape[1]] = names.letters
    return Sequences(read_only(letters), names.lengths, names.labels, names.symbols, names.classes)


def _names_of(data: Writing) -> Sequences:
    """Return all names of one language; what is to be told is in the name itself, so its label is its length."""
    known = surnames(ALL)
    names = _wide(known.at(np.flatnonzero(known.labels == LANGUAGES.index(data.tongue))))
    return Sequences(names.letters, names.lengths, names.lengths, names.symbols, ())


def _split(rows: Sequences, validation: float, test: float, seed: int) -> Splits:
    known = Examples(rows.letters, rows.labels, read_only(np.arange(len(rows))))
    parts = cut(stratified_order(rows.labels, seed), validation, test, 1)
    return Splits(*map(known.at, parts), classes=rows.classes)


def _years(data: Sunspots) -> Splits:
    """Return for each year the `window` years before it; of the first years nothing is foretold."""
    scale, begins = scale_of(data), np.array(ends(data))
    scaled = scale.read(sunspots().numbers).astype(np.float32)
    before = np.lib.stride_tricks.sliding_window_view(scaled, data.window)[:-1]
    years = np.arange(data.window, len(scaled))  # the one foretold
    known = Examples(read_only(before.copy()), read_only(scaled[data.window :]), read_only(years))
    parts = np.split(np.arange(len(years)), begins - data.window)
    return Splits(*map(known.at, parts), classes=(), unit=(scale.mean, scale.deviation))
