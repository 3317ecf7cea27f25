"""The answers of the page on activation functions, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Stretch(NamedTuple):
    """Where a function is flat: from `low` to `high` (infinite at an end); `dead` where its slope is 0 throughout."""

    low: float
    high: float
    dead: bool


class Facts(NamedTuple):
    """What was measured of one function, for x from -10⁶ to 10⁶.

    `low` and `high`: its smallest and largest value, infinite where it goes on with x. `steepest`: the largest
    |f′|, at x = `steepest_at`. `mean`: what it gives on average for x from a standard normal distribution, `gain`:
    the average of f′² there. `kinks`, `jumps`: where f′, or f itself, leaps. `flat`: where |f′| stays below the
    limit. `undefined`: whether it has no value, or no slope, at some x.
    """

    low: float
    high: float
    at_zero: float
    steepest: float
    steepest_at: float
    mean: float
    gain: float
    rises: bool
    kinks: tuple[float, ...]
    jumps: tuple[float, ...]
    flat: tuple[Stretch, ...]
    undefined: bool


class Curves(NamedTuple):
    """K functions: at x (G,) their `values` (K, G) and `slopes` (K, G), float64, NaN where there is none, and facts."""

    x: np.ndarray
    values: np.ndarray
    slopes: np.ndarray
    facts: tuple[Facts, ...]


class Softmax(NamedTuple):
    """Softmax of K logits: `probabilities` (K,) and `jacobian` (K, K), ∂pᵢ/∂zⱼ by autograd, with their entropy in bits.

    `closed`: the largest difference between that and (diag(p) - ppᵀ)/T. `moved`: the largest difference that the
    number added to every logit makes. `naive`: (K,) float32, computed without taking the largest logit away first.
    """

    probabilities: np.ndarray
    jacobian: np.ndarray
    entropy: float
    closed: float
    moved: float
    naive: np.ndarray


class LayerSums(NamedTuple):
    """What goes into the activation of one hidden layer, at R moments, over all training points.

    counts: (R, bins) int32, sums between `low` and `high`. x, values, slopes: (G,) the function there. dead (R,):
    units whose slope is 0 at every point. flat (R,): the share of all sums where |f′| is below the limit, and of
    them silent (R,), where it is 0. slope (R,): the mean of |f′|.
    """

    activation: str
    units: int
    low: float
    high: float
    counts: np.ndarray
    x: np.ndarray
    values: np.ndarray
    slopes: np.ndarray
    dead: np.ndarray
    flat: np.ndarray
    silent: np.ndarray
    slope: np.ndarray
