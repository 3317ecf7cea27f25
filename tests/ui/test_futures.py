"""A knob turned goes on, looks back or begins again; a weight set by hand waits; the link names the moment on show."""

import pytest
import streamlit as st
from pydantic import Field

from dlviz.engine.followed import Followed
from dlviz.spec import Choice, Edit, Knobs, Mlp, Plane, RunSpec
from dlviz.ui import bench, futures, kept_runs, links
from dlviz.ui.bench import Report

RUN = RunSpec(data=Plane(), network=Mlp(hidden=(3,)))
TURNED = RUN.knobs.model_copy(update={"dropout": 0.5})
KEY = "some bench"


class View(Choice):
    """A page's state."""

    run: RunSpec = RUN
    at: int | None = Field(None, ge=0)
    kept: str = ""


def keep(view: View, run: RunSpec) -> View:
    """Return the view with the run kept."""
    return view.model_copy(update={"kept": kept_runs.add(view.kept, run, RUN)})


def kept_beside(view: View) -> list[RunSpec]:
    """Return the runs kept beside the one on the stage."""
    return kept_runs.read(view.kept, RUN)


class Stage:
    """What a change finds of the run on the stage: its state, and the moment that the viewer looks at."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, state: str = "training", at: int | None = None) -> None:
        run = Followed(RUN)
        run.state = state
        self.moves: list[dict[str, object]] = []
        monkeypatch.setattr(bench, "snapshot", lambda key, spec: run.snapshot())
        monkeypatch.setattr(bench, "report", lambda key: Report(at=at))
        monkeypatch.setattr(bench, "move", lambda key, **command: self.moves.append(command))


def turned(view: View, before: Knobs, step: int) -> View:
    """Return the view after dropout was turned up."""
    return futures.turned(KEY, view, before, TURNED, step, keep)


# ------------------------------------------------------------------------------------ knobs turned


def test_a_knob_turned_while_it_runs_goes_on_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch)
    view = turned(View(), RUN.knobs, 40)
    assert view == View(run=RUN.fork(40, dropout=0.5))
    assert view.run.edits == (Edit(step=40, knobs=TURNED),)
    assert stage.moves == []


@pytest.mark.parametrize("state", ["training", "paused", "finished"])
def test_a_knob_turned_at_an_earlier_moment_begins_another_future(monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    stage = Stage(monkeypatch, state, at=40)
    view = turned(View(), RUN.knobs, 40)
    assert view.run == RUN.fork(40, dropout=0.5)
    assert kept_beside(view) == [RUN]
    assert stage.moves == [{"playing": True, "at": 40}]


@pytest.mark.parametrize(("rolling", "beside"), [(True, 1), (False, 2)])
def test_places_that_a_slider_passes_are_no_futures_to_compare(
    monkeypatch: pytest.MonkeyPatch, rolling: bool, beside: int
) -> None:
    Stage(monkeypatch, at=40)
    first = turned(View(), RUN.knobs, 40)
    monkeypatch.setattr(bench, "report", lambda key: Report(at=40, rolling=rolling))
    further = TURNED.model_copy(update={"dropout": 0.6})
    view = futures.turned(KEY, first, TURNED, further, 40, keep)
    assert view.run == RUN.fork(40, dropout=0.6)
    assert kept_beside(view) == [RUN, first.run][:beside]


@pytest.mark.parametrize("state", ["finished", "diverged"])
def test_a_knob_turned_after_the_end_begins_again(monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    stage = Stage(monkeypatch, state)
    view = View(run=RUN.fork(40, l1=0.1))
    again = turned(view, view.run.knobs_at(300), 300)
    assert (again.run.knobs, again.run.edits) == (TURNED, ())
    assert kept_beside(again) == [view.run]
    assert stage.moves == [{"playing": True, "at": "newest"}]


def test_no_knob_turned_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, "finished", at=3)
    view = View()
    assert futures.turned(KEY, view, RUN.knobs, RUN.knobs, 40, keep) is view
    assert stage.moves == []


def test_a_knob_turned_too_often_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    Stage(monkeypatch)
    said: list[str] = []
    monkeypatch.setattr(st, "warning", said.append)
    run = RUN
    for step in range(1, 65):
        run = run.fork(step, dropout=step / 100)
    assert turned(View(run=run), run.knobs_at(90), 90) == View(run=run)
    assert len(said) == 1 and "64" in said[0]


# ------------------------------------------------------------------------------------ weights by hand


def test_weights_set_by_hand_wait_beside_the_run_that_knew_nothing_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    stage, opened = Stage(monkeypatch), []
    monkeypatch.setattr(bench, "open_at", lambda key, step: opened.append(step))
    view = futures.weighed(KEY, View(), 40, [(3, 1.5)], keep)
    assert view.run == RUN.fork(40, [(3, 1.5)])
    assert (view.at, kept_beside(view)) == (40, [RUN])
    again = futures.weighed(KEY, view, 40, [(1, -2.0)], keep)
    assert again.run.edits == (Edit(step=40, knobs=RUN.knobs, weights=((1, -2.0), (3, 1.5))),)
    assert kept_beside(again) == [RUN]
    assert stage.moves == [{"playing": False, "at": 40}] * 2
    assert opened == []  # the bench still has the run before
    monkeypatch.setattr(bench, "report", lambda key: bench.Report(at=40))
    futures.arrive(KEY, again)
    futures.arrive(KEY, again)
    assert opened == [40]  # so that the new run goes on to that step, though nobody plays it


def test_a_weight_that_does_not_exist_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    stage, said = Stage(monkeypatch), []
    monkeypatch.setattr(st, "warning", said.append)
    assert futures.weighed(KEY, View(), 40, [(99, 1.5)], keep) == View()
    assert (len(said), stage.moves) == (1, [])


# ------------------------------------------------------------------------ what resets the network


@pytest.mark.parametrize("change", [{"seed": 3}, {"network": Mlp()}, {"data": Plane(data="xor")}])
def test_another_network_begins_with_the_knobs_in_force(change: dict[str, object]) -> None:
    view = View(run=RUN.fork(40, dropout=0.5), at=80)
    after = futures.changed(view, view.run.model_copy(update=change), TURNED)
    assert after.run == RUN.model_copy(update={**change, "knobs": TURNED})
    assert after.at is None


def test_a_longer_run_is_the_same_run() -> None:
    view = View(run=RUN.fork(40, dropout=0.5), at=80)
    longer = view.run.model_copy(update={"epochs": 50})
    assert futures.changed(view, longer, TURNED) == View(run=longer, at=80)
    assert futures.changed(view, view.run, Knobs()) is view


# --------------------------------------------------------------------------------- forks and links


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return the states that the page had, newest last."""
    found = [View(run=RUN.model_copy(update={"seed": 2}))]
    monkeypatch.setattr(links, "current", lambda default: found[-1])
    monkeypatch.setattr(links, "put", found.append)
    monkeypatch.setattr(links, "write", lambda state, default: found.append(state))
    monkeypatch.setattr(st, "session_state", {})
    return found


