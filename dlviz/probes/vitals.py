"""Vital signs of a layer: how large its numbers are, and how many of its units have stopped to listen.

Where the gradients of the first layers are far smaller than those of the last, the first ones hardly learn.
A unit that stands at a flat end of its function for nearly every point passes hardly any gradient on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dlviz.probes.diagnosis import ALWAYS, SATURATED
from dlviz.probes.histograms import Numbers
from dlviz.probes.slopes import FLAT
from dlviz.spec import DenseActivation

KINDS = 3  # of numbers: weights, gradients, activations


class Vitals(NamedTuple):
    """Of one layer, one row a moment: sizes (R, 3), flat (R,) and stuck (R,).

    sizes: the root mean square of its weights, their gradients, and its activations; NaN where one is not finite.
    flat: the share of activations, 0 to 1, that stand still: zeros of a ReLU, and what is beyond 0.97 of the
    reach of a tanh or sigmoid, or where somebody's own function is that flat. stuck: how many units do so for
    all points (ReLU) or for 0.9 of them.
    """

    sizes: np.ndarray
    flat: np.ndarray
    stuck: np.ndarray


def vitals(seen: Sequence[Numbers], activation: DenseActivation = "identity") -> Vitals:
    """Return the vital signs of a dense layer at R moments; of others than those no end is flat."""
    flat = [_flat(one, activation) for one in seen]
    enough = 1.0 if activation == "relu" else ALWAYS
    return Vitals(
        np.array([[_size(values) for values in one[:KINDS]] for one in seen], np.float32),
        np.array([rows.mean() for rows in flat], np.float32),
        np.array([(rows.mean(axis=0) >= enough).sum() for rows in flat], np.int32),
    )


def _size(values: np.ndarray) -> float:
    return float(np.sqrt(np.square(values, dtype=np.float64).mean())) if np.isfinite(values).all() else np.nan


def _flat(numbers: Numbers, activation: DenseActivation) -> np.ndarray:
    """Return (N, H) whether each activation stands at a flat end."""
    activations = numbers.activations
    if activation == "own":
        return numbers.slopes < FLAT
    if activation == "relu":
        return activations <= 0
    if activation == "tanh":
        return np.abs(activations) > SATURATED
    if activation == "sigmoid":  # a tanh, squeezed: σ(z) = (1 + tanh(z/2)) / 2
        return np.abs(2 * activations - 1) > SATURATED
    return np.zeros(activations.shape, bool)
