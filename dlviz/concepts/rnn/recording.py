"""What was found out about recurrent networks when somebody asked: plain values with arrays that stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Reading:
    """How a network reads S steps at R moments of its run, float32 but for the first.

    `steps` (R,): after how many updates; `state` (R,S,H), -1 to 1; `gates` by name (R,S,H), 0 to 1, none for a plain
    network; `gradient` (R,S): how long ∂loss/∂h is at each step. Of classes and letters there is `belief` (R,S,K): how
    probable each would be if the sequence ended there, or to come next; of years `read` (S+1,), the numbers that were
    read and the one that came then, and `foretold` (R,S), what is told after each, in spots.
    """

    steps: np.ndarray
    state: np.ndarray
    gates: Mapping[str, np.ndarray]
    gradient: np.ndarray
    belief: np.ndarray | None = None
    read: np.ndarray | None = None
    foretold: np.ndarray | None = None


@dataclass(frozen=True)
class Baseline:
    """How well a classical model does on the same split: shares 0 to 1, and of how many features it is a sum."""

    validation: float
    test: float
    features: int


@dataclass(frozen=True, eq=False)
class Spread:
    """Scores of one run with other `seeds` (R,): `scores` (R,), and `what` they are.

    "test_accuracy" or "validation_accuracy" (where there is no test), shares 0 to 1; "error", the root mean squared
    error on the test years in spots; "surprise" at the test names, in nats a letter.
    """

    seeds: np.ndarray
    scores: np.ndarray
    what: str


MODELS = ("network", "linear", "last")  # the network, a linear autoregression, and "as last year"


@dataclass(frozen=True, eq=False)
class Forecast:
    """What three models, in the order of MODELS, foretell of the sunspot numbers, in spots.

    `years` (N,) and `truth` (N,) of all years that have enough years before them; `next` (3,N): each foretold from the
    true years before it. `error` by part (3,): root mean squared errors one year ahead, of "train", "validation" and
    "test" years. `ahead` (3,P): the same of the test years, foretold 1 to P years before. `path` (3,Q): years foretold
    one after the other, each from those foretold before, beginning at `path_years` (Q,).
    """

    years: np.ndarray
    truth: np.ndarray
    next: np.ndarray
    error: Mapping[str, np.ndarray]
    ahead: np.ndarray
    path_years: np.ndarray
    path: np.ndarray


@dataclass(frozen=True, eq=False)
class Written:
    """Names that were written: by the network, and by one that counts which letter follows which `order` letters.

    `names` and `known` (whether it is in the list) of each of the two; `following` (30,): how probable each letter is
    to be drawn next after the beginning, the first being the end; `surprise` of each at the test names, in nats a
    letter.
    """

    names: tuple[tuple[str, ...], ...]
    known: tuple[tuple[bool, ...], ...]
    following: np.ndarray
    surprise: tuple[float, float]
    order: int
