"""Runs are called by what they learn from, and what they predict has its unit."""

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.linear_regression.panels import runs
from dlviz.concepts.linear_regression.spec import CARS, LINE, View
from dlviz.spec import Curve, Edit, Linear, Pairs, RunSpec, Table

WEIGHT = LINE.model_copy(update={"data": Table(columns=("weight",))})


def test_what_a_model_is() -> None:
    assert runs.on_bowl(LINE)
    assert runs.on_bowl(WEIGHT)
    assert not runs.on_bowl(CARS)
    bent = LINE.model_copy(update={"network": Linear(degree=2)})
    assert runs.single(bent)
    assert not runs.on_bowl(bent)
    assert [runs.drawn(one) for one in (LINE, CARS, LINE.model_copy(update={"data": Pairs()}))] == [True, False, True]


def test_the_last_knobs_decide_where_the_loss_is_lowest() -> None:
    later = LINE.knobs.model_copy(update={"l2": 0.5})
    view = View(run=LINE.model_copy(update={"edits": (Edit(step=5, knobs=later),)}))
    assert runs.knobs(view) == later


@pytest.mark.parametrize(("power", "written"), [(1, ""), (2, "²"), (15, "¹⁵")])
def test_powers_are_raised(power: int, written: str) -> None:
    assert runs.raised(power) == written


def words() -> None:
    """A page that says what things are called."""
    import streamlit as st

    from dlviz.concepts.linear_regression.panels import runs
    from dlviz.concepts.linear_regression.spec import CARS, LINE
    from dlviz.spec import Curve, Linear, Table

    wave = LINE.model_copy(update={"data": Curve(data="wave"), "network": Linear(degree=9), "seed": 4})
    weight = LINE.model_copy(update={"data": Table(columns=("weight",), scaling=False)})
    st.text(" / ".join(map(runs.name, (LINE, wave, weight, CARS))))
    st.text(f"{runs.target(LINE)}, {runs.target(CARS)}")
    st.text(", ".join(runs.weight_names(weight.model_copy(update={"network": Linear(degree=2)}))))


def test_what_things_are_called() -> None:
    app = AppTest.from_function(words).run()
    assert not app.exception
    names, targets, weights = (one.value for one in app.text)
    first, second, third, fourth = names.split(" / ")
    assert (first, fourth) == ("Straight trend", "Cars (miles per gallon)")
    assert second.startswith("Wave, degree 9, ")
    assert third.startswith("weight, ")
    assert targets == "y, fuel economy (miles per gallon)"
    assert weights == "weight, weight²"


def test_a_kept_run_is_read_again() -> None:
    other = RunSpec(**{**dict(LINE), "data": Curve(data="bend")})
    view = runs.LAB.keep(View(), other)
    assert runs.LAB.kept(view) == [other]


def test_only_runs_on_the_same_points_are_drawn_beside(quiet_engine: object) -> None:
    same = LINE.model_copy(update={"knobs": LINE.knobs.model_copy(update={"learning_rate": 0.5})})
    others = [CARS, LINE.model_copy(update={"seed": 4}), LINE.model_copy(update={"network": Linear(degree=2)})]
    view = View()
    for run in (same, *others):
        view = runs.LAB.keep(view, run)
    assert set(runs.beside(view)) == {same.digest}
