"""Behind the page: the rules of those who race, and the code of this very race."""

import ast
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.lab import opened, said

Open = Callable[..., AppTest]
PAGE = "gradient_descent"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everybody_in_the_race_has_a_rule_with_its_knobs(open_page: Open, lang: str) -> None:
    app = opened(open_page(PAGE, lang=lang, link={"racers": "adam(lr=0.037);newton"}), "formula", PAGE)
    assert any("0.037" in one.value for one in app.code)
    assert any("H⁻¹g" in one.value for one in app.code)
    assert "2(1 + μ)/λmax" in said(app)


def test_the_code_is_python_that_names_the_race(open_page: Open) -> None:
    app = opened(open_page(PAGE, link={"racers": "adam(lr=0.037)", "x": "1.25"}), "code", PAGE)
    code = app.code[0].value
    ast.parse(code)
    assert "0.037" in code and "1.25" in code


@pytest.mark.parametrize("tab", ["meaning", "sources"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_texts_are_there(open_page: Open, tab: str, lang: str) -> None:
    assert len(said(opened(open_page(PAGE, lang=lang), tab, PAGE))) > 500
