"""The stage and its choices are one part of the page; what else says something of the question follows a change."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz.concepts.backprop.panels import controls, desk, stage
from dlviz.concepts.backprop.spec import DEFAULT, View
from dlviz.ui import links
from tests.lab import state_of

OTHER = DEFAULT.model_copy(update={"question": DEFAULT.question.model_copy(update={"learning_rate": 0.5})})


class Again(Exception):
    """The whole page runs again."""


@pytest.fixture
def turned(monkeypatch: pytest.MonkeyPatch) -> Callable[..., View]:
    """Return a function that shows the part once, with controls that make this view, and returns what was written."""

    def again() -> None:
        raise Again

    def show(view: View, complained: bool, tab: str) -> View:
        written = []
        monkeypatch.setattr(controls, "controls", lambda _: view)
        monkeypatch.setattr(links, "write", lambda made, _: written.append(made))
        monkeypatch.setattr(st, "session_state", {"backprop.tabs.open": tab})
        desk._desk(complained)
        return written[-1]

    monkeypatch.setattr(st, "rerun", again)
    monkeypatch.setattr(st, "columns", lambda *_, **__: (st.container(), st.container()))
    monkeypatch.setattr(desk, "drawer", lambda _: st.container())  # only a served app knows our components
    monkeypatch.setattr(controls, "scene", lambda view: view)
    monkeypatch.setattr(stage, "panel", lambda: None)
    monkeypatch.setattr(links, "current", lambda _: DEFAULT)
    return show


def test_a_turned_control_runs_nothing_else_of_the_page(turned: Callable[..., View]) -> None:
    assert turned(OTHER, False, "meaning") == OTHER


@pytest.mark.parametrize(("complained", "tab"), [(True, "meaning"), (False, "code")])
def test_a_complaint_and_an_open_script_follow_the_change(
    turned: Callable[..., View], complained: bool, tab: str
) -> None:
    with pytest.raises(Again):
        turned(OTHER, complained, tab)
    assert turned(DEFAULT, complained, tab) == DEFAULT  # nothing changed, so that it ends


def test_what_was_wrong_with_the_link_is_said_until_another_choice(open_page: Callable[..., AppTest]) -> None:
    app = open_page("backprop", link={"scene": "mlp", "sample": "99"})
    assert app.warning.len == 1
    slider = next(one for one in app.slider if one.key == "backprop.sample")
    slider.set_value(7).run()
    assert (app.warning.len, state_of(app, "backprop").question.sample) == (0, 7)
