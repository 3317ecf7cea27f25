"""Behind the page: formulas and code of the open section."""

import ast
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.activations.panels import tabs
from dlviz.concepts.activations.spec import View
from tests.lab import opened, said, until

Open = Callable[..., AppTest]


@pytest.mark.parametrize(
    ("section", "formula"), [("function", r"\tanh x"), ("softmax", r"\delta_{ij}"), ("network", r"\odot")]
)
def test_the_formulas_are_those_of_the_section(open_page: Open, section: str, formula: str) -> None:
    app = opened(open_page("activations", link={"section": section}), "formula", "activations")
    assert any(formula in one.value for one in app.latex)


def test_softmax_stands_there_with_the_numbers_on_the_stage(open_lab: Open) -> None:
    app = opened(open_lab(slug="activations", section="softmax", temperature="2"), "formula", "activations")
    wanted = r"p_1 = \frac{e^{2/2}}{e^{2/2} + e^{1/2} + e^{0/2} + e^{-1/2}} \\[6pt] = 0.4551"
    until(app, lambda app: any(wanted in one.value for one in app.latex))


def test_of_many_scores_some_are_written_out() -> None:
    assert r"{e^{2/1} + \cdots + e^{3/1}}" in tabs.with_numbers(View(logits=(2, 1, 0, -1, 3)), 0.2)


@pytest.mark.parametrize(
    ("link", "line"),
    [
        ({"functions": "own,elu", "elu_alpha": "2.5", "formula": "x^3"}, "nn.ELU(alpha=2.5)"),
        ({"functions": "own", "formula": "x +"}, "nn.Identity()"),
        ({"section": "softmax", "temperature": "0.5"}, "temperature = 0.5"),
        ({"section": "network", "seed": "77"}, "77"),
    ],
)
def test_the_code_is_python_that_names_what_is_on_show(open_page: Open, link: dict[str, str], line: str) -> None:
    code = opened(open_page("activations", link=link), "code", "activations").code[0].value
    ast.parse(code)
    assert line in code


@pytest.mark.parametrize("tab", ["meaning", "sources"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_there_is_prose(open_page: Open, lang: str, tab: str) -> None:
    assert len(said(opened(open_page("activations", lang=lang), tab, "activations"))) > 300
