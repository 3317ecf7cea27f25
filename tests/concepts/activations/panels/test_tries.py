"""What to try: the answers come from what is computed, and they are the known ones."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import engine
from dlviz.concepts.activations.panels import tries
from dlviz.concepts.activations.spec import DEFAULT, Preset, View
from dlviz.words.activations import WORDS
from tests.lab import said, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
RIGHT = {"steepest": 2, "dead": 0, "twins": 1, "cold": 0, "shift": 0}


def test_every_preset_of_the_link_can_be_tried_and_leads_to_a_sound_state() -> None:
    assert {"none", *tries.TRIES} == set(Preset.__args__) == {"none", *RIGHT}
    for one in tries.TRIES.values():
        there = one.leads_to(DEFAULT)
        assert there != DEFAULT
        assert View.model_validate(dict(there)) == there


@pytest.mark.parametrize("name", RIGHT)
def test_every_preset_has_its_words(name: str) -> None:
    chosen = tries.TRIES[name]
    wanted = [f"preset.{name}", f"preset.{name}.question", f"preset.{name}.found"]
    assert all(len(WORDS[key]) == 2 for key in [*wanted, *(f"preset.{chosen.choices}.{place}" for place in range(3))])


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_question_is_asked_before_and_answered_after(
    open_lab: Open, quick_engine: engine.Engine, name: str, lang: str
) -> None:
    app = open_lab(lang, slug="activations", preset=name)
    assert WORDS[f"preset.{name}.question"][lang == "zh"] in said(app)
    next(one for one in app.button if one.key == f"activations.guess.{RIGHT[name]}").click().run()
    right = WORDS[f"preset.{tries.TRIES[name].choices}.{RIGHT[name]}"][lang == "zh"]
    answer = f"**{right}**。" if lang == "zh" else f"**{right}.**"
    until(app, lambda app: answer in said(app))
    there = tries.TRIES[name].leads_to(DEFAULT)
    view = app.session_state["links.kept"]["activations"].state
    assert view == there.model_copy(update={"preset": name, "guess": RIGHT[name]})
