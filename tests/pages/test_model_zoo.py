"""The page about the five models opens at once, trains by itself, and its link is its state."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.model_zoo import spec
from dlviz.concepts.model_zoo.panels import table, tries
from dlviz.concepts.model_zoo.spec import DEFAULT, MODELS, View
from dlviz.words import model_zoo as words
from tests.lab import link_to, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
SHORT = tuple(
    model._replace(run=model.run.model_copy(update={"epochs": 1}))
    for model in MODELS
    if model.task in ("cars", "wines")
)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be three models that have learnt before one has looked twice."""
    for module in (spec, table):
        monkeypatch.setattr(module, "MODELS", SHORT)


def rows(app: AppTest) -> dict[str, dict]:
    """Return the rows of the table by the models' names."""
    (found,) = [one.proto for one in app.get("bidi_component") if one.proto.component_name == "dlviz.zoo"]
    return {row["name"]: row for row in json.loads(found.json)[0]["rows"]}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, lang: str) -> None:
    for _ in range(2):
        app = open_page("model_zoo", lang=lang)
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == words.WORDS["title"][lang == "zh"]
        assert "zoo" in shown(app)
        assert link_to(app) == {}
        assert list(rows(app)) == [model.name for model in MODELS]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_is_the_state(open_page: Open, lang: str) -> None:
    whole = View(
        task="digits", sort="score", falling=True, seeds=5, extra=("mlp_cars",), axis="flops", preset="cars", guess=1
    )
    restores(open_page, "model_zoo", whole, DEFAULT, lang)


def test_nonsense_in_a_link_is_named(open_page: Open) -> None:
    app = open_page("model_zoo", link={"seeds": "99", "extra": "transformer"})
    assert state_of(app, "model_zoo") == DEFAULT
    assert "seeds" in app.warning[0].value and "extra" in app.warning[0].value


def test_it_trains_by_itself_and_says_what_came_of_it(open_lab: Open, short: None) -> None:
    app = open_lab(slug="model_zoo", seeds="2")
    until(app, lambda now: all(row["score"] and row["share"] is None for row in rows(now).values()))
    found = rows(app)
    assert {name: len(row["score"]["each"]) for name, row in found.items()} == {one.name: 2 for one in SHORT}
    assert (found["line_cars"]["parameters"], found["mlp_cars"]["parameters"]) == (8, 801)
    assert found["softmax_wines"]["score"]["measure"] == "accuracy"
    assert abs(found["line_cars"]["floor"]) < 0.2 < found["softmax_wines"]["floor"] < 0.6


def test_a_guess_is_answered_by_the_runs(open_lab: Open, short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "named", lambda name: next(one for one in SHORT if one.name == name))
    app = open_lab(slug="model_zoo", preset="cars", seeds="1", guess="0")
    until(app, lambda now: "Measured over 1 seeds" in said(now))


def test_every_number_of_seeds_can_be_chosen(open_page: Open) -> None:
    app = open_page("model_zoo")
    for seeds in (1, 10):
        app.segmented_control(key="model_zoo.seeds").set_value(seeds).run()
        assert state_of(app, "model_zoo").seeds == seeds
