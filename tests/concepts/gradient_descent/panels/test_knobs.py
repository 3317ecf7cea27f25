"""The knobs of the one who is picked: sliders offer round numbers and the present one; the stable rate is in words."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent import compute
from dlviz.concepts.gradient_descent.panels import knobs
from dlviz.concepts.gradient_descent.spec import OPTIMIZERS, Race, View, knobs_of
from tests.lab import link_to, looked, said, state_of, until

Open = Callable[..., AppTest]


def test_places_of_a_logarithmic_slider_are_round_and_hold_the_present_one() -> None:
    assert knobs.places(0.1, 10, (1, 2, 5), 0.37) == [0.1, 0.2, 0.37, 0.5, 1, 2, 5, 10]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_options_of_a_knob_stay_between_its_ends(name: str) -> None:
    for knob in knobs_of(name).values():
        if knob.kind in ("log", "near_one"):
            options = knobs._options(knob, {knob.default})
            assert options == sorted(set(options))
            assert knob.default in options
            assert options[0] >= knob.low and options[-1] == knob.high


def test_the_stable_rate_is_said(open_lab: Open) -> None:
    app = until(open_lab(slug="gradient_descent", condition="50"), lambda app: "0.04" in said(app))
    assert "λmax = 50" in said(app)


def test_where_nothing_bends_upwards_there_is_no_limit(open_lab: Open) -> None:
    until(open_lab(slug="gradient_descent", surface="himmelblau"), lambda app: "sets no limit" in said(app))


def test_before_a_race_is_computed_the_limit_is_awaited(open_page: Open) -> None:
    assert "is being computed" in said(open_page("gradient_descent"))


def test_the_sentence_has_the_numbers_of_the_trace(open_page: Open) -> None:
    open_page("gradient_descent")  # for the language
    assert "**0.25**" in knobs.stable(compute.race(Race(condition=8, steps=1)))
    said = knobs.stable(compute.race(Race(surface="rosenbrock", steps=1)))
    assert "**0.000961**" in said and "λmax = 2,081" in said


def test_a_turned_knob_is_the_picked_ones_and_stands_in_the_link(open_page: Open) -> None:
    app = open_page("gradient_descent", link={"racers": "sgd;adam", "picked": "1"})
    app.select_slider(key="gradient_descent.lr").set_value(0.02)
    looked(app)
    assert state_of(app, "gradient_descent") == View(race=Race(racers="sgd;adam(lr=0.02)"), picked=1)
    assert link_to(app)["racers"] == "sgd;adam(lr=0.02)"


def test_a_copy_races_too_and_stands_in_the_link(open_page: Open) -> None:
    app = open_page("gradient_descent", link={"racers": "sgd(lr=0.01);adam"})
    app.button(key="gradient_descent.copy").click()
    looked(app)
    assert link_to(app)["racers"] == "sgd(lr=0.01);sgd(lr=0.01);adam"
    app.button(key="gradient_descent.usual").click()
    looked(app)
    assert link_to(app)["racers"] == "sgd(lr=0.01);sgd;adam"
