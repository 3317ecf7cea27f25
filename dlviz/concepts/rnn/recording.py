"""What was found out about recurrent networks when somebody asked: plain values with arrays that stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Reading:
    """How a network reads S symbols, float32 throughout.

    `state` (S,H), -1 to 1; `gates` by name (S,H), 0 to 1, none for a plain network; `belief` (S,K): how probable each
    class would be if the sequence ended there; `gradient` (S,): how long ∂loss/∂h is at each step.
    """

    state: np.ndarray
    gates: Mapping[str, np.ndarray]
    belief: np.ndarray
    gradient: np.ndarray


@dataclass(frozen=True)
class Baseline:
    """How well a classical model does on the same split: shares 0 to 1, and of how many features it is a sum."""

    validation: float
    test: float
    features: int


@dataclass(frozen=True, eq=False)
class Spread:
    """Scores of one run with other seeds: `validation` and `test` (R,), shares 0 to 1, and the `seeds` (R,)."""

    seeds: np.ndarray
    validation: np.ndarray
    test: np.ndarray
