"""What the digit lab found out when somebody asked: plain frozen values, with arrays that stay as they are.

A run's own moments are in the shared recording; here are the answers to questions about a network:
what it reads in a drawing, what is inside it, what it loses without a filter, where it looks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dlviz.spec import RunSpec

Reader = tuple[str, RunSpec, int | None]  # what it is called, the run, and after how many updates (None: the newest)


@dataclass(frozen=True)
class Surgery:
    """Which filters are muted, as (stage, channel), and which have other kernels, as (stage, channel, kernel).

    A kernel is its numbers in a row, in the order (C, k, k).
    """

    muted: tuple[tuple[str, int], ...] = ()
    edited: tuple[tuple[str, int, tuple[float, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.muted or self.edited)


@dataclass(frozen=True, eq=False)
class Digit:
    """One digit of a split: its picture (28, 28) uint8, its label, its place in the split's table, the split's size."""

    picture: np.ndarray
    label: int
    index: int
    count: int


@dataclass(frozen=True, eq=False)
class Reading:
    """How a drawing became a picture, step by step, and what each reader says it is.

    `stages` are (name, picture); `picture` is (28, 28) float32, 0 to 1; `probabilities` (readers, K)
    float32, all 0 where `empty` says that nothing is drawn.
    """

    stages: tuple[tuple[str, np.ndarray], ...]
    picture: np.ndarray
    probabilities: np.ndarray
    empty: bool


@dataclass(frozen=True, eq=False)
class Inside:
    """What every stage makes of one picture: maps (C, H, W) or units (H,), float32, by name and in order.

    Stages that change no number (flatten, dropout after learning) are left out. `probabilities` (K,).
    """

    stages: dict[str, np.ndarray]
    probabilities: np.ndarray


@dataclass(frozen=True, eq=False)
class Cell:
    """The arithmetic of one cell of a stage, ready to be packed: plain `numbers` and words, and `arrays`, by name.

    numbers: stage, kind, source, channel, row, column, top, left, bias, rest, total, value, winner, after;
    arrays: window, kernel, products (C, k, k), inside (k, k), places (n, 3). What each means stands
    where they are computed, in the probe of windows.
    """

    numbers: dict[str, object]
    arrays: dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Attributions:
    """Where the network looks for class `target`: three maps (28, 28) float32.

    `grad_cam` is None where the network has no convolution.
    """

    target: int
    saliency: np.ndarray
    occlusion: np.ndarray
    grad_cam: np.ndarray | None


@dataclass(frozen=True)
class Outcome:
    """Accuracy, a share 0 to 1, on so many digits of one split, as learnt and after the surgery."""

    digits: int
    before: float
    after: float


@dataclass(frozen=True)
class SurgeryOutcome:
    """What a surgery costs on digits the network never learnt from; a split without digits has none."""

    validation: Outcome | None
    test: Outcome | None


@dataclass(frozen=True, eq=False)
class Importance:
    """What is lost when each filter of `stage` alone is muted, counted on so many digits.

    `drops` (C,) is by how much the share read correctly falls, in steps of one digit; `certainty` (C,) by
    how much the mean probability of the right class does, which tells filters apart that `drops` cannot.
    Both float32, negative where the network does better without the filter.
    """

    stage: str
    drops: np.ndarray
    digits: int
    certainty: np.ndarray


@dataclass(frozen=True, eq=False)
class Atlas:
    """Test digits on a plane: points (N, 2) float32, labels and answers (N,) int32, pictures (N, 28, 28) uint8.

    `numbers` (N,) int32 are their places in the test split; `explained` is each axis' share of the
    spread, (2,), and (0,) where the method knows none.
    """

    points: np.ndarray
    labels: np.ndarray
    answers: np.ndarray
    pictures: np.ndarray
    numbers: np.ndarray
    explained: np.ndarray


@dataclass(frozen=True, eq=False)
class Moved:
    """How sure each reader still is of digits moved by so many pixels, averaged over digits and four directions.

    `distances` (D,) pixels; `confidence`, the probability of the right class, and `accuracy`, both
    (readers, D) float32, 0 to 1; `digits` is their number.
    """

    distances: np.ndarray
    confidence: np.ndarray
    accuracy: np.ndarray
    digits: int


@dataclass(frozen=True)
class LayerCost:
    """One stage: its name, the shape it gives, its parameters, and its multiply-adds and FLOPs for one digit."""

    name: str
    shape: tuple[int, ...]
    parameters: int
    multiply_adds: int
    flops: int


@dataclass(frozen=True, eq=False)
class Taught:
    """What teaching drawings did: probabilities (n, K) of them and others before and after; the loss of every step.

    `accuracy_before` and `accuracy_after`, shares 0 to 1, are on so many `digits` that nobody taught it.
    """

    before: np.ndarray
    after: np.ndarray
    losses: np.ndarray
    accuracy_before: float
    accuracy_after: float
    digits: int
