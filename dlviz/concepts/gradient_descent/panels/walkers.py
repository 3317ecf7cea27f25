"""The two who train the real network, as they stand: what each is called, its run, and what was recorded of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dlviz.concepts.gradient_descent.spec import Real
from dlviz.engine.followed import Snapshot
from dlviz.recording import Moment
from dlviz.spec import RunSpec
from dlviz.ui import bench, fields
from dlviz.ui.fields import option
from dlviz.ui.language import t

PAGE = "gradient_descent"
BENCH = "gradient_descent.bench"  # key of the bench, and name of the player that all pictures follow
ALL = 1024  # examples of a batch: more than there are
SOLUTIONS = "dlviz.concepts.gradient_descent.solutions"


class Walker(NamedTuple):
    """A run of the two: its spec with the device settled, the moments whose weights are known and finite, its state.

    A moment's `weights` are (D,), its `train_loss` and `validation_loss` single numbers.
    """

    run: RunSpec
    moments: tuple[Moment, ...]
    over: bool
    diverged_at: int | None

    @property
    def path(self) -> np.ndarray:
        """The recorded weights (R, D)."""
        return np.stack([moment["weights"] for moment in self.moments])

    def at(self, step: int | None) -> Moment:
        """Return the last moment after at most `step` updates; None is the newest."""
        reached = [moment for moment in self.moments if step is None or moment.step <= step]
        return (reached or self.moments[:1])[-1]

    def until(self, epoch: float) -> Moment:
        """Return the last moment after at most so many passes over the examples."""
        return ([one for one in self.moments if one.epoch <= epoch + 1e-9] or self.moments[:1])[-1]


def name(run: RunSpec) -> str:
    """Return what a run is called: its optimizer and its learning rate."""
    return f"{option(run.knobs.optimizer)}, η = {fields.number(run.knobs.learning_rate)}"


def names(runs: tuple[RunSpec, RunSpec]) -> list[str]:
    """Return what the two are called: optimizer and learning rate; batch size and seed where those differ."""
    usual, rare = zip(*((_parts(run)[:2], _parts(run)[2:]) for run in runs), strict=True)
    differ = [place for place, both in enumerate(zip(*rare, strict=True)) if both[0] != both[1]]
    return [", ".join((*two, *(more[i] for i in differ))) for two, more in zip(usual, rare, strict=True)]


def shorts(runs: tuple[RunSpec, RunSpec]) -> list[str]:
    """Return what sets each of the two apart from the other, in a word or two."""
    parts = list(zip(*map(_parts, runs), strict=True))
    return list(next((both for both in parts if both[0] != both[1]), parts[0]))


def _parts(run: RunSpec) -> tuple[str, str, str, str]:
    knobs = run.knobs
    batch = t(f"{PAGE}.real.all_points") if knobs.batch_size >= ALL else f"B = {knobs.batch_size}"
    seed = t(f"{PAGE}.real.seed", seed=run.seed)
    return option(knobs.optimizer), f"η = {fields.number(knobs.learning_rate)}", batch, seed


def significant(value: float) -> str:
    """Return a number with three significant digits, trailing zeros too: 20.0, 0.110, 16,300."""
    if not np.isfinite(value) or value == 0:
        return f"{value:g}"
    return f"{value:,.0f}" if abs(value) >= 99.95 else f"{value:#.3g}"


def walkers(given: Real) -> tuple[Walker, Walker] | None:
    """Return both runs as they stand, None until each has a moment with weights."""
    found = [_walker(run, place) for place, run in enumerate(given.runs)]
    return (found[0], found[1]) if found[0] and found[1] else None


def _walker(run: RunSpec, place: int) -> Walker | None:
    held = bench.watch(BENCH, run, place)
    now = held.snapshot() if held else None
    moments = _sound(now) if now else ()
    if not moments:
        return None
    over = now.state in ("finished", "diverged")
    return Walker(now.recording.spec, moments, over, now.recording.diverged_at)


def _sound(now: Snapshot) -> tuple[Moment, ...]:
    return tuple(one for one in now.recording.moments if "weights" in one and np.isfinite(one["weights"]).all())


def moving(given: Real) -> bool:
    """Return whether either run goes on, or is played."""
    return any(bench.moves(BENCH, run, place) for place, run in enumerate(given.runs))


def epoch_shown(first: Walker) -> float:
    """Return the epoch of the moment on show, by which both are looked at: their batches may differ in size."""
    at = bench.report(BENCH).at
    return float("inf") if at is None else first.at(at).epoch
