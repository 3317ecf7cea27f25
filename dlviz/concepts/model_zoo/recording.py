"""What is measured of a model: what it costs by its description, and how it did where it was trained."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median, stdev
from typing import NamedTuple

from dlviz.recording import Recording


class Part(NamedTuple):
    """One stage of a model: its name, such as conv1, and the shape that it gives for one example."""

    name: str
    shape: tuple[int, ...]


class Cost(NamedTuple):
    """What one answer of a model costs: its `parts`, the numbers it has learnt, and operations for one example."""

    parts: tuple[Part, ...]
    parameters: int
    flops: int


class Judged(NamedTuple):
    """How one trained run did: its score on the test examples, "accuracy" or "r2", and the seconds it learnt."""

    score: float
    measure: str
    seconds: float


class Score(NamedTuple):
    """How a model did over its seeds: mean, standard deviation (0 for one seed), each seed's, median seconds."""

    mean: float
    spread: float
    each: tuple[float, ...]
    measure: str
    seconds: float


def judged(recording: Recording) -> Judged | None:
    """Return how a run did that has finished, None for any other."""
    if not recording.moments or not recording.finished:
        return None
    last = recording.moments[-1]
    measure = next((name for name in ("accuracy", "r2") if f"test_{name}" in last), None)
    return Judged(float(last[f"test_{measure}"]), measure, float(last["seconds"])) if measure else None


def scored(runs: Sequence[Judged]) -> Score | None:
    """Return how a model did over the seeds that are there, None where there are none."""
    if not runs:
        return None
    each = tuple(run.score for run in runs)
    spread = stdev(each) if len(each) > 1 else 0.0
    return Score(fmean(each), spread, each, runs[0].measure, median(run.seconds for run in runs))
