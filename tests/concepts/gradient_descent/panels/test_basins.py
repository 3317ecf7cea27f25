"""Maps of starts: one for each racer that can be batched, in the colours of the minima, and a click moves the start."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent import compute
from dlviz.concepts.gradient_descent.panels import basins
from dlviz.concepts.gradient_descent.spec import Race, View
from tests.lab import component, said, shown, until

Open = Callable[..., AppTest]
LINK = {"slug": "gradient_descent", "section": "basins", "surface": "himmelblau", "steps": "20"}


def test_every_racer_that_can_be_batched_has_its_map(open_lab: Open) -> None:
    app = open_lab(**LINK, racers="sgd;muon;newton", x="1", y="2")
    app = until(app, lambda app: "basins" in shown(app) and len(component(app, "basins")[0]["racers"]) == 2)
    header, arrays = component(app, "basins")
    assert [one["place"] for one in header["racers"]] == [0, 2]
    race = basins.question(Race(surface="himmelblau", racers="sgd;muon;newton", steps=20, x=1, y=2))
    assert np.array_equal(arrays["reached/1"], compute.basins(race, 2).reached)
    assert header["start"] == [1, 2]
    assert len(header["minima"]) == 4
    until(app, lambda app: "Left out: Muon" in said(app))


def test_a_curve_has_no_map_and_says_so(open_lab: Open) -> None:
    app = open_lab(**{**LINK, "surface": "waves"})
    assert "no map of starts" in said(app)
    assert "basins" not in shown(app)
    assert app.session_state[f"{basins.PART}.waiting"] is False  # nothing comes, so nobody looks for it


@pytest.mark.parametrize(
    ("says", "race"),
    [({"x": 1.5, "y": -2.0}, Race(x=1.5, y=-2.0)), ({"x": "far", "y": 1}, Race()), ({"x": 1e9, "y": 0}, Race())],
)
def test_a_click_on_a_map_moves_the_start(monkeypatch: pytest.MonkeyPatch, says: dict, race: Race) -> None:
    now = {"view": View()}
    monkeypatch.setattr(basins.st, "session_state", {basins.KEY: {"start": says}})
    monkeypatch.setattr(basins.links, "current", lambda default: now["view"])
    monkeypatch.setattr(basins.links, "write", lambda view, default: now.update(view=view))
    basins._started()
    assert now["view"].race == race
