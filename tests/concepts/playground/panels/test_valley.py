"""The landscape is cut through the moment on show, wherever that comes to rest, along what the visitor chose."""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz.concepts.playground.panels import runs, valley
from dlviz.concepts.playground.panels.stage import HAND
from dlviz.concepts.playground.recording import Valley
from dlviz.concepts.playground.spec import CIRCLE, View
from dlviz.engine.followed import Followed
from dlviz.recording import Moment, unpack
from dlviz.training.run import Run
from dlviz.ui import bench, links
from tests.lab import component, learnt, link_to, said, shown, until

Open = Callable[..., AppTest]
CHANCE = np.random.default_rng(3)
PATH = CHANCE.normal(size=(40, 28)).cumsum(axis=0)
SHORT = {"slug": "playground", "epochs": "3", "closer": "valley"}


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> Followed:
    """Return a run of a thousand moments, of which the 700th is on show."""
    run = Followed(CIRCLE)
    run.add([Moment(step, step / 25, {"weights": np.full(28, step)}) for step in range(1000)])
    monkeypatch.setattr(runs, "now", lambda view: run.snapshot())
    monkeypatch.setattr(runs, "shown", lambda view: run.snapshot().recording.at(700))
    return run


def asked(**changes: object) -> valley.Question:
    """Return a question."""
    whole = {"run": CIRCLE, "step": 5, "weights": PATH[-1], "path": PATH, "directions": "path", "pair": (0, 1)}
    return valley.Question(**{**whole, **changes})


def answer(explained: tuple[float, float] = (0.704, 0.2)) -> Valley:
    """Return a small landscape around the last weights of PATH."""
    directions = np.eye(2, 28)
    axis = np.array([-1.0, 0, 1])
    return Valley(np.ones((3, 3)), axis, axis, 0.5, PATH[:, :2], np.array(explained), PATH[-1], directions, directions)


# ---------------------------------------------------------------------------------- what is asked


def test_the_cut_goes_through_the_moment_on_show_and_its_way_is_all_that_was_recorded(followed: Followed) -> None:
    found = valley.question(View(directions="chance"))
    assert (found.run, found.step, found.directions) == (CIRCLE, 700, "chance")
    assert (found.weights == 700).all()
    assert found.path.shape == (valley.LONGEST, 28)
    assert (found.path[0, 0], found.path[-1, 0]) == (0, 999)
    assert (np.diff(found.path[:, 0]) > 0).all()


def test_of_a_run_that_blew_up_the_way_ends_before(followed: Followed) -> None:
    followed.add([Moment(1000, 40, {"weights": np.full(28, np.nan)})])
    assert np.isfinite(valley.question(View()).path).all()


def test_before_anything_is_recorded_there_is_nothing_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "now", lambda view: None)
    monkeypatch.setattr(runs, "shown", lambda view: None)
    assert valley.question(View()) is None


def test_two_weights_are_those_that_were_named_or_those_that_moved_far() -> None:
    far = int(np.ptp(PATH, axis=0).argmax())
    assert valley.movement(PATH)[0] == far
    assert valley.pair(View(), PATH)[0] == far
    assert valley.pair(View(weight_across=3, weight_up=9), PATH) == (3, 9)
    assert valley.pair(View(weight_across=3, weight_up=3), PATH)[0] == 3
    assert valley.pair(View(weight_across=3, weight_up=3), PATH)[1] != 3
    assert valley.pair(View(weight_across=500, weight_up=9), PATH) == (far, 9)
    assert valley.pair(View(weight_up=far), PATH)[1] == far


def test_the_second_weight_is_not_the_mirror_image_of_the_first() -> None:
    path = np.zeros((20, 3))
    path[:, 0] = np.linspace(0, 5, 20)
    path[:, 1] = -0.99 * path[:, 0]
    path[:, 2] = np.sin(path[:, 0])
    assert valley.pair(View(), path) == (0, 2)
    assert valley.pair(View(), path[:, :2]) == (0, 1)  # where there is no other


def test_another_cut_is_due_at_once_for_another_run_and_at_rest_for_another_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moving = SimpleNamespace(moves=lambda *_: True)
    monkeypatch.setattr(valley, "bench", moving)
    assert valley._wanted(View(), asked(), asked(run=CIRCLE.model_copy(update={"seed": 1})))
    assert not valley._wanted(View(), asked(path=PATH[:21]), asked(step=6))
    assert valley._wanted(View(), asked(path=PATH[:20]), asked(step=6))  # its way has become twice as long
    moving.moves = lambda *_: False
    assert valley._wanted(View(), asked(), asked(step=6))
    assert not valley._wanted(View(), asked(), asked(pair=(4, 5), path=PATH[:9]))
    assert valley._wanted(View(), asked(directions="weights"), asked(directions="weights", pair=(4, 5)))


# ------------------------------------------------------------------------------- what is shown


