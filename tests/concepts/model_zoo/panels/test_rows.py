"""A row says what a model is and costs, how far its runs are, and where it can be opened."""

from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.cnn.spec import DEFAULT
from dlviz.concepts.model_zoo.panels import rows
from dlviz.concepts.model_zoo.recording import Cost, Part
from dlviz.concepts.model_zoo.spec import named
from dlviz.engine.followed import Snapshot
from dlviz.recording import Moment, Recording

LINE, CNN = named("line_cars"), named("cnn_digits")


def snapshot(state: str, step: int = 0, total: int = 100, score: float | None = None) -> Snapshot:
    """Return a run in this state; with a score, its last moment has one."""
    arrays = {} if score is None else {"test_r2": np.array(score), "seconds": np.array(1.5)}
    recording = Recording(LINE.run, (Moment(step, 1.0, arrays),), finished=state == "finished")
    return Snapshot(state, 0, step, total, "", recording)


def within_a_page(function: object, *arguments: object) -> object:
    """Return what a function says that needs a visitor's language."""

    def page() -> None:
        import streamlit as st

        st.session_state["answer"] = st.session_state["function"](*st.session_state["arguments"])

    app = AppTest.from_function(page, default_timeout=30)
    app.session_state["function"], app.session_state["arguments"] = function, arguments
    app.run()
    assert not app.exception
    return app.session_state["answer"]


def test_a_row_has_what_was_counted_and_measured() -> None:
    cost = Cost((Part("scores", (1,)),), 8, 14)
    runs = [snapshot("finished", 100, score=0.8), snapshot("finished", 100, score=0.9)]
    found = within_a_page(rows.row, LINE, cost, -0.01, runs)
    assert (found["parameters"], found["flops"], found["shape"]) == (8, 14, [(7,), (1,)])
    assert found["score"]["mean"] == pytest.approx(0.85)
    assert (found["score"]["each"], found["seconds"], found["share"]) == ([0.8, 0.9], 1.5, None)
    assert found["state"] == "2 seeds"
    assert within_a_page(rows.progress, runs[:1], 1) == {"state": "1 seed", "share": None}


@pytest.mark.parametrize(
    ("name", "says"), [("rnn_names", "tanh(W_{ih}"), ("lstm_names", "c_{t−1}"), ("gru_names", "z_{t}")]
)
def test_each_kind_of_recurrent_network_has_its_own_formula(name: str, says: str) -> None:
    assert says in within_a_page(rows.described, named(name), None)["formula"]


def test_powers_of_the_inputs_are_a_stage_of_the_shape() -> None:
    cost = Cost((Part("scores", (1,)),), 15, 28)
    assert within_a_page(rows.described, named("squares_cars"), cost)["shape"] == [(7,), (14,), (1,)]


def test_nothing_is_claimed_before_it_is_known() -> None:
    found = within_a_page(rows.row, LINE, None, None, [None, None])
    assert [found[name] for name in ("shape", "parameters", "score", "seconds")] == [None] * 4
    assert (found["state"], found["share"]) == ("its turn comes", 0)


@pytest.mark.parametrize(
    ("runs", "state", "share"),
    [
        ([snapshot("training", 50), snapshot("waiting", 0)], "0 of 2 seeds", 0.25),
        ([snapshot("finished", 100, score=0.8), snapshot("training", 20)], "1 of 2 seeds", 0.6),
        ([snapshot("finished", 100, score=0.8), snapshot("training", 9, total=0)], "1 of 2 seeds", 0.5),
        ([snapshot("diverged", 7), snapshot("finished", 100, score=0.8)], "1 runs came to grief", None),
    ],
)
def test_how_far_the_runs_are(runs: list[Snapshot], state: str, share: float | None) -> None:
    done = sum(one.state == "finished" for one in runs)
    found = within_a_page(rows.progress, runs, done)
    assert (found["state"], found["share"]) == (state, pytest.approx(share) if share is not None else None)


def test_the_address_opens_the_run_on_its_own_page() -> None:
    found = within_a_page(rows.address, "cnn", CNN.run.model_copy(update={"seed": 4}))
    path, query = urlsplit(found).path, dict(parse_qsl(urlsplit(found).query))
    view, problems = codec.read(query, DEFAULT)
    assert (path, problems, view.run) == ("cnn", [], CNN.run.model_copy(update={"seed": 4}))
    assert within_a_page(rows.address, "no_such_page", CNN.run) is None
