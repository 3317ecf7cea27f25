"""The newest answer is shown at once, and while another is under way the page looks again."""

import pytest
import streamlit as st

from dlviz.concepts.activations.panels import answers
from dlviz.ui.asking import Answer, Failed


class Page:
    """A page that counts how often it was to look again and to run again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *found: Answer | Exception | None):
        self.found, self.looks, self.runs = list(found), [], 0
        monkeypatch.setattr(answers, "ask", self.ask)
        monkeypatch.setattr(answers.crowd, "pace", lambda seconds: seconds)
        monkeypatch.setattr(st, "fragment", self.fragment)
        monkeypatch.setattr(st, "rerun", self.rerun)

    def ask(self, *_: object, **__: object) -> Answer | None:
        """Return the next answer, or raise it."""
        one = self.found.pop(0)
        if isinstance(one, Exception):
            raise one
        return one

    def fragment(self, run: object, run_every: float) -> object:
        """Note that the page looks again."""
        self.looks.append(run_every)
        return run

    def rerun(self) -> None:
        """Note that the page runs again, and stop here."""
        self.runs += 1
        raise StopIteration


FRESH, STALE = Answer(2, None, True), Answer(1, None, False)


def test_a_fresh_answer_is_all_there_is_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(monkeypatch, FRESH)
    assert answers.answer("slot", "curves") == FRESH
    assert (page.looks, page.runs) == ([], 0)


@pytest.mark.parametrize("first", [None, STALE])
def test_an_older_answer_is_shown_while_the_newer_is_under_way(
    monkeypatch: pytest.MonkeyPatch, first: Answer | None
) -> None:
    page = Page(monkeypatch, first, first)
    assert answers.answer("slot", "curves") == first
    assert (page.looks, page.runs) == ([answers.LOOK], 0)


@pytest.mark.parametrize("then", [FRESH, Failed("no")])
def test_the_page_runs_again_when_the_answer_is_there(monkeypatch: pytest.MonkeyPatch, then: object) -> None:
    page = Page(monkeypatch, STALE, then)
    with pytest.raises(StopIteration):
        answers.answer("slot", "curves")
    assert page.runs == 1
