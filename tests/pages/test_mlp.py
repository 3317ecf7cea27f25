"""The page about multilayer perceptrons opens in each part; every control goes to each end; its link is its state."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.mlp.spec import CARS, DEFAULT, DIGITS, PARTS, RUNS, WAVE, View
from dlviz.words import mlp as words
from tests.lab import learnt, link_to, restores, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
PAGE = "mlp"
PICTURES = {"function": "units", "digits": "filters", "table": "against"}
SMALL = {
    "function": {"epochs": "20", "points": "30"},
    "digits": {
        "data": "mnist-5k",
        "train_share": "0.05",
        "validation_share": "0.02",
        "test_share": "0.02",
        "epochs": "1",
    },
    "table": {"data": "auto-mpg", "epochs": "3"},
}
KINDS = ("slider", "select_slider", "number_input", "selectbox", "toggle")


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return state_of(app, PAGE)


# ------------------------------------------------------------------------------------------- opens


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("part", PARTS)
def test_it_opens_twice_in_each_language_before_anything_is_computed(open_page: Open, part: str, lang: str) -> None:
    link = codec.write(View(run=RUNS[part]), DEFAULT)
    for _ in range(2):
        app = open_page(PAGE, lang=lang, link=link)
        assert not app.exception
        assert app.warning.len == 0
        assert app.title[0].value == words.WORDS["title"][lang == "zh"]
        assert link_to(app) == link


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("part", PARTS)
def test_a_network_learns_without_a_click(open_lab: Open, part: str, lang: str) -> None:
    app = open_lab(slug=PAGE, lang=lang, **SMALL[part])
    app = until(app, lambda app: PICTURES[part] in shown(app) and learnt(app))
    assert {"bench", "curves"} <= set(shown(app))
    assert not app.exception


def test_a_link_that_asks_for_something_else_says_so(open_page: Open) -> None:
    app = open_page(PAGE, link={"data": "wine"})
    assert "Data `data` = wine (does not go with the rest)" in said(app)
    assert view_of(app).run.data == WAVE.data


@pytest.mark.parametrize(
    "whole",
    [
        View(count=3, closer="seeds"),
        View(run=DIGITS, closer="map", layer=2, number=7, preset="drop", guess=1),
        View(run=CARS.fork(0, dropout=0.2, weight_decay=0.01), closer="sizes", preset="raw"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_link_restores_the_whole_state(open_page: Open, whole: View, lang: str) -> None:
    restores(open_page, PAGE, whole, DEFAULT, lang)


# ------------------------------------------------------------------------------------ the controls


def ends_of(one: object) -> list[object]:
    """Return the two ends of a widget."""
    if one.type == "select_slider":
        return [_number(end) for end in (one.options[0], one.options[-1])]
    if one.type in ("slider", "number_input"):
        return [one.min, one.max]
    return [True, False] if one.type == "toggle" else [one.options[0], one.options[-1]]


def _number(end: str) -> float:
    """Return the number that a stop of a slider stands for; a word, such as "off", stands for 0."""
    return int(end) if end.isdigit() else float(end) if end[0].isdigit() else 0.0


@pytest.mark.parametrize("part", PARTS)
def test_every_control_goes_to_each_end_and_its_link_restores_it(open_page: Open, part: str) -> None:
    link = codec.write(View(run=RUNS[part]), DEFAULT)
    app = open_page(PAGE, link=link)
    keys = [one.key for kind in KINDS for one in app.get(kind) if not one.disabled]
    assert len(keys) > 8
    for key in keys:
        for place in (0, 1):
            found = [one for kind in KINDS for one in app.get(kind) if one.key == key]
            if not found:  # what another control took away
                continue
            if found[0].type == "selectbox":
                found[0].select_index(0 if place else len(found[0].options) - 1).run()
            else:
                found[0].set_value(ends_of(found[0])[place]).run()
            assert not app.exception, key
            assert codec.read(link_to(app), DEFAULT) == (view_of(app), []), key
            assert view_of(app).part == part
    assert view_of(open_page(PAGE, link=link_to(app))) == view_of(app)
