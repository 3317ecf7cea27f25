"""Behind the page: every tab opens in both languages, and the code is the script of what is on the stage."""

import pytest

from tests.concepts.forward_loss.panels.test_stage import taken_apart
from tests.lab import opened

pytestmark = pytest.mark.xdist_group("quick engine")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("source", ["flower", "loan"])
def test_every_tab_opens(open_lab, lang: str, source: str) -> None:
    app = taken_apart(open_lab, lang, source=source)
    for tab in ("meaning", "formula", "code", "sources"):
        opened(app, tab, "forward_loss")
        assert (len(app.code) == 1) == (tab == "code")
    opened(app, "code", "forward_loss")
    assert f"({source})" in app.code[0].value
    compile(app.code[0].value, "script", "exec")


def test_the_formula_counts_the_numbers_that_are_learnt(open_lab) -> None:
    app = opened(taken_apart(open_lab), "formula", "forward_loss")
    assert any("27 weights and biases" in one.value for one in app.markdown)
