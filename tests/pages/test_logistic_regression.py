"""The page on logistic regression opens, learns without a click, and its link is its state."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.logistic_regression.spec import DEFAULT, SETS, View, usual
from dlviz.data.load import load
from dlviz.spec import Linear
from dlviz.words import logistic_regression as words
from tests.lab import component, learnt, link_to, looked, opened, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
SLUG = "logistic_regression"
SHORT = {"epochs": "3"}


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return state_of(app, SLUG)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page(SLUG, lang=lang)
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == words.WORDS["title"][lang == "zh"]
        assert {"sigmoid", "bench", "curves", "judge"} <= set(shown(app))
        assert link_to(app) == {}


@pytest.mark.parametrize("name", SETS)
def test_every_data_set_is_learnt_and_judged(open_lab: Open, name: str) -> None:
    app = open_lab(slug=SLUG, **SHORT)
    app.button_group(key=f"{SLUG}.set").set_value(name).run()
    assert not app.exception
    assert view_of(app).run.data == usual(name).data
    app = until(looked(app), learnt)
    app = until(app, lambda app: len(component(app, "sigmoid")[1]["labels"]) > 0)
    header, rows = component(app, "sigmoid")
    splits = load(usual(name).data, 0)
    assert len(rows["labels"]) == sum(len(part) for part in (splits.train, splits.validation, splits.test))
    assert ("matrix" in shown(app)) == (header["sums"] > 1)
    judged, truth = component(app, "judge")
    assert len(judged["words"]["judged_of"]) == header["sums"]
    np.testing.assert_array_equal(truth["train"], splits.train.labels)


def test_the_link_restores_exactly_this_state(open_page: Open) -> None:
    run = usual("circle").model_copy(update={"network": Linear(degree=2), "seed": 7}).fork(40, l2=0.1)
    kept = "learning_rate=1.0"
    whole = View(run=run, kept=kept, preset="squares", guess=1, threshold=0.2, part="train", closer="reference")
    restores(open_page, SLUG, whole, DEFAULT, "zh")


def test_a_threshold_a_part_and_a_class_in_a_link_reach_the_judge(open_page: Open) -> None:
    app = open_page(SLUG, link={"data": "wine", "threshold": "0.1", "part": "test", "against": "2"})
    header, _ = component(app, "judge")
    assert (header["threshold"], header["part"], header["against"]) == (0.1, "test", 2)


@pytest.mark.parametrize("link", [{"data": "slope"}, {"data": "auto-mpg"}, {"degree": "9"}, {"threshold": "2"}])
def test_a_link_to_what_the_page_cannot_show_is_said_and_the_page_stays_up(open_page: Open, link: dict) -> None:
    app = open_page(SLUG, link=link)
    assert not app.exception
    assert app.warning.len == 1
    assert view_of(app) == DEFAULT


@pytest.mark.parametrize("closer", ["growth", "reference", "seeds"])
def test_what_looks_closer_opens(open_page: Open, closer: str) -> None:
    app = open_page(SLUG, link={"closer": closer})
    assert not app.exception
    assert words.WORDS[f"{closer}.lead"][0].split("{")[0] in said(app)


def test_scikit_learns_numbers_stand_beside_ours(open_lab: Open) -> None:
    app = open_lab(slug=SLUG, closer="reference", **SHORT)
    app = until(until(app, learnt), lambda app: words.WORDS["reference.theirs"][0] in said(app))
    assert words.WORDS["reference.ours"][0] in said(app)


def test_ten_seeds_are_run_and_shown_as_dots(open_lab: Open) -> None:
    app = open_lab(slug=SLUG, closer="seeds", **SHORT)
    next(one for one in app.button if one.key == f"{SLUG}.seeds.ask").click().run()
    app = until(app, lambda app: "luck" in shown(app) and len(component(app, "luck")[0]["seeds"]) == 10)
    header, arrays = component(app, "luck")
    assert header["stage"] == 0
    assert arrays["values"].shape == (2, 10)
    assert ((arrays["values"] > 0.5) & (arrays["values"] <= 1)).all()


@pytest.mark.parametrize("tab", ["meaning", "formula", "code", "sources"])
def test_every_tab_opens(open_page: Open, tab: str) -> None:
    app = opened(open_page(SLUG), tab, SLUG)
    assert not app.exception


def test_the_formula_tab_says_that_the_articles_sign_is_wrong(open_page: Open) -> None:
    app = opened(open_page(SLUG), "formula", SLUG)
    assert words.WORDS["formula.sign"][0] in said(app)
    assert any(r"-(w^\top x + b)" in one.value for one in app.latex)


def test_a_link_names_every_field_once() -> None:
    assert codec.write(DEFAULT, DEFAULT) == {}
