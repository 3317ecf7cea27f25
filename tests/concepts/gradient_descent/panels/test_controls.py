"""The controls around the knobs: a surface brings its own start, who races is chosen, and all of it is in the link."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent.panels import controls
from dlviz.concepts.gradient_descent.spec import Race
from dlviz.formula import formula_text
from tests.lab import link_to, looked, state_of

Open = Callable[..., AppTest]
PAGE = "gradient_descent"


@pytest.mark.parametrize("race", [Race(condition=50), Race(surface="own", formula="x^2 + 3*y^2")])
def test_the_formula_is_that_of_the_height(race: Race) -> None:
    assert formula_text(controls.race_formula(race)).count("y") == 1


def test_another_surface_begins_at_a_start_of_its_own(open_page: Open) -> None:
    app = open_page(PAGE, link={"x": "1.5", "y": "0.5"})
    app.selectbox(key=f"{PAGE}.surface").set_value("himmelblau")
    race = state_of(looked(app), PAGE).race
    assert (race.surface, race.x, race.y) == ("himmelblau", None, None)


def test_who_is_chosen_joins_and_who_was_there_keeps_knobs_and_place(open_page: Open) -> None:
    app = open_page(PAGE, link={"racers": "sgd(lr=0.01);adam"})
    app.multiselect(key=f"{PAGE}.racers").set_value(["sgd", "adam", "newton"])
    looked(app)
    assert link_to(app)["racers"] == "sgd(lr=0.01);adam;newton"
    assert link_to(app)["picked"] == "2"
