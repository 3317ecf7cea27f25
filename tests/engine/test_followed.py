"""What an app knows of a run: as far as the most eager viewer wants, each moment once, and no news after its end."""

import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from dlviz.engine import followed as module
from dlviz.engine.followed import OVER, Followed, Watch
from dlviz.engine.host import HOLD, PLAY, SILENCE, Want
from dlviz.recording import Moment
from dlviz.spec import RunSpec

SPEC = RunSpec(device="cpu")


def moment(step: int, measured: int = 1) -> Moment:
    """Return a moment that measured so many things."""
    return Moment(step, step / 10, {f"m{i}": np.array(step) for i in range(measured)})


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let so many seconds pass."""
    now = time.monotonic()
    monkeypatch.setattr(module.time, "monotonic", lambda: now + seconds)


# ------------------------------------------------------------------------------------------ viewers


def test_the_most_eager_viewer_decides_and_only_who_wants_more_counts() -> None:
    run = Followed(SPEC)
    assert run.want() == Want(HOLD, ())
    run.renew("ann/1", 50, "ann")
    run.renew("ann/2", PLAY, "ann")
    run.renew("bob/1", HOLD, "bob")
    assert run.want() == Want(PLAY, ("ann",))
    run.leave("ann/2")
    assert run.want() == Want(50, ("ann",))
    run.leave("nobody")
    run.leave("ann/1")
    assert run.want() == Want(HOLD, ())
    assert run.watched


def test_only_another_goal_is_news() -> None:
    run = Followed(SPEC)
    assert [run.renew("ann", goal, "ann") for goal in (5, 5, PLAY, PLAY, HOLD)] == [True, False, True, False, True]


def test_who_falls_silent_no_longer_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Followed(SPEC)
    run.renew("ann", PLAY, "ann")
    later(monkeypatch, SILENCE - 1)
    assert run.want().goal == PLAY
    run.renew("bob", 7, "bob")
    later(monkeypatch, 2)
    assert run.want() == Want(7, ("bob",))
    later(monkeypatch, SILENCE)
    assert run.want() == Want(HOLD, ())
    assert not run.watched


def test_a_task_that_ended_may_still_be_heard_of(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Followed(SPEC)
    run.ended_at = time.monotonic()
    assert not run.idle
    later(monkeypatch, module.LAST_WORDS + 0.1)
    assert run.idle
    run.future = object()
    assert not run.idle


# ------------------------------------------------------------------------------------------ moments


@given(some.lists(some.tuples(some.integers(0, 20), some.integers(1, 3)), max_size=30), some.integers(1, 5))
def test_moments_in_any_order_are_each_kept_once_in_step(rows: list[tuple[int, int]], pieces: int) -> None:
    run = Followed(SPEC)
    for start in range(0, len(rows), pieces):
        run.add([moment(*row) for row in rows[start : start + pieces]])
    kept = run.snapshot().recording.moments
    richest = {step: max(n for s, n in rows if s == step) for step, _ in rows}
    assert [(row.step, len(row.arrays)) for row in kept] == sorted(richest.items())
    assert all(one.step < other.step for one, other in pairwise(kept))


def test_a_snapshot_does_not_change_with_the_run() -> None:
    run = Followed(SPEC)
    run.add([moment(0)])
    before = run.snapshot()
    run.add([moment(10)])
    run.hear({"state": "training", "step": 10})
    assert (before.state, before.step, before.recording.steps.tolist()) == ("starting", 0, [0])
    assert run.snapshot().recording.steps.tolist() == [0, 10]


# --------------------------------------------------------------------------------------------- news


def test_news_are_taken_in_as_they_come() -> None:
    run = Followed(SPEC)
    run.hear({"state": "waiting", "place": 3})
    assert run.snapshot()[:2] == ("waiting", 3)
    run.hear({"state": "training", "step": 8, "total_steps": 40})
    assert run.snapshot()[:4] == ("training", 0, 8, 40)
    run.hear({"step": 16})
    assert run.snapshot()[:4] == ("training", 0, 16, 40)
    run.hear({"state": "parked", "step": 16})
    assert run.snapshot().state == "paused"  # for whoever looks, a parked run only rests
    run.hear({"state": "failed", "message": "no data"})
    assert run.snapshot().message == "no data"


@pytest.mark.parametrize("state", ["finished", "diverged"])
def test_what_is_over_is_over(state: str) -> None:
    run = Followed(SPEC)
    run.hear({"state": state, "step": 40, "total_steps": 40, "diverged_at": 12 if state == "diverged" else None})
    run.hear({"state": "training", "step": 3})
    now = run.snapshot()
    assert (now.state, now.step) == (state, 40)
    assert now.recording.finished == (state == "finished")
    assert now.recording.diverged_at == (12 if state == "diverged" else None)
    assert state in OVER


# -------------------------------------------------------------------------------------------- a hold


class Hurried:
    """An engine that counts how often it was told to hurry, and what it was asked to run again."""

    def __init__(self) -> None:
        self.hurries, self.repeated = 0, []

    def hurry(self) -> None:
        """Count."""
        self.hurries += 1

    def hold(self, viewer: str, run: Followed) -> bool:
        """Return that nothing was left."""
        return False

    def again(self, run: Followed) -> None:
        """Note the run."""
        self.repeated.append(run)


def test_a_hold_hurries_the_engine_only_with_news() -> None:
    engine, run = Hurried(), Followed(SPEC)
    watch = Watch(engine, run, "ann/1", "ann")
    watch.want(PLAY)
    watch.want(PLAY)
    assert engine.hurries == 1
    assert run.want() == Want(PLAY, ("ann",))
    watch.leave()
    assert engine.hurries == 2
    assert run.want() == Want(HOLD, ())
    watch.again()
    assert engine.repeated == [run]
    assert watch.spec == SPEC
    assert watch.snapshot() == run.snapshot() or watch.snapshot()[:5] == run.snapshot()[:5]
