"""The stage sends the browser all numbers, and takes what the browser says with care."""

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.backprop.compute import lesson
from dlviz.concepts.backprop.panels import stage
from dlviz.concepts.backprop.panels.stage import KEY, arrays, header, held, with_values
from dlviz.concepts.backprop.spec import DEFAULT, Question, View
from dlviz.recording import pack, unpack
from dlviz.ui import links


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return the states of the page, the newest last; the browser's words are put into the session by the tests."""
    kept = [DEFAULT]
    monkeypatch.setattr(links, "current", lambda _: kept[-1])
    monkeypatch.setattr(links, "write", lambda view, _: kept.append(view))
    monkeypatch.setattr(st, "session_state", {})
    return kept


def test_the_browser_gets_the_graph_and_all_its_numbers(states: list[View]) -> None:
    view = View(at=2, walk=3, node=1, open=(), trust=True)
    found = lesson(view.question)
    sent, numbers = unpack(pack(header(view, view.question, found, True), arrays(found)))
    assert [node["name"] for node in sent["nodes"]] == [node.name for node in found.graph.nodes]
    assert (sent["at"], sent["walk"], sent["node"], sent["trust"], sent["fresh"]) == (2, 3, 1, True, True)
    assert sent["rules"]["multiply2"] == ["×", ["b", "a"]]
    assert sent["learns"] == [0, 1, 2]
    for name in ("values", "gradients", "autograd", "differences", "locals"):
        assert numbers[name].tolist() == getattr(found, name).tolist()
    assert numbers["broken"].dtype == np.uint8


def test_where_the_visitor_stands_is_taken_over(states: list[View]) -> None:
    st.session_state[KEY] = {"place": {"era": 0, "at": 4, "walk": 6, "node": 2, "open": [1], "trust": True, "seq": 9}}
    stage._placed()
    assert states[-1] == View(at=4, walk=6, node=2, open=(1,), trust=True)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"at": -1, "walk": None, "node": None, "open": [], "trust": False},
        {"at": "x", "walk": {}, "node": [], "open": 5, "trust": "?"},
        {"at": 0, "walk": None, "node": None, "open": list(range(100)), "trust": False},
    ],
)
def test_a_place_that_cannot_be_is_not(states: list[View], told: dict[str, object]) -> None:
    st.session_state[KEY] = {"place": {"era": 0, **told}}
    stage._placed()
    assert states == [DEFAULT]


def test_a_number_set_by_hand_is_written_into_the_program(states: list[View]) -> None:
    st.session_state[KEY] = {"change": {"era": 0, "values": {"b": 4.25}, "done": False}}
    stage._set()
    assert states == [DEFAULT]  # no step for Back while the hand moves
    assert held(DEFAULT.question).program == DEFAULT.question.program.replace("b = -3", "b = 4.25")
    assert held(Question(scene="rnn")) == Question(scene="rnn")
    st.session_state[KEY] = {"change": {"era": 0, "values": {"b": 4.5}, "done": True}}
    stage._set()
    assert states[-1].question.program == DEFAULT.question.program.replace("b = -3", "b = 4.5")
    assert st.session_state["dlviz.page_due"]
    assert held(DEFAULT.question) == DEFAULT.question


def test_of_a_network_it_is_kept_beside() -> None:
    question = Question(scene="neuron", values="w1=2")
    assert with_values(question, {"w2": 0.5}).values == "w1=2,w2=0.5"
    assert with_values(question, {"w1": -1.0}).values == "w1=-1"


@pytest.mark.parametrize(
    "told", [None, {}, {"values": 5}, {"values": {"a": "x"}}, {"values": {"a": 1e9}}, {"values": {"": 1}}]
)
def test_numbers_that_cannot_be_are_not(states: list[View], told: object) -> None:
    st.session_state[KEY] = {"change": told and {"era": 0, **told}}
    stage._set()
    assert states == [DEFAULT]


def test_what_was_said_before_back_was_pressed_is_not_heard(
    states: list[View], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = {"era": 3, "at": 4, "walk": 6, "node": 2, "open": [1], "trust": True, "seq": 9}
    st.session_state[KEY] = {"place": place, "change": {"era": 3, "values": {"b": 4.5}, "done": True}}
    monkeypatch.setattr(links, "era", lambda: 4)
    stage._placed()
    stage._set()
    assert states == [DEFAULT]
    monkeypatch.setattr(links, "era", lambda: 3)
    stage._placed()
    assert states[-1].at == 4
