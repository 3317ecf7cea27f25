"""What the page on logistic regression found out when somebody asked: plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a run: inputs (N, F) float32 as the model sees them, labels (N,) uint8, splits (N,) uint8.

    Training rows (split 0) come first, then validation (1) and test rows (2), each in the order of the split: the
    scores of a moment stand in the same order.
    """

    inputs: np.ndarray
    labels: np.ndarray
    splits: np.ndarray


@dataclass(frozen=True)
class Score:
    """How a model does on one part of the rows: mean loss, share answered right, and area under the ROC curve.

    The area, 0 to 1, is None for more than two classes, or where only one of two occurs.
    """

    loss: float
    accuracy: float
    area: float | None


@dataclass(frozen=True, eq=False)
class Reference:
    """What scikit-learn makes of the same rows, the same loss and the same penalty.

    `weights` (D,) float64 in the order of a moment's; `scores`: "train", "validation" and "test" where there are rows;
    `separates`: whether every training row is answered right while nothing holds the weights back: then there is no
    lowest loss, and the numbers are those at which the search was given up.
    """

    weights: np.ndarray
    scores: dict[str, Score]
    separates: bool


@dataclass(frozen=True)
class Trial:
    """One run from one seed to its end: the seed and its scores, as in `Reference`."""

    seed: int
    scores: dict[str, Score]
