"""Behind the page: each tab opens, and the code is that of the numbers on the stage."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.backprop.compute import lesson
from dlviz.concepts.backprop.script import page_script
from dlviz.concepts.backprop.spec import Question
from tests.lab import opened, said, until

pytestmark = pytest.mark.xdist_group("quick engine")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("tab", ["meaning", "formula", "sources"])
def test_each_tab_opens(open_page: Callable[..., AppTest], tab: str, lang: str) -> None:
    app = opened(open_page("backprop", lang=lang), tab, "backprop")
    assert "Karpathy" in said(app) or tab != "sources"
    assert (len(app.get("latex")) > 0) == (tab == "formula")
    formulas = "".join(one.value for one in app.latex)
    assert "<" not in formulas
    assert (r"\text{上游}" in formulas) == (tab == "formula" and lang == "zh")


def test_the_code_is_that_of_the_question(open_lab: Callable[..., AppTest]) -> None:
    app = opened(open_lab(slug="backprop", scene="rnn", bug="tanh"), "code", "backprop")
    question = Question(scene="rnn", bug="tanh")
    script = page_script(question, lesson(question)).strip()
    assert until(app, lambda app: script in [one.value for one in app.code])
