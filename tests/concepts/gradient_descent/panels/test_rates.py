"""Every learning rate: the chart has what torch computed, and a click takes a rate."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent import compute
from dlviz.concepts.gradient_descent.panels import rates
from dlviz.concepts.gradient_descent.spec import Race, View
from tests.lab import component, said, shown, until

Open = Callable[..., AppTest]
LINK = {"slug": "gradient_descent", "section": "rates", "steps": "20"}


def test_the_chart_has_the_heights_of_the_one_who_is_picked(open_lab: Open) -> None:
    app = open_lab(**LINK, racers="sgd;adam(lr=0.3,beta1=0.5)", picked="1")
    app = until(app, lambda app: "rates" in shown(app) and "**Adam**" in said(app))
    header, arrays = component(app, "rates")
    found = compute.rates(Race(racers="sgd;adam(beta1=0.5)", steps=20), 1)
    assert np.array_equal(arrays["ends"], found.ends, equal_nan=True)
    assert header["now"] == 0.3
    assert header["limits"] == pytest.approx([0.1, 0.1])
    assert "Lowest of all" in said(app)


def test_the_rate_that_is_in_force_changes_nothing_but_its_mark() -> None:
    one, other = View(race=Race(racers="sgd(lr=0.1);adam")), View(race=Race(racers="sgd(lr=0.2);adam"))
    assert rates.without_rate(one, 0) == rates.without_rate(other, 0)
    assert rates.without_rate(one, 1) != rates.without_rate(other, 1)


@pytest.mark.parametrize(
    ("value", "racers"),
    [(0.0123456, "sgd;adam(lr=0.0123)"), ("fast", "sgd;adam"), (None, "sgd;adam"), (1e9, "sgd;adam"), (-1, "sgd;adam")],
)
def test_a_click_takes_the_rate(monkeypatch: pytest.MonkeyPatch, value: object, racers: str) -> None:
    now = {"view": View(race=Race(racers="sgd;adam"), picked=1)}
    monkeypatch.setattr(rates.st, "session_state", {rates.KEY: {"rate": {"value": value}}})
    monkeypatch.setattr(rates.links, "current", lambda default: now["view"])
    monkeypatch.setattr(rates.links, "write", lambda view, default: now.update(view=view))
    rates._taken()
    assert now["view"].race.racers == racers
