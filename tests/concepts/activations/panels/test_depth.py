"""In depth: the picture follows the controls, says how theory comes to its factor, and answers what was asked."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.activations.panels import depth
from dlviz.concepts.activations.spec import DEFAULT, View
from dlviz.probes.depth import in_depth
from dlviz.recording import unpack
from dlviz.signals import GRADIENTS, SIGNALS
from dlviz.stack import Depth
from dlviz.ui import fields
from dlviz.words.depth import WORDS
from tests.lab import component, link_to, said, shown, until

Open = Callable[..., AppTest]
SECTION: dict[str, str] = {"section": "depth"}  # what opens the panel on its page
KINDS = ("slider", "select_slider", "selectbox", "segmented_control", "number_input", "button")
ENDS = {
    "deep_layers": (1, 50),
    "deep_width": (8, 256),
    "deep_bend": ("relu", "identity"),
    "deep_start": ("xavier", "normal"),
    "deep_scale": (0.001, 2.0),
    "deep_norm": ("none", "layer"),
    "deep_batch": (16, 512),
    "deep_seed": (0, 2**31 - 1),
}


def widget(app: AppTest, name: str) -> object:
    """Return the widget of the field."""
    return next(one for kind in KINDS for one in app.get(kind) if one.key == f"activations.{name}")


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return app.session_state["links.kept"]["activations"].state


# ----------------------------------------------------------------------------------------- the page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page("activations", lang=lang, link=SECTION)
        assert not app.exception
        assert "depth" not in shown(app)
        assert (
            WORDS["preset.he"][lang == "zh"]
            in app.get("button_group")[-1].proto.SerializeToString().decode(errors="ignore")
            or WORDS["preset.he"]
        )


def test_what_is_measured_is_on_screen_without_a_click(open_lab: Open) -> None:
    app = until(open_lab(slug="activations", **SECTION), lambda app: "depth" in shown(app))
    header, arrays = component(app, "depth")
    found = in_depth(Depth())
    assert header["layers"] == 20
    assert arrays["sizes"] == pytest.approx(found.sizes)
    assert [one["factor"] for one in header["grew"]] == pytest.approx([found.growth(SIGNALS), found.growth(GRADIENTS)])
    assert [one["kind"] for one in header["grew"]] == ["shrinks", "shrinks"]


@pytest.mark.parametrize("name", ENDS)
def test_every_control_goes_to_each_end_and_its_link_restores_it(open_page: Open, name: str) -> None:
    app = open_page("activations", link={**SECTION, "deep_start": "normal"})
    for end in ENDS[name]:
        widget(app, name).set_value(end).run()
        assert not app.exception
        assert getattr(view_of(app).depth, name) == end
        assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    assert view_of(open_page("activations", link=link_to(app))) == view_of(app)


def test_a_moved_control_is_answered_with_other_numbers(open_lab: Open) -> None:
    app = until(open_lab(slug="activations", **SECTION), lambda app: "depth" in shown(app))
    widget(app, "deep_layers").set_value(5).run()
    until(app, lambda app: component(app, "depth")[0]["layers"] == 5)
    assert component(app, "depth")[1]["shared"].shape == (2, 6, 41)


def test_other_weights_come_with_the_next_seed(open_page: Open) -> None:
    app = open_page("activations", link={**SECTION, "deep_seed": "4"})
    widget(app, "deep_another").click().run()
    assert view_of(app).depth.deep_seed == 5


def test_a_link_with_nonsense_opens_with_one_sentence(open_page: Open) -> None:
    link = {
        **SECTION,
        "deep_layers": "900",
        "deep_bend": "bent",
        "deep_preset": "?",
        "deep_guess": "9",
        "deep_width": "16",
    }
    app = open_page("activations", link=link)
    assert not app.exception
    assert app.warning.len == 1
    assert view_of(app).depth == Depth(deep_width=16)


# ------------------------------------------------------------------------------------ what it says


@pytest.mark.parametrize(
    ("given", "signals", "gradients"),
    [
        (Depth(deep_bend="relu"), "n·Var(w) / 2", "n·Var(w) / 2"),
        (Depth(deep_bend="identity"), "n·Var(w)", "n·Var(w)"),
        (Depth(deep_norm="batch"), "E[f(u)²]", "E[f′(u)²] / Var f(u)"),
        (Depth(deep_norm="layer"), "E[f(u)²]", "E[f′(u)²] / E[f(u)²]"),
        (Depth(), "q = n·Var(w)·E[f(√q·u)²]", "χ = n·Var(w)·E[f′(√q·u)²]"),
    ],
)
def test_the_formula_is_the_one_that_the_theory_goes_by(given: Depth, signals: str, gradients: str) -> None:
    assert (depth.formula(given, SIGNALS), depth.formula(given, GRADIENTS)) == (signals, gradients)
    assert all(depth.source(given, which)[-4:].isdigit() for which in (SIGNALS, GRADIENTS))


def test_the_message_holds_every_number_and_word_that_is_drawn() -> None:
    app = AppTest.from_string("from dlviz.concepts.activations.panels import depth").run()
    assert not app.exception
    found = in_depth(Depth(deep_layers=3))
    header, arrays = unpack(depth.message(Depth(deep_layers=3), found, True))
    assert header["own"] is True
    assert set(arrays) == {"sizes", "theory", "apart", "flat", "dead", "shared", "own"}
    assert {f"picture.{name}" for name in header["words"]} == {name for name in WORDS if name.startswith("picture.")}
    assert header["grew"][0]["whole"] == pytest.approx(float(np.divide(*found.sizes[0, [-1, 0]])))


@pytest.mark.parametrize(("factor", "place"), [(0.2, 0), (0.7, 1), (0.95, 2), (1.05, 2), (1.3, 3)])
def test_a_band_names_what_a_layer_leaves(factor: float, place: int) -> None:
    assert depth.band(factor) == place


@pytest.mark.parametrize(("name", "right"), [("sigmoid", 0), ("xavier", 1), ("he", 2), ("explode", 3), ("cure", 2)])
def test_every_question_is_answered_from_what_was_measured(open_lab: Open, name: str, right: int) -> None:
    app = open_lab(slug="activations", **SECTION, deep_preset=name)
    next(one for one in app.button if one.key == "depth.guess.1").click().run()
    assert view_of(app).depth == depth.TRIED[name].model_copy(update={"deep_preset": name, "deep_guess": 1})
    until(app, lambda app: f"**{WORDS[f'preset.band.{right}'][0]}.**" in said(app))


def test_names_of_numbers_are_told_apart_in_the_link() -> None:
    assert all(name in fields.STEPS for name in ("deep_width", "deep_scale", "deep_batch"))