def test_the_axes_name_what_they_go_along() -> None:
    assert valley.axes(asked(), answer())["x"] == "main direction (70\u202f% of its way)"
    assert "%" not in valley.axes(asked(directions="chance"), answer())["x"]
    names = valley.axes(asked(directions="weights", pair=(3, 11)), answer())
    assert names == {"x": "x₂ → unit 2 of layer 1", "y": "bias of unit 4 of layer 1"}
    assert "90\u202f%" in valley.said(asked(), answer())


def test_along_two_weights_the_axes_have_the_values_of_the_weights() -> None:
    header, arrays = unpack(valley.picture(asked(directions="weights", pair=(3, 11)), answer()))
    assert header["offset"] == pytest.approx(PATH[-1, [3, 11]])
    assert arrays["across"] == pytest.approx(PATH[-1, 3] + answer().across)
    header, arrays = unpack(valley.picture(asked(), answer()))
    assert header["offset"] == [0, 0]
    assert arrays["along"] == pytest.approx(answer().along)


@pytest.mark.parametrize(
    "link",
    [
        {"directions": "path"},
        {"directions": "weights", "weight_across": "3", "weight_up": "22", "l2": "0.1"},
        {"directions": "weights", "data": "hills", "batch_norm": "1"},
        {"directions": "chance", "data": "arms", "dropout": "0.5"},
        {"directions": "path", "data": "points", "batch_norm": "1", "at": "3"},
    ],
)
def test_the_height_where_the_run_stands_is_the_loss_on_show(open_lab: Open, link: dict[str, str]) -> None:
    link = {"at": "50", **link}
    app, step = open_lab(**SHORT, **link), int(link["at"])
    until(app, lambda app: "landscape" in shown(app) and component(app, "landscape")[0]["step"] == step)
    header, arrays = component(app, "landscape")
    run = app.session_state["links.kept"]["playground"].state.run.model_copy(update={"device": "cpu"})
    displayed = next(moment for moment in Run(run).work() if moment is not None and moment.step == step)
    assert header["loss"] == pytest.approx(float(displayed["train_loss"]), abs=1e-6)
    assert arrays["origin"] == pytest.approx(displayed["weights"])
    assert arrays["heights"].shape == (len(arrays["along"]), len(arrays["across"]))
    assert f"Cut through the weights after {step} updates" in said(app)


def test_the_two_weights_are_chosen_by_name_and_stand_in_the_link(open_lab: Open) -> None:
    app = until(open_lab(**SHORT, directions="weights", weight_across="3", weight_up="22"), learnt)
    until(app, lambda app: "landscape" in shown(app))
    box = app.selectbox(key="playground.weight_across")
    assert box.value == 3
    box.set_value(11).run()
    assert link_to(app)["weight_across"] == "11"
    until(app, lambda app: component(app, "landscape")[0]["words"]["x"] == "bias of unit 4 of layer 1")
    assert component(app, "landscape")[0]["words"]["y"] == "unit 1 of layer 2 → score of orange"


# -------------------------------------------------------------------------------- what it says


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch, followed: Followed) -> list[View]:
    """Return the states that the page had, newest last; the cut on show goes through the moment on show."""
    found = [View(directions="weights")]
    monkeypatch.setattr(links, "current", lambda default: found[-1])
    monkeypatch.setattr(links, "put", found.append)
    monkeypatch.setattr(bench, "move", lambda *_, **__: None)
    monkeypatch.setattr(st, "session_state", {valley.ASKED: valley.question(found[-1])})
    return found


def place(values: object, **said: object) -> None:
    """Let the browser say that these weights are wanted on the stage."""
    cut = f"{st.session_state[valley.ASKED].name}"
    st.session_state[valley.KEY] = {"place": {"seq": 1, "cut": cut, "values": values, **said}}
    valley._placed()


def test_a_place_of_the_landscape_is_put_on_the_stage_as_weights_set_by_hand(states: list[View]) -> None:
    place([[22, -2.0], [3, 0.5]])
    assert states[-1].run == CIRCLE.fork(700, [(3, 0.5), (22, -2.0)])
    assert states[-1].at == 700
    assert runs.kept(states[-1]) == [CIRCLE]
    hand = st.session_state[HAND]
    assert (hand["digest"], hand["step"]) == (states[-1].run.digest, 700)
    assert hand["weights"].tolist() == [0.5 if i == 3 else -2 if i == 22 else 700 for i in range(28)]


@pytest.mark.parametrize("values", [None, 5, [[99, 1.0]], [["x", 1.0]], [[1]], [[0, 1e9]]])
def test_nothing_that_a_browser_says_breaks_the_page(
    states: list[View], values: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "warning", lambda *_: None)
    place(values or ())
    assert [view.run for view in states] == [CIRCLE] * len(states)
    assert HAND not in st.session_state


def test_what_was_said_of_another_cut_comes_too_late(states: list[View]) -> None:
    place([[3, 0.5]], cut="another one")
    assert len(states) == 1
