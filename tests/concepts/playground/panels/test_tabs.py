"""Behind the page: the formula and the loss that suit what is learnt, and the code of this very run."""

import ast
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.lab import opened, said

Open = Callable[..., AppTest]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_loss_suits_what_is_learnt(open_page: Open, lang: str) -> None:
    classes = opened(open_page("playground", lang=lang), "formula", "playground")
    assert r"\log P(y_i \mid x_i)" in classes.latex[1].value
    number = opened(open_page("playground", lang=lang, link={"data": "slope"}), "formula", "playground")
    assert r"(\hat{y}_i - y_i)^2" in number.latex[1].value


def test_the_sizes_are_those_of_the_network_on_the_stage(open_page: Open) -> None:
    app = opened(open_page("playground", link={"hidden": "8,3", "inputs": "x1,x2,x1_x2"}), "formula", "playground")
    # (3 + 1)·8 + (8 + 1)·3 + (3 + 1)·2
    assert "3 → 8 → 3 → 2, which makes 67 numbers to learn" in said(app)


def test_the_code_is_python_that_names_the_run(open_page: Open) -> None:
    app = opened(open_page("playground", link={"seed": "77", "learning_rate": "0.037"}), "code", "playground")
    code = app.code[0].value
    ast.parse(code)
    assert "77" in code and "0.037" in code
