"""Turning a knob goes on, looks back or begins again; what resets the network begins another run."""

import pytest
import streamlit as st

from dlviz.concepts.cnn.panels import runs, train
from dlviz.concepts.cnn.spec import ARTICLE, DEFAULT, View
from dlviz.engine.followed import Followed
from dlviz.spec import Edit, Knobs, Mlp, Mnist5k, MnistFull, RunSpec
from dlviz.ui import bench, links, reasons
from dlviz.ui.asking import Failed
from dlviz.ui.bench import Report
from tests.lab import component, learnt, link_to, looked, until, view_of

pytestmark = pytest.mark.xdist_group("quick engine")
TURNED = ARTICLE.knobs.model_copy(update={"dropout": 0.5})


class Stage:
    """What a panel finds of the run on the stage: its state, and the moment that the viewer looks at."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, state: str = "training", at: int | None = None) -> None:
        run = Followed(ARTICLE)
        run.state = state
        self.moves: list[dict[str, object]] = []
        monkeypatch.setattr(runs, "now", lambda view: run.snapshot())
        monkeypatch.setattr(bench, "report", lambda key: Report(at=at))
        monkeypatch.setattr(bench, "move", lambda key, **command: self.moves.append(command))


# ------------------------------------------------------------------------------------ knobs turned


def test_a_knob_turned_while_it_runs_goes_on_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch)
    view = train._turned(DEFAULT, ARTICLE.knobs, TURNED, 40)
    assert view == View(run=ARTICLE.fork(40, dropout=0.5))
    assert view.run.edits == (Edit(step=40, knobs=TURNED),)
    assert stage.moves == []


def test_a_knob_turned_at_an_earlier_moment_begins_another_future(monkeypatch: pytest.MonkeyPatch) -> None:
    for state in ("training", "paused", "finished"):
        stage = Stage(monkeypatch, state, at=40)
        view = train._turned(DEFAULT, ARTICLE.knobs, TURNED, 40)
        assert view.run == ARTICLE.fork(40, dropout=0.5)
        assert runs.kept(view) == [ARTICLE]
        assert stage.moves == [{"playing": True, "at": 40}]


@pytest.mark.parametrize("state", ["finished", "diverged"])
def test_a_knob_turned_after_the_end_begins_again(monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    stage = Stage(monkeypatch, state)
    view = View(run=ARTICLE.fork(40, rotate=5))
    again = train._turned(view, view.run.knobs_at(300), TURNED, 300)
    assert (again.run.knobs, again.run.edits) == (TURNED, ())
    assert runs.kept(again) == [view.run]
    assert stage.moves == [{"playing": True, "at": "newest"}]


def test_no_knob_turned_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for state in ("training", "finished"):
        stage = Stage(monkeypatch, state, at=3)
        assert train._turned(DEFAULT, ARTICLE.knobs, ARTICLE.knobs, 40) is DEFAULT
        assert stage.moves == []


# ------------------------------------------------------------------------ what resets the network


@pytest.mark.parametrize("change", [{"seed": 3}, {"network": Mlp()}, {"data": Mnist5k(train_share=0.5)}])
def test_another_network_begins_with_the_knobs_in_force(change: dict[str, object]) -> None:
    view = View(run=ARTICLE.fork(40, dropout=0.5), at=80)
    after = train._changed(view, view.run.model_copy(update=change), TURNED)
    assert after.run == ARTICLE.model_copy(update={**change, "knobs": TURNED})
    assert after.at is None


def test_a_longer_run_is_the_same_run() -> None:
    view = View(run=ARTICLE.fork(40, dropout=0.5), at=80)
    longer = view.run.model_copy(update={"epochs": 50})
    assert train._changed(view, longer, TURNED) == View(run=longer, at=80)
    assert train._changed(view, view.run, Knobs()) is view


# --------------------------------------------------------------------------------- forks and links


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return the states that the page had, newest last."""
    states = [View(run=ARTICLE.model_copy(update={"seed": 2}))]
    monkeypatch.setattr(links, "current", lambda default: states[-1])
    monkeypatch.setattr(links, "put", states.append)
    monkeypatch.setattr(links, "write", lambda view, _: states.append(view))
    monkeypatch.setattr(st, "session_state", {})
    return states


