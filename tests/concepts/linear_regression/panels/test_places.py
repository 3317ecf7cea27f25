"""A click into a chart begins another run, and keeps the one there was."""

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.linear_regression.panels import places, runs
from dlviz.concepts.linear_regression.spec import LINE, View


@pytest.mark.parametrize(("value", "known"), [(0.001, True), (10.0, True), (0.2, False), (0.0126, False)])
def test_round_powers(value: float, known: bool) -> None:
    assert places.round_power(value) == known


def page() -> None:
    """A page on which somebody has clicked."""
    import streamlit as st

    from dlviz.concepts.linear_regression.panels import places
    from dlviz.concepts.linear_regression.spec import DEFAULT
    from dlviz.ui import links

    links.enter("linear_regression")
    links.read(DEFAULT)
    st.session_state["chart"] = {"chosen": st.session_state["told"]}
    place = places.told("chart")
    if place is not None:
        places.learn_again(links.current(DEFAULT), degree=place + 1, l1=0.1)
    begun = st.session_state.get("dlviz.page_due", False)
    st.session_state["found"] = (place, links.current(DEFAULT), begun, places.sequence("chart"))


def clicked(told: dict) -> tuple:
    """Return what a click told, the state after it, whether a run began, and the click's number."""
    app = AppTest.from_function(page)
    app.session_state["told"] = told
    app.run()
    assert not app.exception
    return app.session_state["found"]


def test_a_click_begins_a_run_and_keeps_the_one_there_was(quiet_engine: object) -> None:
    place, view, begun, number = clicked({"index": 4, "seq": 7})
    assert (place, begun, number) == (4, True, 7)
    assert (view.run.network.degree, view.run.knobs.l1) == (5, 0.1)
    assert runs.LAB.kept(view) == [LINE]


@pytest.mark.parametrize("told", [{}, {"index": -1}, {"index": "4"}, {"index": None}])
def test_nonsense_begins_nothing(quiet_engine: object, told: dict) -> None:
    place, view, begun, _ = clicked(told)
    assert (place, view, begun) == (None, View(), False)
