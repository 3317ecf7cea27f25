"""Writing names: a network, and a model that only counts which letter follows which few, write side by side.

Both say how probable each letter is to come next, 0 being the end, and a name is drawn from that letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from dlviz.concepts.rnn.recording import Written
from dlviz.data.letters import spelt
from dlviz.data.load import load
from dlviz.models.recurrent import LETTER_COUNT, RecurrentNetwork
from dlviz.spec import Writing
from dlviz.training.sequence_learner import OVER, to_write

LONGEST = 20  # letters, after which a name ends in any case
ORDERS, STRENGTHS = (2, 3, 4), (0.5, 1.0, 2.0, 5.0, 10.0)
Writer = Callable[[Sequence[int]], np.ndarray]  # the letters so far -> how probable each is to be next (30,)


def network_writer(network: RecurrentNetwork) -> Writer:
    """Return the network as a writer."""

    @torch.no_grad()
    def following(letters: Sequence[int]) -> np.ndarray:
        return network(torch.tensor([[0, *letters]]))[0, -1].softmax(0).double().numpy()

    return following


class Counts:
    """How often each letter follows each few: a writer that knows the last `order` letters and no more.

    Where it saw few cases it listens to what follows fewer letters, as if it had seen that `strength` times more.
    Source: MacKay and Bauman Peto 1995, hierarchical Dirichlet language model.
    """

    def __init__(self, names: Sequence[Sequence[int]], order: int, strength: float) -> None:
        self.order, self.strength = order, strength
        self.seen: dict[tuple[int, ...], np.ndarray] = {}
        for name in names:
            row = [*[0] * order, *name, 0]
            for place in range(order, len(row)):
                for size in range(order + 1):
                    context = tuple(row[place - size : place])
                    self.seen.setdefault(context, np.zeros(LETTER_COUNT))[row[place]] += 1

    def __call__(self, letters: Sequence[int]) -> np.ndarray:
        """Return how probable each letter is to come next, (30,)."""
        row = [*[0] * self.order, *letters]
        found = np.full(LETTER_COUNT, 1 / LETTER_COUNT)
        for size in range(self.order + 1):
            counted = self.seen.get(tuple(row[len(row) - size :]))
            if counted is None:
                break
            found = (counted + self.strength * found) / (counted.sum() + self.strength)
        return found


def surprise(writer: Writer, names: Sequence[Sequence[int]]) -> float:
    """Return the mean surprise at a letter, or at the end, of these names, in nats."""
    found = [-np.log(writer(name[:place])[(*name, 0)[place]]) for name in names for place in range(len(name) + 1)]
    return float(np.mean(found))


@torch.no_grad()
def network_surprise(network: RecurrentNetwork, names: np.ndarray) -> float:
    """Return the same of a network, for names (N,20) by their letters' numbers."""
    read, wanted = to_write(torch.tensor(names))
    return cross_entropy(network(read).flatten(0, 1), wanted.flatten(), ignore_index=OVER).item()


def best_counts(train: Sequence[Sequence[int]], validation: Sequence[Sequence[int]]) -> Counts:
    """Return the counting writer whose order and strength the validation names chose."""
    tried = [Counts(train, order, strength) for order in ORDERS for strength in STRENGTHS]
    return min(tried, key=lambda writer: surprise(writer, validation))


def chosen_from(found: np.ndarray, temperature: float, top_k: int) -> np.ndarray:
    """Return the probabilities (30,) from which a letter is drawn.

    p^(1/temperature), made to sum to 1 again: below 1 the likely become likelier; of all but the `top_k` likeliest
    letters none is drawn, 0 meaning all may be.
    """
    logits = np.log(np.maximum(found, 1e-12)) / temperature
    if top_k:
        logits[np.argsort(-logits, kind="stable")[top_k:]] = -np.inf
    shares = np.exp(logits - logits.max())
    return shares / shares.sum()


def name_by(
    writer: Writer, beginning: Sequence[int], temperature: float, top_k: int, chance: np.random.Generator
) -> str:
    """Return a name that goes on from `beginning`, letter by letter, until its end is drawn."""
    letters = list(beginning)
    while len(letters) < LONGEST:
        shares = chosen_from(writer(letters), temperature, top_k)
        drawn = int(chance.choice(LETTER_COUNT, p=shares))
        if drawn == 0:
            break
        letters.append(drawn)
    return spelt(letters)


@lru_cache(maxsize=8)
def counting(data: Writing, seed: int) -> tuple[Counts, frozenset[str], float]:
    """Return the counting writer of such data, all names of the list, and how the test names surprise the writer."""
    splits = load(data, seed)
    parts = [[row[row > 0].tolist() for row in part.inputs] for part in (splits.train, splits.validation, splits.test)]
    counts = best_counts(*parts[:2])
    return counts, frozenset(spelt(name) for part in parts for name in part), surprise(counts, parts[2])


def written(
    network: RecurrentNetwork,
    data: Writing,
    seed_of_split: int,
    beginning: Sequence[int],
    temperature: float,
    top_k: int,
    count: int,
    seed: int,
) -> Written:
    """Return `count` names by the network and as many by the one that counts, and which of them are in the list."""
    counts, known, counted = counting(data, seed_of_split)
    read, splits = network_writer(network), load(data, seed_of_split)
    names = []
    for place, writer in enumerate((read, counts)):
        chance = np.random.default_rng([seed, place])
        names.append(tuple(name_by(writer, beginning, temperature, top_k, chance) for _ in range(count)))
    return Written(
        tuple(names),
        tuple(tuple(name in known for name in row) for row in names),
        chosen_from(read(beginning), temperature, top_k),
        (network_surprise(network, splits.test.inputs), counted),
        counts.order,
    )
