"""Tallies: running sums over the updates since something was last written down."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Tally:
    """The losses of some updates in a row, and the sums that their averages are made of."""

    losses: list[float] = field(default_factory=list)
    loss_sum: float = 0.0  # over examples
    right: int = 0
    seen: int = 0

    def add(self, loss: float, right: int, size: int) -> None:
        """Count one update on `size` examples: their mean loss, and how many were answered right."""
        self.losses.append(loss)
        self.loss_sum += loss * size
        self.right += right
        self.seen += size

    @property
    def loss(self) -> float:
        """The mean loss over the examples counted; there must be some."""
        return self.loss_sum / self.seen

    @property
    def accuracy(self) -> float:
        """The share of right answers over the examples counted, 0 to 1; there must be some."""
        return self.right / self.seen

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """Return the tally as two named arrays, for a saved state."""
        sums = np.array([self.loss_sum, self.right, self.seen], dtype=np.float64)
        return {f"{name}/losses": np.array(self.losses, dtype=np.float32), f"{name}/sums": sums}

    @classmethod
    def read(cls, name: str, arrays: dict[str, np.ndarray]) -> Tally:
        """Return the tally that `arrays` wrote under that name, exactly: losses are float32 by nature."""
        loss_sum, right, seen = arrays[f"{name}/sums"].tolist()
        return cls(arrays[f"{name}/losses"].tolist(), loss_sum, int(right), int(seen))
