"""Examples: what goes in, what should come out, and where each one came from.

A network learns from the training examples, is watched on the validation examples while it learns,
and is judged once, at the end, on test examples that played no part before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dlviz.recording import read_only


@dataclass(frozen=True, eq=False)
class Examples:
    """N examples: `inputs` and `labels`, and `indices`, their positions in the table they came from.

    Pictures are (N,28,28) uint8, 0 paper to 255 ink; points and rows of a table are (N,F) float32. Labels are (N,)
    int64 positions in `Splits.classes`, or (N,) float32 numbers where there are no classes. No array can
    be written to.
    """

    inputs: np.ndarray
    labels: np.ndarray
    indices: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def at(self, positions: np.ndarray, offset: int = 0) -> Examples:
        """Return the examples at these positions, in this order; `offset` is added to their indices."""
        return Examples(
            read_only(self.inputs[positions]),
            read_only(_labels(self.labels[positions])),
            read_only(self.indices[positions] + offset),
        )


def _labels(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32 if values.dtype.kind == "f" else np.int64)


@dataclass(frozen=True, eq=False)
class Splits:
    """The three parts of one data set, which share no example; validation and test may be empty.

    `unit`: what labels that are numbers count from, and in which steps: (mean, deviation) of the training ones in
    the units of the table, (0, 1) where labels are as they are.
    """

    train: Examples
    validation: Examples
    test: Examples
    classes: tuple[str, ...]
    unit: tuple[float, float] = (0.0, 1.0)

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape in which one example enters a network: (1, 28, 28) or (F,)."""
        shape = self.train.inputs.shape[1:]
        return (1, *shape) if len(shape) == 2 else shape
