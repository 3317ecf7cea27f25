"""The picture gets what torch computed, and what the browser says becomes the page's state."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent import compute
from dlviz.concepts.gradient_descent.panels import stage
from dlviz.concepts.gradient_descent.spec import Race, View, read_racers
from tests.lab import component, shown, until

Open = Callable[..., AppTest]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict:
    """Return the page's state as a visitor's browser changes it: {"view": View, "start": …, "look": …}."""
    now: dict = {"view": View(), "start": {}, "look": {}}
    monkeypatch.setattr(stage, "_said", lambda state: now[state])
    monkeypatch.setattr(stage.links, "current", lambda default: now["view"])
    monkeypatch.setattr(stage.links, "write", lambda view, default: now.update(view=view))
    return now


def test_the_picture_has_the_numbers_of_the_race(open_lab: Open) -> None:
    link = {
        "surface": "beale",
        "racers": "adam;lbfgs",
        "steps": "20",
        "picked": "1",
        "at": "7",
        "across": "evaluations",
    }
    app = until(open_lab(slug="gradient_descent", **link), lambda app: "descent" in shown(app))
    header, arrays = component(app, "descent")
    trace = compute.race(Race(surface="beale", racers="adam;lbfgs", steps=20))
    assert np.array_equal(arrays["path"], trace.path)
    assert np.array_equal(arrays["losses"], trace.losses.astype(np.float32))
    assert (header["picked"], header["at"], header["across"]) == (1, 7, "evaluations")
    assert [racer["name"] for racer in header["racers"]] == ["Adam", "L-BFGS"]
    assert header["racers"][0]["velocity"] and header["racers"][0]["square"]
    assert not header["racers"][1]["velocity"]
    assert header["start"] == [0.6, 1.4]


def test_of_several_of_one_kind_each_has_a_number(open_page: Open) -> None:
    open_page("gradient_descent")  # for the language
    assert stage.names(read_racers("adam;sgd;adam(lr=0.1)")) == ["Adam 1", "SGD", "Adam 2"]


def test_a_start_from_the_browser_becomes_the_state(told: dict) -> None:
    told["start"] = {"ground": stage.ground_name(Race()), "x": 1.25, "y": -0.5, "seq": 1}
    stage._started()
    assert told["view"].race == Race(x=1.25, y=-0.5)


@pytest.mark.parametrize(
    "says",
    [
        {"ground": "another", "x": 1, "y": 1},
        {"ground": stage.ground_name(Race()), "x": "far", "y": 1},
        {"ground": stage.ground_name(Race()), "x": float("nan"), "y": 1},
        {"ground": stage.ground_name(Race()), "x": 1e9, "y": 1},
        {},
    ],
)
def test_a_start_that_no_browser_of_ours_says_changes_nothing(told: dict, says: dict) -> None:
    told["start"] = says
    stage._started()
    assert told["view"] == View()


def test_what_is_looked_at_becomes_the_state(told: dict) -> None:
    told["look"] = {"picked": 2, "across": "seconds", "at": 5, "seq": 3}
    stage._looked()
    assert told["view"] == View(picked=2, across="seconds", at=5)
    told["look"] = {"picked": 2, "across": "seconds", "at": None, "seq": 4}
    stage._looked()
    assert told["view"].at is None


@pytest.mark.parametrize(
    "says", [{"picked": 99, "across": "steps", "at": 1}, {"picked": 0, "across": "miles", "at": 1}]
)
def test_a_look_that_cannot_be_changes_nothing(told: dict, says: dict) -> None:
    told["look"] = says
    stage._looked()
    assert told["view"] == View()


def test_what_came_of_a_race_counts_for_its_ground_and_start_only(monkeypatch: pytest.MonkeyPatch) -> None:
    trace = compute.race(Race(steps=2))
    monkeypatch.setattr(stage.st, "session_state", {stage.FOUND: (Race(steps=2), trace)})
    assert stage.latest(Race()) is trace
    assert stage.latest(Race(x=1.0)) is None
    assert stage.latest(Race(surface="bowl")) is None


def test_a_crowd_is_drawn_with_the_race_it_belongs_to_and_counted(open_lab: Open) -> None:
    link = {"surface": "himmelblau", "racers": "sgd;adam", "steps": "60", "crowd": "few"}
    app = until(
        open_lab(slug="gradient_descent", **link),
        lambda app: "descent" in shown(app) and component(app, "descent")[0]["crowd"] is not None,
    )
    header, arrays = component(app, "descent")
    race = Race(surface="himmelblau", racers="sgd;adam", steps=60, crowd="few")
    crowd = compute.crowd(race)
    assert np.array_equal(arrays["crowd"], crowd.paths)
    assert header["crowd"] == [f"{count} of 9 end lowest" for count in crowd.deepest]
    app.button_group(key="gradient_descent.crowd").set_value("none").run()
    app = until(app, lambda app: component(app, "descent")[0]["crowd"] is None)
    assert "crowd" not in component(app, "descent")[1]
