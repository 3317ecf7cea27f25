"""Kept runs have their maps beside the stage: none where none is kept, and a click puts the one that is meant on it."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz.concepts.playground.panels import other_futures, runs
from dlviz.concepts.playground.spec import CIRCLE, View
from dlviz.ui import bench, links
from tests.lab import shown

FAST = CIRCLE.model_copy(update={"knobs": CIRCLE.knobs.model_copy(update={"learning_rate": 0.1})})
KEPT = runs.keep(View(), FAST)


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return the states of a page that has one run kept and no worker yet; the last one is its state."""
    states = [KEPT]
    monkeypatch.setattr(links, "current", lambda default: states[-1])
    monkeypatch.setattr(links, "put", states.append)
    monkeypatch.setattr(bench, "watch", lambda *_: None)
    monkeypatch.setattr(bench, "move", lambda *_, **__: None)
    return states


def test_there_are_maps_only_of_other_runs_that_are_kept(open_page: Callable[..., AppTest]) -> None:
    assert "futures" not in shown(open_page("playground"))
    assert "futures" not in shown(open_page("playground", link={"kept": "seed=0"}))  # the one on the stage
    app = open_page("playground", link={"kept": "learning_rate=0.1~data=hills"})
    assert not app.exception
    assert "futures" in shown(app)


def test_a_click_puts_that_run_on_the_stage_and_keeps_the_other(
    states: list[View], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "session_state", {other_futures.KEY: {"chosen": {"run": FAST.digest}}})
    other_futures._chosen()
    assert states[-1].run == FAST
    assert runs.kept(states[-1]) == [CIRCLE]


def test_a_run_that_is_kept_no_longer_is_not_put_there(states: list[View], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {other_futures.KEY: {"chosen": {"run": "gone"}}})
    other_futures._chosen()
    assert states == [KEPT]


def test_the_link_says_whether_differences_are_shown(states: list[View], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {other_futures.KEY: {"look": {"difference": True}}})
    other_futures._looked()
    assert states[-1] == KEPT.model_copy(update={"difference": True})