def test_a_fork_lies_beside_its_parent_and_waits(monkeypatch: pytest.MonkeyPatch, states: list[View]) -> None:
    stage, parent = Stage(monkeypatch), states[0].run
    futures.fork(KEY, states[0], 16, keep)
    assert states[-1].run == parent  # no knob is turned yet
    assert kept_beside(states[-1]) == [parent]
    assert stage.moves == [{"playing": False, "at": 16}]


def test_where_the_viewer_rests_is_in_the_link_and_nobody_is_taken_there(
    monkeypatch: pytest.MonkeyPatch, states: list[View]
) -> None:
    Stage(monkeypatch)
    opened: list[int | None] = []
    monkeypatch.setattr(bench, "open_at", lambda key, step: opened.append(step))
    futures.settle(KEY, View(), 16)
    futures.settle(KEY, View(), 16)
    assert [view.at for view in states] == [None, 16]
    futures.arrive(KEY, states[-1])
    assert opened == []
    futures.settle(KEY, View(), None)
    assert [view.at for view in states] == [None, 16, None]


def test_a_link_to_a_moment_opens_there_once(monkeypatch: pytest.MonkeyPatch, states: list[View]) -> None:
    Stage(monkeypatch)
    opened: list[int | None] = []
    monkeypatch.setattr(bench, "open_at", lambda key, step: opened.append(step))
    for at in (70, 70, 90, 90):
        futures.arrive(KEY, View(at=at))
    assert opened == [70, 90]
