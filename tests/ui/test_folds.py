"""A fold costs nothing while it is closed, and what it holds keeps its values then."""

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.ui import folds
from tests.conftest import QuietEngine, visit


def page() -> None:
    """A page that keeps a value, which a fold lets one turn."""
    import streamlit as st

    from dlviz.spec import Knobs
    from dlviz.ui import widgets
    from dlviz.ui.folds import fold

    knobs = st.session_state.setdefault("knobs", Knobs(dropout=0.25))
    place = fold("more", "fold")
    if place is not None:
        with place:
            knobs = widgets.edit(knobs, ["dropout"], "x")
    st.session_state["knobs"] = knobs


def test_what_a_closed_fold_holds_is_not_drawn_and_stays_as_it_is() -> None:
    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.slider
    for value, is_open in [(0.25, True), (0.5, False), (0.5, True)]:
        app.session_state["fold"] = is_open
        app.run()
        assert len(app.slider) == is_open
        if is_open:
            assert app.slider(key="x.dropout").value == app.session_state["knobs"].dropout
            app.slider(key="x.dropout").set_value(0.5).run()
        assert app.session_state["knobs"].dropout == max(value, 0.5)


@pytest.mark.parametrize("slug", ["cnn", "playground", "mlp", "rnn", "linear_regression", "logistic_regression"])
def test_a_page_opens_with_its_folds_closed_and_without_what_they_hold(
    slug: str, quiet_engine: QuietEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = visit(slug)
    monkeypatch.setattr(folds, "is_open", lambda _: True)
    opened = visit(slug)
    assert not closed.exception
    assert widgets(closed) < widgets(opened)


def widgets(app: AppTest) -> set[str]:
    """Return the keys of what can be turned on the page."""
    return {
        one.key for kind in ("slider", "select_slider", "number_input", "selectbox", "toggle") for one in app.get(kind)
    }
