"""What the page about multilayer perceptrons found out when somebody asked: plain frozen values.

A run's own moments are in the shared recording; here are the examples that a picture needs beside them, and the
answers to questions about one network or many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

PARTS = ("train", "validation", "test")


@dataclass(frozen=True, eq=False)
class Targets:
    """What a network on a line is to learn: `train` and `validation` points (N, 2) float32, x and y."""

    train: np.ndarray
    validation: np.ndarray


@dataclass(frozen=True, eq=False)
class Truths:
    """What is true of the rows of a table: each part's labels (N,) float32 in the table's own unit, and their names.

    `mean` and `deviation`: what a network's answers, which count in deviations from the mean, are in that unit.
    """

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    names: dict[str, tuple[str, ...]]
    mean: float
    deviation: float


@dataclass(frozen=True, eq=False)
class Columns:
    """What the columns of a table hold, each (F,) float64 in its own unit: the least, the largest, and a `usual` row.

    The usual row is the first validation row (a training row, where there are none).
    """

    low: np.ndarray
    high: np.ndarray
    usual: np.ndarray


@dataclass(frozen=True, eq=False)
class Foretold:
    """What a network says of one row: `answer` in the unit of what is told, and what each column does to it.

    `moves` (F,) float64: the answer, less that to the same row with this column at its mean over the training rows.
    """

    answer: float
    moves: np.ndarray


class Score(NamedTuple):
    """How well something did on the validation and the test examples.

    `score` is an accuracy, or R²; `error`, for numbers, the mean of |answer - truth| in their own unit, else 0.
    """

    score: float
    error: float
    loss: float


class Outcome(NamedTuple):
    """What came of a run: its scores by part ("train", "validation", "test": those that there are) at two moments.

    `best` is the recorded moment with the least validation loss (without validation the last), after `best_epoch`
    epochs; `last` the end. A run that diverged has no scores at its end.
    """

    parameters: int
    best_epoch: float
    best: dict[str, Score]
    last: dict[str, Score]


class Baseline(NamedTuple):
    """Ridge regression on the same rows: its penalty, chosen on the validation rows, and its scores by part."""

    penalty: float
    scores: dict[str, Score]


@dataclass(frozen=True, eq=False)
class Inside:
    """One test digit (28, 28) uint8, its label, and what the network makes of it.

    `layers`: each hidden layer's outputs (H,) float32; `probabilities` (K,).
    """

    picture: np.ndarray
    label: int
    layers: tuple[np.ndarray, ...]
    probabilities: np.ndarray


@dataclass(frozen=True, eq=False)
class Journey:
    """Test digits on a plane, by what a hidden layer makes of them, at R moments of a run.

    `steps` (R,), `epochs` (R,), `points` (R, N, 2) float32, each moment's turned to lie on the next one's as well as
    it can; `explained` (R,): the share of the spread that the plane shows; `labels` (N,), `answers` (R, N),
    `pictures` (N, 28, 28) uint8.
    """

    steps: np.ndarray
    epochs: np.ndarray
    points: np.ndarray
    explained: np.ndarray
    labels: np.ndarray
    answers: np.ndarray
    pictures: np.ndarray


class Line(NamedTuple):
    """The first unit of a layer at work: how many numbers go in and come out, its sum and what comes out of it."""

    inputs: int
    outputs: int
    total: float
    output: float
