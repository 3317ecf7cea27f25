"""One question about the run is open at a time, the link remembers which, and a teacher's link can leave each out."""

from collections.abc import Callable
from typing import get_args

from streamlit.testing.v1 import AppTest

from dlviz.concepts.playground.panels import closer
from dlviz.concepts.playground.spec import Closer
from dlviz.words.playground import WORDS
from tests.lab import link_to, said


def labels(app: AppTest) -> list[str]:
    """Return what the tabs of the questions are called."""
    names = [WORDS[f"closer.{name}"][0] for name in get_args(Closer)]
    return [tab.label for tab in app.tabs if tab.label in names]


def test_every_question_has_a_panel_and_words() -> None:
    assert set(closer.PANELS) == set(get_args(Closer))
    assert {f"{name}.help" for name in closer.PANELS} <= set(WORDS)


def test_the_link_says_which_is_open(open_page: Callable[..., AppTest]) -> None:
    assert WORDS["checkup.help"][0] in said(open_page("playground"))
    app = open_page("playground", link={"closer": "valley"})
    assert WORDS["valley.help"][0] in said(app)
    assert WORDS["checkup.help"][0] not in said(app)
    assert link_to(app) == {"closer": "valley"}


def test_a_teacher_can_leave_each_out(open_page: Callable[..., AppTest]) -> None:
    app = open_page("playground", link={"hide": "checkup"})
    assert WORDS["closer.checkup"][0] not in labels(app)
    assert WORDS["closer.valley"][0] in labels(app)
    assert labels(open_page("playground", link={"hide": ",".join(get_args(Closer))})) == []


def test_a_teacher_can_leave_out_the_one_that_is_open(open_page: Callable[..., AppTest]) -> None:
    app = open_page("playground")
    app.query_params["hide"] = "checkup"
    app.run()
    assert not app.exception
    assert WORDS["histograms.help"][0] in said(app)
