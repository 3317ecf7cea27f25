"""What is touched in the picture becomes another run, and nothing that a browser says can break the page."""

from collections.abc import Callable

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz.concepts.playground.panels import runs, stage
from dlviz.concepts.playground.spec import CIRCLE, View
from dlviz.engine.followed import Followed
from dlviz.recording import Moment
from dlviz.rows import read_rows, rows_text
from dlviz.spec import INPUTS, Mlp, Plane, Points, RunSpec
from dlviz.ui import bench, links
from dlviz.words import catalogue
from tests.lab import component

WEIGHTS = np.arange(28, dtype=np.float32)


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return the states that the page had, newest last; the run has recorded one moment, after 50 steps."""
    found = [View()]
    followed = Followed(CIRCLE)
    followed.add([Moment(50, 2.0, {"weights": WEIGHTS})])
    monkeypatch.setattr(links, "current", lambda default: found[-1])
    monkeypatch.setattr(links, "put", found.append)
    monkeypatch.setattr(runs, "now", lambda view: followed.snapshot())
    monkeypatch.setattr(runs, "shown", lambda view: followed.snapshot().recording.moments[-1])
    monkeypatch.setattr(bench, "move", lambda *_, **__: None)
    monkeypatch.setattr(st, "session_state", {})
    return found


def say(name: str, /, **said: object) -> None:
    """Let the browser say something of the picture."""
    st.session_state[stage.KEY] = {name: {"seq": 7, **said}}
    stage.HEARD[name]()


# -------------------------------------------------------------------------------------------- data


def test_another_data_set_keeps_what_it_has_in_common(states: list[View]) -> None:
    say("data", name="spiral")
    assert states[-1].run == CIRCLE.model_copy(update={"data": CIRCLE.data.model_copy(update={"data": "spiral"})})
    assert st.session_state["dlviz.page_due"]
    say("data", name="points")
    assert states[-1].run.data == Points()
    say("data", name="hills")
    assert states[-1].run.data == Plane(data="hills")


def test_a_layer_can_have_a_formula_of_ones_own_and_keeps_it(states: list[View]) -> None:
    say("network", inputs=["x1", "x2"], hidden=[4, 2], activations=["own", "tanh"])
    assert states[-1].run.network == Mlp(hidden=(4, 2), activation="tanh", activations=("own", "tanh"))
    typed = states[-1].run.network.model_copy(update={"own": "x^3"})
    states.append(View(run=states[-1].run.model_copy(update={"network": typed})))
    say("network", inputs=["x1", "x2"], hidden=[4, 2], activations=["own", "own"])
    assert states[-1].run.network == Mlp(hidden=(4, 2), activation="own", own="x^3")


def test_own_points_are_there_again_when_one_comes_back(states: list[View]) -> None:
    say("data", name="points")
    say("points", rows=[[1, 2, 0], [-1, 2, 3], [0, 0, 1]])
    mine = states[-1].run.data
    say("data", name="xor")
    say("data", name="points")
    assert states[-1].run.data == mine


@pytest.mark.parametrize("name", ["circle", "mnist-5k", "nonsense", None])
def test_no_other_data_set_changes_nothing(states: list[View], name: str | None) -> None:
    say("data", name=name)
    assert len(states) == 1


# ----------------------------------------------------------------------------------------- network


def test_layers_units_inputs_and_activations_make_another_network(states: list[View]) -> None:
    say("network", inputs=["x1", "sin_x2"], hidden=[5, 3, 8], activations=["tanh", "relu", "tanh"])
    run = states[-1].run
    assert run.data.inputs == ("x1", "sin_x2")
    assert run.network == Mlp(hidden=(5, 3, 8), activation="tanh", activations=("tanh", "relu", "tanh"))
    assert stage.activations(run.network) == ["tanh", "relu", "tanh"]
    say("network", inputs=["x1"], hidden=[5, 3], activations=["relu", "relu"])
    assert states[-1].run.network == Mlp(hidden=(5, 3), activation="relu")
    say("network", inputs=["x1"], hidden=[], activations=[])
    assert states[-1].run.network == Mlp(hidden=(), activation="relu")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"inputs": []},
        {"inputs": ["x3"]},
        {"hidden": [0]},
        {"hidden": ["a"]},
        {"hidden": [1] * 7},
        {"activations": ["x"]},
    ],
)
def test_a_network_that_cannot_be_is_none(states: list[View], said: dict[str, object]) -> None:
    right = {"inputs": ["x1"], "hidden": [3], "activations": ["tanh"]}
    say("network", **({**right, **said} if said else {}))
    assert len(states) == 1


# ------------------------------------------------------------------------------------------ points


def test_painted_points_are_the_run_s_data_in_their_order(states: list[View]) -> None:
    say("data", name="points")
    rows = [[1.25, -2, 0], [3, 4, 2], [-5.9, 0.5, 1]]
    say("points", rows=rows)
    data = states[-1].run.data
    assert data.outputs == 3
    assert np.array(read_rows(data.rows, 5)) == pytest.approx(np.array(rows), abs=2e-3)
    assert st.session_state["network.points"] == 7


@pytest.mark.parametrize(
    "rows",
    [[], [[1, 1, 0]], [[1, 1, 4]] * 3, [["a", 1, 0]] * 3, [[1, 1]] * 3, [[1, 1, 0]] * 2001, [[float("nan"), 1, 0]] * 3],
)
def test_points_that_cannot_be_learnt_stay_in_the_browser(states: list[View], rows: list) -> None:
    say("data", name="points")
    before = len(states)
    say("points", rows=rows)
    assert len(states) == before
    assert "network.points" not in st.session_state


# ----------------------------------------------------------------------------------------- weights


def test_a_weight_being_moved_is_shown_and_let_go_of_is_another_future(states: list[View]) -> None:
    say("weights", step=50, values=[[3, 1.5]], done=False)
    assert len(states) == 1
    hand = st.session_state[stage.HAND]
    assert (hand["step"], hand["weights"][3], hand["weights"][4]) == (50, 1.5, 4)
    say("weights", step=50, values=[[3, 2.5], [9, -1]], done=True)
    assert states[-1].run == CIRCLE.fork(50, {3: 2.5, 9: -1.0}.items())
    assert states[-1].at == 50
    assert runs.kept(states[-1]) == [CIRCLE]
    say("weights", step=50, values=[[0, 0.5]], done=False)  # goes on from what was changed before
    assert st.session_state[stage.HAND]["weights"][[0, 3, 9]].tolist() == [0.5, 2.5, -1]
    assert WEIGHTS[3] == 3


@pytest.mark.parametrize(
    "said",
    [{"step": 51}, {"step": None}, {"step": "50"}, {"values": [[28, 1]]}, {"values": [["a", 1]]}, {"values": [3]}],
)
def test_weights_that_are_not_there_change_nothing(states: list[View], said: dict[str, object]) -> None:
    say("weights", **{"step": 50, "values": [[0, 1]], "done": True, **said})
    assert len(states) == 1
    assert stage.HAND not in st.session_state


# ------------------------------------------------------------------------------------- what it shows


def test_how_the_map_looks_is_in_the_link(states: list[View]) -> None:
    say("look", shown=False, discrete=True)
    assert states[-1] == View(shown=False, discrete=True)


@pytest.mark.parametrize(
    ("data", "kind", "names"),
    [
        (Plane(), "two", ["orange", "blue"]),
        (Plane(data="arms"), "classes", ["orange", "blue", "green"]),
        (Plane(data="slope"), "number", ["orange"]),
        (Points(rows=rows_text([(0, 0, 3), (1, 1, 0)], "class")), "classes", ["orange", "blue", "green", "pink"]),
    ],
)
def test_what_a_network_says_decides_the_colours(data: object, kind: str, names: list[str]) -> None:
    run = RunSpec(data=data, network=Mlp())
    assert stage.kind_of(run) == kind
    assert stage.class_names(run)[: len(names)] == names


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nobody_is_told_to_click_what_a_teacher_has_fixed(open_page: Callable[..., AppTest], lang: str) -> None:
    said = [
        component(open_page("playground", lang=lang, link=link), "network")[0]["words"]["output"]
        for link in ({}, {"hide": "weights"})
    ]
    assert said == [catalogue.text(f"playground.picture.{name}", lang) for name in ("output", "output_fixed")]


def test_every_input_has_its_words() -> None:
    from dlviz.words.playground import WORDS

    assert {f"input.{name}" for name in INPUTS} <= set(WORDS)
