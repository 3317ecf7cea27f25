"""A page on which a network learns: its knobs turn a run or begin one, and runs are kept beside it and dropped."""

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.spec import Curve, Knobs, Linear, RunSpec
from dlviz.ui import learning
from tests.conftest import QuietEngine

USUAL = RunSpec(data=Curve(), network=Linear(), device="cpu", epochs=10, knobs=Knobs(batch_size=8))


def page() -> None:
    """A page with a line that is learnt, as short as such a page can be."""
    import streamlit as st
    from pydantic import Field

    from dlviz.spec import Choice, Curve, Knobs, Linear, RunSpec
    from dlviz.ui import learning, links

    usual = RunSpec(data=Curve(), network=Linear(), device="cpu", epochs=10, knobs=Knobs(batch_size=8))

    class View(Choice):
        run: RunSpec = usual
        at: int | None = Field(None, ge=0)
        kept: str = ""

    if "default" not in st.session_state:
        st.session_state["default"] = View()
    default = st.session_state["default"]
    lab = learning.Lab("page", default, usual, lambda run: f"degree {run.network.degree}")
    links.enter("page")
    view, _ = links.read(default)
    lab.arrive(view)
    before = view
    groups = {"knobs": ["learning_rate"], "more": ["l1"], "network": ["degree"], "data": ["data", "noise"]}
    view = lab.controls(view, groups, only={"data": ("trend", "wave")})
    lab.curve("loss", "squared error")
    lab.bench(view, lab.figures("r2"))
    view = lab.at_rest(view, before)
    links.write(view, default)
    st.session_state["run"], st.session_state["kept"] = view.run, lab.kept(view)


@pytest.fixture
def app(quiet_engine: QuietEngine, unfolded: None) -> AppTest:
    """Return the page as it opens."""
    app = AppTest.from_function(page, default_timeout=20).run()
    assert not app.exception
    return app


def test_a_knob_goes_on_with_the_run_and_the_rest_begins_one(app: AppTest) -> None:
    app.select_slider(key="page.learning_rate").set_value(0.5).run()
    assert app.session_state["run"] == USUAL.fork(0, learning_rate=0.5)
    app.slider(key="page.degree").set_value(3).run()
    run = app.session_state["run"]
    assert (run.network.degree, run.knobs.learning_rate, run.edits) == (3, 0.5, ())
    assert app.query_params == {"learning_rate": "0.5", "degree": "3"}


def test_a_run_is_kept_and_dropped(app: AppTest) -> None:
    app.button(key="page.keep").click().run()
    assert app.session_state["kept"] == [USUAL]
    app.slider(key="page.noise").set_value(0.3).run()
    dropped = app.button(key="page.drop.0")
    assert dropped.label == "Drop degree 1"
    dropped.click().run()
    assert app.session_state["kept"] == []


def test_the_score_of_classes_is_a_share() -> None:
    lab = learning.Lab("page", None, USUAL, str)
    assert [(one.name, one.better, one.percent) for one in lab.figures("accuracy")][-1] == (
        *("validation_accuracy", "higher"),
        True,
    )
    assert lab.figures("r2")[-1].percent is False
