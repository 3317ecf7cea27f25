"""What to try: each question's answer is read off the race itself, and is what the theory says."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent import compute
from dlviz.concepts.gradient_descent.panels import tries
from dlviz.concepts.gradient_descent.spec import DEFAULT
from dlviz.words import catalogue
from tests.lab import said, until

Open = Callable[..., AppTest]
JUDGED = {
    "small": (tries.SMALL, tries.arrives, 1),
    "right": (tries.RIGHT, tries.arrives, 0),
    "large": (tries.LARGE, tries.arrives, 2),
    "ravine": (tries.RAVINE, tries.closer, 1),
    "reddi": (tries.REDDI, tries.wall, 1),
    "saddle": (tries.SADDLE, tries.stays, 3),
    "valleys": (tries.VALLEYS, tries.valley, 1),
}


@pytest.mark.parametrize("name", JUDGED)
def test_the_race_proves_the_answer_right(name: str) -> None:
    race, judge, right = JUDGED[name]
    found = judge(compute.race(race))
    assert found.right == right
    for lang in catalogue.LANGUAGES:
        text = catalogue.text(f"gradient_descent.preset.{name}.found", lang, **found.values)
        assert "{" not in text and "nan" not in text
        assert "-" not in "".join(found.values.values())  # a minus sign as it is printed


def test_each_question_has_a_race_of_its_own() -> None:
    assert set(JUDGED) == set(tries.TRIES)
    for name, (race, _, _) in JUDGED.items():
        assert tries.TRIES[name].leads_to(DEFAULT).race == race


def test_a_question_is_answered_first_and_checked_after(open_lab: Open) -> None:
    app = open_lab(slug="gradient_descent", preset="large")
    app.button(key="gradient_descent.guess.0").click().run()
    app = until(app, lambda app: "You said" in said(app))
    assert "It ends farther away" in said(app)
    view = app.session_state["links.kept"]["gradient_descent"].state
    assert (view.race, view.guess) == (tries.LARGE, 0)
