"""Linear regression opens, learns, and its link is its state, in both languages; every control goes to each end."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.linear_regression.panels import closer, controls, tries
from dlviz.concepts.linear_regression.spec import CARS, DEFAULT, SETS, View
from dlviz.spec import COLUMNS, Curve, Edit, Knobs, Linear, Pairs, RunSpec, Table
from dlviz.ui import fields
from dlviz.words import catalogue
from dlviz.words import linear_regression as words
from tests.lab import component, link_to, looked, opened, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")

SLUG = "linear_regression"
KNOBS = ("learning_rate", "optimizer", "fault", "l1", "l2", "batch_size", "gradient_clip", "schedule")
NUMBERS = {"degree": Linear, "points": Curve, "noise": Curve, "outliers": Curve, "validation_share": Curve}
NUMBERS |= {"seed": RunSpec, "epochs": RunSpec}


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return state_of(app, SLUG)


def widget(app: AppTest, name: str) -> object:
    """Return the widget of that field."""
    kinds = ("slider", "select_slider", "number_input", "selectbox", "toggle", "segmented_control", "button")
    return next(one for kind in kinds for one in app.get(kind) if one.key == f"{SLUG}.{name}")


def ends(name: str) -> tuple:
    """Return the two ends of a field."""
    declared = NUMBERS[name].model_fields[name] if name in NUMBERS else Knobs.model_fields[name]
    options = fields.options_of(declared)
    return options[:: len(options) - 1] if options else codec.limits(declared)


def follow(app: AppTest) -> AppTest:
    """Let the page hear what a browser says that follows the newest moment."""
    app.session_state[SLUG] = {"bench": {"playing": True, "at": None, "goal": None, "command": 99}, "need": {}}
    return looked(app)


def finished(app: AppTest) -> bool:
    """Return whether the run on the stage is over and its newest moment on show."""
    return component(follow(app), "bench")[0]["tracks"][0]["state"] == "finished"


# ------------------------------------------------------------------------------------------- opens


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page(SLUG, lang=lang)
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == words.WORDS["title"][lang == "zh"]
        assert {"fit", "bench", "curves"} <= set(shown(app))
        assert link_to(app) == {}


def test_it_learns_without_a_click_and_says_how_well(open_lab: Open) -> None:
    app = until(open_lab(slug=SLUG), finished)
    until(app, lambda app: "bowl" in shown(app) and "0.834" in said(app))  # R² on the training points, of both
    header, arrays = component(app, "fit")
    assert (header["kind"], header["paints"], len(arrays["x"])) == ("line", True, 40)
    bowl = component(app, "bowl")[0]
    assert bowl["exact"] == pytest.approx(bowl["library"], abs=1e-9)
    assert header["lines"][0]["weights"] == pytest.approx(bowl["exact"], abs=1e-9)


def test_many_columns_have_bars_and_a_test_at_the_end(open_lab: Open) -> None:
    app = until(open_lab(slug=SLUG, **codec.write(View(run=CARS), DEFAULT)), finished)
    until(app, lambda app: "coefficients" in shown(app) and "miles per gallon" in said(app))
    assert component(app, "fit")[0]["kind"] == "answers"
    until(app, lambda app: "| Test | **0.8" in said(app))


# ------------------------------------------------------------------------------------ the controls


@pytest.mark.parametrize("name", [*KNOBS, *NUMBERS])
def test_every_control_goes_to_each_end_and_its_link_restores_it(open_page: Open, name: str) -> None:
    app, states = open_page(SLUG), set()
    for end in ends(name):
        widget(app, name).set_value(end).run()
        assert not app.exception
        states.add(view_of(app))
        assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    assert len(states) == 2
    assert view_of(open_page(SLUG, link=link_to(app))) == view_of(app)


@pytest.mark.parametrize("name", SETS)
def test_every_data_set_can_be_chosen(open_page: Open, name: str) -> None:
    app = open_page(SLUG, link={"data": "diabetes" if name != "diabetes" else "wave"})
    widget(app, "data").set_value(name).run()
    assert not app.exception
    assert view_of(app).run.data.data == name


def test_one_column_of_a_table_makes_a_line_and_scaling_is_a_switch(open_page: Open) -> None:
    app = open_page(SLUG, link={"data": "auto-mpg"})
    widget(app, "column").set_value("horsepower").run()
    widget(app, "scaling").set_value(False).run()
    assert view_of(app).run.data == Table(columns=("horsepower",), scaling=False)
    widget(app, "column").set_value("all").run()
    assert view_of(app).run.data == Table(scaling=False)


def test_columns_are_chosen_one_by_one_and_none_means_all(open_page: Open) -> None:
    app = open_page(SLUG, link={"data": "auto-mpg"})
    app.session_state["linear_regression-each"] = True  # what a click on the fold says
    app.run()
    each = lambda: next(one for one in app.get("button_group") if one.key == f"{SLUG}.columns.auto-mpg")  # noqa: E731
    assert each().value == list(COLUMNS["auto-mpg"])
    each().set_value(["year", "weight"]).run()
    assert view_of(app).run.data == Table(columns=("weight", "year"))
    assert codec.read(link_to(app), DEFAULT) == (view_of(app), [])
    assert widget(app, "column").value == controls.SOME
    assert view_of(open_page(SLUG, link=link_to(app))) == view_of(app)
    each().set_value([]).run()
    assert view_of(app).run.data == Table()
    assert each().value == list(COLUMNS["auto-mpg"])
    assert widget(app, "column").value == controls.ALL


def test_what_huber_needs_is_there_while_it_is_chosen(open_page: Open) -> None:
    assert not [one for one in open_page(SLUG).select_slider if one.key == f"{SLUG}.huber_delta"]
    app = open_page(SLUG, link={"fault": "huber"})
    widget(app, "huber_delta").set_value(0.1).run()
    assert view_of(app).run.knobs.huber_delta == 0.1


# -------------------------------------------------------------------------------------- the state

WHOLE = [
    View(
        run=RunSpec(
            data=Table(data="diabetes", columns=("age", "ldl"), scaling=False, train_share=0.5),
            network=Linear(degree=3),
            seed=5,
            knobs=Knobs(fault="huber", huber_delta=0.2, l1=0.1),
            edits=(Edit(step=4, knobs=Knobs(fault="absolute", l2=0.3)),),
        ),
        at=3,
        closer="seeds",
        path="l2",
        many=7,
        preset="lasso",
        guess=1,
    ),
    View(run=RunSpec(data=Pairs(), network=Linear(degree=2)), kept="data=wave|degree=9~seed=4", closer="degree"),
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("whole", WHOLE)
def test_a_link_restores_the_whole_state(open_page: Open, whole: View, lang: str) -> None:
    restores(open_page, SLUG, whole, DEFAULT, lang)


@pytest.mark.parametrize("link", [{"data": "spiral"}, {"network": "cnn"}, {"pairs": "?", "data": "pairs"}])
def test_a_link_with_nonsense_opens_the_page_and_says_so(open_page: Open, link: dict[str, str]) -> None:
    app = open_page(SLUG, link=link)
    assert not app.exception
    assert app.warning.len == 1


@pytest.mark.parametrize("name", tries.TRIES)
def test_every_preset_asks_first_and_then_leads_to_its_run(open_page: Open, name: str) -> None:
    app = open_page(SLUG, link={"preset": name})
    assert catalogue.text(f"{SLUG}.preset.{name}.question", "en") in said(app)
    widget(app, "guess.0").click().run()
    assert not app.exception
    assert view_of(app).run == tries.TRIES[name].run


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("tab", ["formula", "code", "sources"])
def test_every_tab_opens(open_page: Open, tab: str, lang: str) -> None:
    app = opened(open_page(SLUG, lang=lang), tab, SLUG)
    assert not app.exception


@pytest.mark.parametrize("name", closer.PANELS)
def test_every_closer_look_answers(open_lab: Open, name: str) -> None:
    app = open_lab(slug=SLUG, closer=name, data="auto-mpg", columns="weight")
    if name == "seeds":
        until(app, lambda app: app.get("button"))
        widget(app, "many").set_value(2).run()
        widget(app, "seeds.ask").click().run()
    if name == "own":
        until(app, lambda app: re.search(r"^### [\d.]+ miles per gallon$", said(app), re.MULTILINE))
        return
    wanted = {"scaling": "bowl", "outliers": "fit", "seeds": "strips"}.get(name, "traces")
    until(app, lambda app: shown(app).count(wanted) >= (3 if wanted == "bowl" else 2 if wanted != "traces" else 1))
