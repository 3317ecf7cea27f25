"""Vanishing and exploding: the lesson follows the controls, the one before stays beside it, questions are answered."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.backprop.panels import vanishing
from dlviz.concepts.backprop.spec import DEFAULT, View
from dlviz.recording import unpack
from dlviz.signals import Lesson
from dlviz.stack import Vanishing
from dlviz.words import catalogue
from tests.lab import component, link_to, said, shown, until
from tests.training.test_deep import lesson

WORDS = catalogue.words("vanishing")

Open = Callable[..., AppTest]
SHORT = {"deep_steps": "50", "deep_layers": "3"}
KINDS = ("slider", "select_slider", "selectbox", "segmented_control", "number_input", "toggle", "button")
ENDS = {
    "deep_layers": (1, 30),
    "deep_bend": ("relu", "identity"),
    "deep_start": ("xavier", "normal"),
    "deep_scale": (0.001, 2.0),
    "deep_norm": ("none", "layer"),
    "deep_shortcut": (True, False),
    "deep_clip": (0.0, 100.0),
    "deep_rate": (0.0001, 10.0),
    "deep_data": ("circle", "spiral"),
    "deep_steps": (50, 1000),
    "deep_width": (4, 64),
    "deep_seed": (0, 2**31 - 1),
}


def widget(app: AppTest, name: str) -> object:
    """Return the widget of the field."""
    return next(one for kind in KINDS for one in app.get(kind) if one.key == f"backprop.{name}")


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return app.session_state["links.kept"]["backprop"].state


def learnt(app: AppTest) -> bool:
    """Return whether a lesson is on show."""
    return "vanishing" in shown(app)


# ----------------------------------------------------------------------------------------- the page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page("backprop", lang=lang)
        assert not app.exception
        assert not learnt(app)


def test_a_lesson_is_on_screen_without_a_click(open_lab: Open) -> None:
    app = until(open_lab(slug="backprop"), learnt)
    header, arrays = component(app, "vanishing")
    found = lesson()
    assert np.array_equal(arrays["norms"], found.norms)
    assert (header["steps"], header["before"], header["diverged_at"]) == (300, None, None)
    assert "Sigmoid" in header["name"]


@pytest.mark.parametrize("name", ENDS)
def test_every_control_goes_to_each_end_and_its_link_restores_it(open_page: Open, name: str) -> None:
    app = open_page("backprop", link={"deep_start": "normal", "deep_at": "7"})
    for end in ENDS[name]:
        widget(app, name).set_value(end).run()
        assert not app.exception
        assert getattr(view_of(app).vanishing, name) == end
        assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    assert view_of(app).vanishing.deep_at is None  # another lesson is seen from its beginning
    assert view_of(open_page("backprop", link=link_to(app))) == view_of(app)


def test_the_lesson_before_stays_beside_the_next(open_lab: Open) -> None:
    app = until(open_lab(slug="backprop", **SHORT), learnt)
    first = component(app, "vanishing")[1]["norms"]
    widget(app, "deep_norm").set_value("batch").run()
    until(app, lambda app: component(app, "vanishing")[0]["before"] is not None)
    header, arrays = component(app, "vanishing")
    assert np.array_equal(arrays["before/norms"], first)
    assert not np.array_equal(arrays["norms"], first)
    assert "normalized (Batch)" in header["name"]
    assert "normalized" not in header["before"]


def test_the_step_on_show_is_in_the_link(open_lab: Open) -> None:
    app = until(open_lab(slug="backprop", **SHORT, deep_at="12"), learnt)
    assert component(app, "vanishing")[0]["at"] == 12
    for told, kept in ((30, 30), (None, None), ("x", None), (10**9, None)):
        app.session_state[vanishing.KEY] = {"at": {"seq": 1, "step": told}}
        app.run()
        assert not app.exception
        assert view_of(app).vanishing.deep_at in (kept, 12)


def test_a_link_with_nonsense_opens_with_one_sentence(open_page: Open) -> None:
    app = open_page("backprop", link={"deep_layers": "31", "deep_data": "mnist", "deep_rate": "fast", "deep_clip": "2"})
    assert not app.exception
    assert app.warning.len == 1
    assert view_of(app).vanishing == Vanishing(deep_clip=2.0)


# ------------------------------------------------------------------------------------ what it says


def test_a_lesson_that_ran_away_says_when(open_lab: Open) -> None:
    link = {"deep_bend": "relu", "deep_start": "normal", "deep_scale": "0.6"}
    app = until(open_lab(slug="backprop", **link), learnt)
    header, arrays = component(app, "vanishing")
    assert header["diverged_at"] == len(arrays["losses"])
    assert np.isfinite(arrays["norms"]).all()


def test_the_message_holds_every_word_that_is_drawn() -> None:
    given = Vanishing(deep_layers=2, deep_steps=50)
    found = lesson(**dict(given))
    header, arrays = unpack(vanishing.message(given, found, (Vanishing(), found), 3))
    assert {f"picture.{name}" for name in header["words"]} == {name for name in WORDS if name.startswith("picture.")}
    assert {"maps", "points", "labels", "before/totals"} <= set(arrays)


def test_a_name_tells_what_helps() -> None:
    words = vanishing.name(Vanishing(deep_clip=1.0, deep_shortcut=True, deep_start="normal"))
    assert words == "10 layers · Sigmoid · σ = 0.1 · shortcuts · clipped at 1 · rate 0.1"


def made(share: float, passed: float = 1.0, diverged_at: int | None = None) -> Lesson:
    """Return a lesson that ended so."""
    nothing = np.zeros(1)
    return Lesson(nothing, np.array([share]), np.array([[passed, 1.0, 1.0]]), *[nothing] * 5, diverged_at)


def test_answers_are_bands_of_what_was_measured() -> None:
    assert [vanishing.passed(made(1, share)) for share in (0.5, 0.05, 1e-6)] == [0, 1, 2]
    assert [vanishing.learnt(made(share)) for share in (0.99, 0.7, 0.5)] == [0, 1, 2]
    assert vanishing.learnt(made(0.99, diverged_at=3)) == 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sigmoid", "passed.2"),
        ("he", "learnt.0"),
        ("norm", "learnt.0"),
        ("explode", "learnt.3"),
        ("clip", "learnt.0"),
        ("shortcut", "learnt.0"),
    ],
)
def test_every_question_is_answered_from_what_was_measured(open_lab: Open, name: str, words: str) -> None:
    app = open_lab(slug="backprop", deep_preset=name)
    next(one for one in app.button if one.key == "vanishing.guess.1").click().run()
    assert view_of(app).vanishing == vanishing.TRIED[name].model_copy(update={"deep_preset": name, "deep_guess": 1})
    until(app, lambda app: f"**{WORDS[f'preset.{words}'][0]}.**" in said(app))


@pytest.mark.parametrize(
    ("given", "law"),
    [
        (Vanishing(), "plain"),
        (Vanishing(deep_shortcut=True), "shortcut"),
        (Vanishing(deep_norm="batch"), "batch"),
        (Vanishing(deep_norm="layer"), "layer"),
        (Vanishing(deep_norm="layer", deep_shortcut=True), "normed_shortcut"),
    ],
)
def test_theory_is_told_with_its_source(open_page: Open, given: Vanishing, law: str) -> None:
    """tests/models/test_stack.py measures that these laws hold."""
    assert vanishing.theory(given) == law
    app = open_page("backprop", link=codec.write(View(vanishing=given), DEFAULT))
    assert f"{WORDS[f'theory.{law}'][0]} {WORDS['theory.beside'][0]}" in said(app)
