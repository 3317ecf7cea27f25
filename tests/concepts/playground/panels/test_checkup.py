"""A check-up names causes with their numbers, and a change proves itself beside the run as it was."""

from typing import get_args

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.playground.panels import checkup, runs
from dlviz.concepts.playground.recording import Cause
from dlviz.concepts.playground.spec import CIRCLE, View
from dlviz.recording import Moment
from dlviz.ui import bench, links
from dlviz.words.playground import WORDS

SMALL_RATE = Cause("rate_too_small", 50, {"fall": 0.0012, "gain": 0.4}, {"learning_rate": 0.1}, ())


def measured(step: int, loss: float) -> Moment:
    """Return a moment with a validation loss."""
    return Moment(step, step / 25, {"validation_loss": np.array(loss), "weights": np.full(3, step, np.float32)})


def test_every_cause_has_its_words() -> None:
    from dlviz.probes.diagnosis import Name

    assert {f"cause.{name}" for name in get_args(Name)} <= set(WORDS)
    assert {f"cause.{name}.said" for name in get_args(Name)} <= set(WORDS)


def test_what_was_recorded_up_to_the_moment_is_handed_on() -> None:
    rows = checkup.recorded((measured(0, 0.7), measured(25, 0.5), measured(50, 0.4)), 25)
    assert rows["step"].tolist() == [0, 25]
    assert rows["validation_loss"].tolist() == [0.7, 0.5]
    assert np.isnan(rows["train_loss"]).all()
    assert rows["weights"].tolist() == [[0] * 3, [25] * 3]


def test_numbers_and_changes_are_said_in_words() -> None:
    assert checkup.values(SMALL_RATE)["fall_percent"] == "0.12"
    assert checkup.change(SMALL_RATE) == "Learning rate 0.1"
    assert checkup.values(Cause("diverged", 0, {"largest_loss": float("inf")}, {}, ()))["largest_loss"] == "∞"
    waking = Cause("dead", 50, {}, {}, ((1, 0.5), (2, 0.5)))
    assert checkup.change(waking) == "2 weights set so that the units listen again"


def test_a_change_is_tried_beside_the_run_from_the_same_step(monkeypatch: pytest.MonkeyPatch) -> None:
    states, moves = [View()], []
    monkeypatch.setattr(links, "current", lambda default: states[-1])
    monkeypatch.setattr(links, "put", states.append)
    monkeypatch.setattr(bench, "move", lambda key, **command: moves.append(command))
    monkeypatch.setattr(st, "session_state", {})
    followed: list[bool] = []
    monkeypatch.setattr(checkup, "have_page_follow", lambda: followed.append(True))
    checkup._try(CIRCLE, SMALL_RATE)
    assert states[-1].run == CIRCLE.fork(50, learning_rate=0.1)
    assert runs.kept(states[-1]) == [CIRCLE]
    assert st.session_state[checkup.CURE] == (CIRCLE, states[-1].run)
    assert moves == [{"playing": True, "at": "newest"}]
    assert followed == [True]


def test_a_run_at_its_end_goes_on_long_enough_to_see_what_a_change_does() -> None:
    assert checkup.longer(CIRCLE, 100).epochs == CIRCLE.epochs
    ended = CIRCLE.model_copy(update={"epochs": 40})
    assert checkup.longer(ended, 40) == CIRCLE.model_copy(update={"epochs": 40 + checkup.ENOUGH})
    assert checkup.longer(ended, 40).prefix(1000) == ended.prefix(1000)


def test_two_runs_are_compared_after_equally_many_updates() -> None:
    before, cured = (measured(25, 0.5), measured(50, 0.4), measured(75, 0.3)), (measured(25, 0.5), measured(50, 0.2))
    assert checkup.common(before, cured, 25) == (before[1], cured[1])
    assert checkup.common(before, cured, 50) is None  # nothing has been learnt apart yet
    assert checkup.common((), cured, 0) is None
