"""Two bowls of one column: its figures, and how far sixty steps get on each."""

import re

import pytest

from dlviz.concepts.linear_regression import compute
from dlviz.concepts.linear_regression.panels import scaling
from dlviz.spec import Curve, Knobs, Linear, Table


def test_the_column_of_the_stage_is_looked_at_or_else_the_cars_weight() -> None:
    horsepower = Table(columns=("horsepower",), scaling=False)
    assert scaling.subject(horsepower) == horsepower
    assert scaling.subject(Table()) == scaling.subject(Curve()) == scaling.USUAL


def test_figures_are_those_of_the_bowl(quiet_engine: object) -> None:
    said = []
    for scaled in scaling.SIDES:
        data = scaling.USUAL.model_copy(update={"scaling": scaled})
        best = compute.solution(data, 0, Linear(), Knobs())
        said.append(scaling.said(compute.bowl(data, 0, Knobs(), True), best))
        times = re.search(r"\*\*([\d,]+) times", said[-1]).group(1)
        assert float(times.replace(",", "")) == pytest.approx(best.condition, rel=5e-3)
        assert len(times.replace(",", "").rstrip("0")) <= 3  # no more digits than mean something
    assert "<0.1 %" in said[0]
    assert "100 %" in said[1]


def test_a_column_of_other_data_than_the_stage_shows_has_its_table_named(quiet_engine: object) -> None:
    assert scaling.called(Table(), scaling.USUAL) == "weight"
    for stage in (Curve(), Table(data="diabetes")):
        assert scaling.called(stage, scaling.USUAL) == "Cars (miles per gallon): weight"
