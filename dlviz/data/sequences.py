"""Sequences: examples that come one symbol after the other, each as long as it happens to be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dlviz.recording import read_only


@dataclass(frozen=True, eq=False)
class Sequences:
    """N sequences of at most S symbols, and the class of each.

    `letters` (N, S) uint8: the symbols by their number in `symbols`, 0 from the end of a sequence on; `lengths`
    (N,) int64, 1 to S; `labels` (N,) int64, positions in `classes`. No array can be written to.
    """

    letters: np.ndarray
    lengths: np.ndarray
    labels: np.ndarray
    symbols: tuple[str, ...]
    classes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    def at(self, positions: np.ndarray) -> Sequences:
        """Return the sequences at these positions, in this order, cut to the longest of them."""
        lengths = self.lengths[positions]
        letters = self.letters[positions, : lengths.max(initial=0)]
        parts = map(read_only, (letters, lengths, self.labels[positions]))
        return Sequences(*parts, self.symbols, self.classes)
