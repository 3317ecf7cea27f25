"""What was computed beside the runs of linear regression: plain frozen values, with arrays that stay as they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Sample:
    """The points of a run in the units in which they were noted, and how the model sees them.

    `x` (N, F) float64 and `y` (N,) float64; `split` (N,) uint8: 0 to learn from, 1 to check on, 2 for the end, each in
    the order of its split. The model reads (x - `middle`) / `spread`, both (F,); what it says, times `unit[1]` and plus
    `unit[0]`, is y.
    """

    x: np.ndarray
    y: np.ndarray
    split: np.ndarray
    middle: np.ndarray
    spread: np.ndarray
    unit: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Solution:
    """The weights (D,) float64 at which the loss is lowest, in the order in which the model has them: the bias last.

    `exact` is computed here, None where there is no closed form and no short way to it; `library` is scikit-learn's
    answer, None where it has no such model. `loss` is the lowest loss on the training points, penalties included;
    `scores` (3, 2): R² and mean miss, in the units of y, on training, validation and test points, nan where there are
    none. `curvatures` (D,) of the squared loss, the largest first; the largest learning rate that does not blow up is 2
    over the first.
    """

    exact: np.ndarray | None
    library: np.ndarray | None
    loss: float
    scores: np.ndarray
    curvatures: np.ndarray

    @property
    def best(self) -> np.ndarray:
        """(D,) the weights to compare with: scikit-learn's, or else ours."""
        return self.exact if self.library is None else self.library

    @property
    def condition(self) -> float:
        """How many times steeper the bowl is in its steepest direction than in its flattest; inf where that is flat."""
        steepest, flattest = self.curvatures[0], self.curvatures[-1]
        return float(steepest / flattest) if flattest > 1e-12 * steepest else float("inf")

    @property
    def largest_rate(self) -> float:
        """The learning rate above which plain gradient descent blows up."""
        return float(2 / self.curvatures[0])


@dataclass(frozen=True, eq=False)
class Bowl:
    """The loss over weight and bias: `heights` (G, G) float64 at `bias` (G,) and `weight` (G,), `best` (2,) its lowest.

    `way` (R, 2): where plain gradient descent goes from (0, 0) with half the largest rate; empty where nobody asked.
    """

    heights: np.ndarray
    weight: np.ndarray
    bias: np.ndarray
    best: np.ndarray
    way: np.ndarray


@dataclass(frozen=True, eq=False)
class Path:
    """Weights against the strength of a penalty: `weights` (S, D) at `strengths` (S,), biases left out.

    `train` and `validation` (S,): the mean squared error without the penalty, in the units of y squared.
    """

    strengths: np.ndarray
    weights: np.ndarray
    train: np.ndarray
    validation: np.ndarray


@dataclass(frozen=True, eq=False)
class Degrees:
    """The best model of every degree: `degrees` (P,), `train` and `validation` (P,) mean squared errors, nan if none.

    `size` (P,): the largest weight.
    """

    degrees: np.ndarray
    train: np.ndarray
    validation: np.ndarray
    size: np.ndarray


@dataclass(frozen=True, eq=False)
class Faults:
    """One data set, three losses: `weights` (3, D), best for squared, Huber's and absolute faults in this order.

    `misses` (3, 2): the median and the largest miss of each on the training points, in the units of y.
    """

    weights: np.ndarray
    misses: np.ndarray


@dataclass(frozen=True, eq=False)
class Seeds:
    """One setting learnt from many seeds: `scores` (S, 2, 2), for each seed and for validation and test points, R²
    and the mean miss in the units of y; nan where there are no such points. `library` the same of scikit-learn.
    `degrees` (S,): the degree that each seed's validation points chose, 0 without any; `chosen` (S, 2): its R² and mean
    miss on the test points.
    """

    scores: np.ndarray
    library: np.ndarray
    degrees: np.ndarray
    chosen: np.ndarray
