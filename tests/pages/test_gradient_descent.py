"""The page about gradient descent opens with a race; every control goes to each end, and its link is its state."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.gradient_descent.spec import DEFAULT, OPTIMIZERS, SURFACES, Race, View, knobs_of
from dlviz.ui import links
from dlviz.words import gradient_descent as words
from tests.lab import component, link_to, looked, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
PAGE = "gradient_descent"
KINDS = ("slider", "select_slider", "number_input", "selectbox", "multiselect", "toggle", "text_input", "button")


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return state_of(app, PAGE)


def widget(app: AppTest, key: str) -> object:
    """Return the widget of that key."""
    return next(one for kind in KINDS for one in app.get(kind) if one.key == f"{PAGE}.{key}")


def ends_of(one: object) -> list[object]:
    """Return the two ends of a widget."""
    if one.type == "select_slider":
        return [int(end) if end.isdigit() else float(end) for end in (one.options[0], one.options[-1])]
    if one.type in ("slider", "number_input"):
        return [one.min, one.max]
    return [True, False] if one.type == "toggle" else [one.options[0], one.options[-1]]


# ------------------------------------------------------------------------------------------- opens


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page(PAGE, lang=lang)
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == words.WORDS["title"][lang == "zh"]
        assert link_to(app) == {}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_race_is_on_screen_without_a_click(open_lab: Open, lang: str) -> None:
    app = until(open_lab(slug=PAGE, lang=lang), lambda app: "descent" in shown(app))
    header, arrays = component(app, "descent")
    assert len(header["racers"]) == 3
    assert arrays["path"].shape == (3, 81, 2)
    assert header["stable"] == pytest.approx(0.1)
    app = until(app, lambda app: "0.1" in said(app) and "λmax" in said(app))
    assert not app.exception


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_is_shown_with_its_formula(open_lab: Open, surface: str) -> None:
    app = open_lab(slug=PAGE, surface=surface, steps="5")
    app = until(app, lambda app: "descent" in shown(app))
    header, _ = component(app, "descent")
    assert header["curve"] == Race(surface=surface).curve
    assert "`f = " in said(app)
    assert not app.exception


# ------------------------------------------------------------------------------------ the controls

CONTROLS = ("surface", "condition", "picked", "lr", "steps", "schedule", "x", "y", "noise", "seed")


@pytest.mark.parametrize("key", CONTROLS)
def test_every_control_goes_to_each_end_and_its_link_restores_it(open_page: Open, key: str) -> None:
    app, states = open_page(PAGE), set()
    for place in (0, 1):
        one = widget(app, key)
        end = ends_of(one)[place]
        one.set_value(end).run()
        assert not app.exception
        states.add(view_of(app))
        assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    assert view_of(open_page(PAGE, link=link_to(app))) == view_of(app)
    assert len(states) == 2


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_knob_of_every_optimizer_goes_to_each_end(open_page: Open, name: str) -> None:
    app = open_page(PAGE, link={"racers": f"sgd;{name}", "picked": "1"})
    for knob in list(knobs_of(name))[1:]:
        for place in (0, 1):
            one = widget(app, f"knob.{knob}")
            one.set_value(ends_of(one)[place]).run()
            assert not app.exception
    racer = view_of(app).racer
    assert racer.optimizer == name
    assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    turned = dict(racer.turned)
    assert set(turned) <= set(knobs_of(name))
    widget(app, "usual").click().run()
    assert view_of(app).racer.turned == ()


def test_who_is_chosen_races_and_one_is_always_left(open_page: Open) -> None:
    app = open_page(PAGE, link={"racers": "sgd(lr=0.02);adam"})
    widget(app, "racers").set_value(["sgd", "adam", "muon"]).run()
    assert view_of(app).race.racers == "sgd(lr=0.02);adam;muon"
    assert view_of(app).racer.optimizer == "muon"
    widget(app, "racers").set_value(["sgd"]).run()
    assert view_of(app).race.racers == "sgd(lr=0.02)"
    widget(app, "racers").set_value([]).run()
    assert view_of(app).race.racers == "sgd(lr=0.02)"


def test_the_same_optimizer_races_twice_with_other_knobs(open_page: Open) -> None:
    app = open_page(PAGE, link={"racers": "sgd;adam", "picked": "1"})
    widget(app, "copy").click().run()
    assert (view_of(app).race.racers, view_of(app).picked) == ("sgd;adam;adam", 2)
    widget(app, "knob.bias_correction").set_value(False).run()
    assert view_of(app).race.racers == "sgd;adam;adam(bias_correction=0)"
    widget(app, "picked").set_value("1").run()
    assert widget(app, "knob.bias_correction").value is True


def test_another_surface_has_a_start_of_its_own(open_page: Open) -> None:
    app = open_page(PAGE, link={"x": "1", "y": "-2", "noise": "0.5"})
    widget(app, "surface").set_value("himmelblau").run()
    assert view_of(app).race == Race(surface="himmelblau")


def test_ones_own_formula_is_used_and_one_that_cannot_be_read_is_told_about(open_page: Open) -> None:
    app = open_page(PAGE, link={"surface": "own"})
    widget(app, "formula").set_value("x^2 + 3*y^2").run()
    assert view_of(app).race.formula == "x^2 + 3*y^2"
    widget(app, "formula").set_value("x^2 + z").run()
    assert not app.exception
    assert app.warning.len == 1
    assert "z" in app.warning[0].value
    assert view_of(app).race.formula == "x^2 + 3*y^2"


def test_a_change_of_language_keeps_every_value(open_page: Open) -> None:
    link = {
        "surface": "own",
        "formula": "x^2*y^2",
        "racers": "sgd;muon(lr=0.3)",
        "picked": "1",
        "x": "0.5",
        "steps": "60",
    }
    app = open_page(PAGE, link=link)
    before, english = view_of(app), said(app)
    for spoken in ("zh", "en", "zh"):
        next(one for one in app.get("button_group") if one.key == "language").set_value(spoken).run()
        looked(app)
        assert view_of(app) == before
        assert link_to(app) == {**codec.write(before, DEFAULT), "lang": spoken}
    assert said(app) != english


# ----------------------------------------------------------------------------------------- the link

WHOLE = View(
    race=Race(surface="rastrigin", x=1.5, y=0.25, steps=33, noise=0.5, seed=2, racers="adam(beta1=0.5,lr=0.02);newton"),
    picked=1,
    at=12,
    across="evaluations",
    preset="ravine",
    guess=1,
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_restores_exactly_this_state(open_page: Open, lang: str) -> None:
    restores(open_page, PAGE, WHOLE, DEFAULT, lang)


@pytest.mark.parametrize(
    "link",
    [
        {"surface": "moon", "x": "far", "steps": "-1", "no_such_field": "1"},
        {"racers": "sgd(lr=fast)", "formula": "__import__('os')", "condition": "nan"},
        {"picked": "99", "across": "miles", "guess": "7", "at": "1e9", "noise": "-1"},
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_with_nonsense_opens_with_one_sentence_that_names_it(
    open_page: Open, lang: str, link: dict[str, str]
) -> None:
    app = open_page(PAGE, lang=lang, link={**link, "seed": "5"})
    assert not app.exception
    assert app.warning.len == 1
    _, problems = codec.read({**link, "seed": "5"}, DEFAULT)
    assert app.warning[0].value == links.sentence(problems, lang)
    assert view_of(app) == View(race=Race(seed=5))
