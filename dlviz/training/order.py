"""Order: every example once an epoch, in a new random order each time.

A batch is the next stretch of the order. The batch size may change at any time: the order goes on
where it was, and the last batch of an epoch is what is left.
"""

from __future__ import annotations

import torch
from torch import Tensor


class Order:
    """The endless, shuffled row of N examples; `seen` counts how many have been taken so far."""

    def __init__(self, count: int, generator: torch.Generator) -> None:
        self.count, self.generator = count, generator
        self.seen = 0
        self.positions = torch.empty(0, dtype=torch.int64)

    @property
    def place(self) -> int:
        """How many examples of this epoch have been taken."""
        return self.seen % self.count

    def take(self, size: int) -> Tensor:
        """Return the positions of the next batch: (B,) int64, B = size or what is left of the epoch."""
        place = self.place
        if place == 0:
            self.positions = torch.randperm(self.count, generator=self.generator)
        batch = self.positions[place : place + size]
        self.seen += len(batch)
        return batch

    def due(self, size: int, times: int) -> bool:
        """Return whether the batch of `size` that was just taken ended one of `times` equal parts of an epoch."""
        return ends_a_part(self.seen, size, self.count, times)


def ends_a_part(seen: int, size: int, count: int, times: int) -> bool:
    """Return whether the last `size` of the examples `seen` ended one of `times` equal parts of an epoch of `count`."""
    return (seen - size) * times // count != seen * times // count