def test_a_fork_lies_beside_its_parent_and_waits_for_a_knob(monkeypatch: pytest.MonkeyPatch, kept: list[View]) -> None:
    stage, parent = Stage(monkeypatch), kept[0].run
    train.fork(16)
    assert kept[-1].run == parent  # no knob is turned yet
    assert runs.kept(kept[-1]) == [parent]
    assert stage.moves == [{"playing": False, "at": 16}]


def test_where_the_viewer_rests_is_in_the_link(kept: list[View]) -> None:
    train.settle(16)
    train.settle(16)
    train.settle(None)
    assert [view.at for view in kept] == [None, 16, None]


def test_a_link_to_a_moment_is_followed_once(monkeypatch: pytest.MonkeyPatch, kept: list[View]) -> None:
    opened: list[int | None] = []
    Stage(monkeypatch)
    monkeypatch.setattr(bench, "open_at", lambda key, at: opened.append(at))
    for at in (16, 16, 32, 32):
        train.arrive(View(at=at))
    assert opened == [16, 32]


# --------------------------------------------------------------------------------------- on the page


def test_a_fork_asked_for_in_the_browser_is_turned_and_keeps_the_past(open_lab) -> None:
    app = until(open_lab(seed="12"), learnt)
    parent = view_of(app).run
    rest = {"playing": False, "at": 2, "goal": None}
    app.session_state["bench"] = {"bench": {**rest, "events": [[1, "fork", 2]]}, "need": {}}
    looked(app)
    app.slider(key="cnn.dropout").set_value(0.5).run()
    until(app, lambda app: view_of(app).run != parent)
    view = view_of(app)
    assert view.run == parent.fork(2, dropout=0.5)
    assert runs.kept(view) == [parent]
    app.session_state["bench"] = {"bench": {"playing": True, "at": None, "goal": None}, "need": {}}
    until(app, learnt)
    tracks = component(app, "bench")[0]["tracks"]
    assert [track["forked_at"] for track in tracks] == [None, 2]
    again = open_lab(**link_to(app))
    assert view_of(again) == view_of(app)  # the moment on show goes with the link too


def test_a_link_to_a_moment_opens_there(open_lab) -> None:
    app = until(open_lab(seed="13", at="2"), lambda app: component(app, "bench")[0]["command"] is not None)
    header = component(app, "bench")[0]
    assert header["command"] == {"number": 1, "playing": False, "at": 2}
    assert header["tracks"][0]["moments"][-1][0] >= 2
    assert view_of(app).at == 2


# ------------------------------------------------------------------------------- all sixty thousand


def test_of_all_digits_some_are_kept_aside_to_watch_it_with() -> None:
    full, watched = RunSpec(data=MnistFull()), MnistFull(validation_share=train.WATCHED)
    assert train._watched(full, ARTICLE).data == watched
    assert train._watched(full, full) == full  # whoever sets the share to nothing means it
    assert train._watched(ARTICLE, full) == ARTICLE


def test_where_the_full_set_is_missing_it_is_offered_and_never_fetched_unasked(
    open_lab, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("DLVIZ_DATA", str(tmp_path))
    asked: list[str] = []

    def without_network(slot: str, name: str, **_: object) -> None:
        asked.append(name)
        raise Failed("no route to host")

    monkeypatch.setattr(train, "ask", without_network)
    app = until(open_lab(data="mnist-full", seed="14"), learnt)
    assert component(app, "bench")[0]["tracks"][0]["state"] == "failed"
    assert asked == []
    next(one for one in app.button if one.key == "cnn.get_full").click().run()
    assert asked == ["dlviz.data.digits:download"]
    assert [one.value for one in app.warning] == [reasons.say("no route to host")]
    looked(app)
    assert len(asked) == 1


def test_charts_name_both_splits_in_solid_and_dashed(open_page) -> None:
    app = open_page("cnn")
    curves = [one.proto.json for one in app.get("bidi_component") if one.proto.component_name == "dlviz.curves"]
    assert len(curves) == 2
    for text, what in zip(curves, ("loss", "accuracy"), strict=True):
        assert f'"train_{what}"' in text and f'"validation_{what}"' in text
        assert '"solid"' in text and '"dashed"' in text
