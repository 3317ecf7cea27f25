"""What the playground found out when somebody asked: plain frozen values, with arrays that stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Cloud:
    """Points on the plane: places (N, 2) float32 within -6 to 6, labels (N,) float32, split (N,) uint8.

    A label is a class or a number from -1 to 1; the split is 0 where the network learns from the point, 1
    where it is kept aside.
    """

    places: np.ndarray
    labels: np.ndarray
    split: np.ndarray


@dataclass(frozen=True, eq=False)
class Valley:
    """The loss on the training points over a plane through the network's weights, and how the run moved there.

    `heights` (H, G) float64 at `along` (H,) and `across` (G,); `here` is the loss at (0, 0), where the network
    is; `points` (R, 2) the recorded weights' places on the plane; `explained` (2,) the share of the path's
    variance along each direction, 0 to 1. The plane goes through `origin` (D,) along `directions` (2, D), and a
    difference from the origin, multiplied with `measures` (2, D), is its nearest place on the plane.
    """

    heights: np.ndarray
    across: np.ndarray
    along: np.ndarray
    here: float
    points: np.ndarray
    explained: np.ndarray
    origin: np.ndarray
    directions: np.ndarray
    measures: np.ndarray


@dataclass(frozen=True)
class Cause:
    """What keeps a run from learning, the numbers that show it, and the change to try from `step`.

    The change is knobs, weights by their places, or both; see the probe of diagnosis for the numbers.
    """

    name: str
    step: int
    numbers: Mapping[str, float]
    knobs: Mapping[str, object]
    weights: tuple[tuple[int, float], ...]


@dataclass(frozen=True, eq=False)
class Match:
    """A duel as it stands: the points, and what both have reached, all in float64.

    `points` (N, 2) and `labels` (N,), 0 or 1; `weights` (M+1, D) of the optimizer before and after each of all its
    moves, `losses` and `shares` (M+1,) its loss on the points and the share of them it gets right; `own_weights`
    (R, D), `own_losses` and `own_shares` (R,) the same of the moves made by hand so far; `downhill` (D,) the
    negative gradient of the loss at the last of `own_weights`.
    """

    points: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    losses: np.ndarray
    shares: np.ndarray
    own_weights: np.ndarray
    own_losses: np.ndarray
    own_shares: np.ndarray
    downhill: np.ndarray


@dataclass(frozen=True, eq=False)
class Bend:
    """An activation: `values` f and `slopes` f′ at `places`, (P,) float32 each; NaN or infinite where there is none."""

    places: np.ndarray
    values: np.ndarray
    slopes: np.ndarray


@dataclass(frozen=True, eq=False)
class Spread:
    """How one kind of a layer's numbers is spread: counts (R, bins) of equally wide bins from low to high.

    With a `root` of 2 the bins are equally wide in the square root of the numbers, which keeps its sign.
    """

    counts: np.ndarray
    low: float
    high: float
    root: int


@dataclass(frozen=True, eq=False)
class LayerSpreads:
    """One layer over R moments: the spread of its weights, of their gradients, and of its activations.

    `sizes` (R, 3) is the root mean square of each kind; `flat` (R,) the share of activations that stand still, and
    `stuck` (R,) how many of its `units` do so for nearly every point, where `activation` has a flat end.
    """

    weights: Spread
    gradients: Spread
    activations: Spread
    sizes: np.ndarray
    flat: np.ndarray
    stuck: np.ndarray
    units: int
    activation: str
