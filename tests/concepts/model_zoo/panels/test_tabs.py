"""Behind the page: five formulas, texts in both languages, and a script for every model."""

import ast
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.model_zoo.panels.tabs import titled
from dlviz.concepts.model_zoo.spec import MODELS
from tests.lab import looked, opened, said

Open = Callable[..., AppTest]
PAGE = "model_zoo"
TABLES = ("auto_mpg.csv", "mnist_5k.npz", "surnames.csv")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_five_formulas_are_there(open_page: Open, lang: str) -> None:
    app = opened(open_page(PAGE, lang=lang), "formula", PAGE)
    assert len(app.latex) == 5
    assert any("h_{t-1}" in one.value for one in app.latex)


def test_every_model_has_its_script(open_page: Open) -> None:
    app = opened(open_page(PAGE), "code", PAGE)
    for model in MODELS:
        app.selectbox(key="model_zoo.script_of").set_value(model.name)
        script = looked(app).code[0].value
        ast.parse(script)
        offered = " ".join(one.proto.label for one in app.get("download_button"))
        assert [file for file in TABLES if file in script] == [file for file in TABLES if file in offered]


def test_no_two_scripts_to_choose_from_have_one_name(quiet_engine: object) -> None:
    assert len({titled(model.name) for model in MODELS}) == len(MODELS)


@pytest.mark.parametrize("tab", ["meaning", "sources"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_texts_are_there(open_page: Open, tab: str, lang: str) -> None:
    assert len(said(opened(open_page(PAGE, lang=lang), tab, PAGE))) > 200
