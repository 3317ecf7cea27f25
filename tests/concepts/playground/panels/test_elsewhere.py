"""The way from the playground to what its activation did."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.activations.spec import DEFAULT as THERE
from dlviz.concepts.playground.panels.elsewhere import address
from dlviz.concepts.playground.spec import CIRCLE, View

Open = Callable[..., AppTest]


def test_the_link_opens_exactly_this_run_at_this_moment() -> None:
    run = CIRCLE.fork(25, {3: 0.5}.items(), learning_rate=0.1).model_copy(update={"seed": 7})
    view, problems = codec.read(address(View(run=run, kept="seed=3"), 50), THERE)
    assert problems == []
    assert (view.run, view.at, view.section) == (run, 50, "network")


def test_the_button_goes_there(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = []
    monkeypatch.setattr(st, "switch_page", lambda page, query_params: gone.append((page, query_params)))
    app = open_page("playground", link={"seed": "9"})
    next(one for one in app.button if one.key == "playground.activations").click().run()
    assert not app.exception
    ((page, query),) = gone
    assert page.name == "activations.py"
    assert query == {"seed": "9", "at": "0", "section": "network"}  # the page had just begun to play from there
