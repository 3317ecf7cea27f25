"""What the controls leave when nothing is touched is the view they were given, whatever is hidden."""

from collections.abc import Callable
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.playground.spec import DEFAULT, Part, View
from dlviz.words.playground import WORDS


def test_every_part_that_can_be_hidden_has_its_words() -> None:
    assert {f"part.{part}" for part in get_args(Part)} <= set(WORDS)


@pytest.mark.parametrize("hide", [(), ("knobs", "more"), ("points",), ("network", "tries"), get_args(Part)])
def test_controls_that_nobody_touches_change_nothing(open_page: Callable[..., AppTest], hide: tuple[Part, ...]) -> None:
    app = open_page("playground", link={"hide": ",".join(hide)} if hide else {})
    app.run()
    assert app.session_state["links.kept"]["playground"].state == View(hide=hide)


def test_one_activation_for_all_replaces_each_layer_s_own(open_page: Callable[..., AppTest]) -> None:
    app = open_page("playground", link={"activations": "relu"})
    app.selectbox(key="playground.activation").set_value("gelu").run()
    network = app.session_state["links.kept"]["playground"].state.run.network
    assert (network.activation, network.activations) == ("gelu", ())
    assert network.hidden == DEFAULT.run.network.hidden


def test_a_schedule_has_its_own_knobs_only_where_there_is_one(open_page: Callable[..., AppTest]) -> None:
    shown = lambda app: {one.key for one in app.select_slider}  # noqa: E731
    assert "playground.schedule_epochs" not in shown(open_page("playground"))
    assert "playground.schedule_epochs" in shown(open_page("playground", link={"schedule": "cosine"}))
