"""An activation of one's own: typed, seen with its slope, learnt with, remembered, and never lost to a slip."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz.concepts.playground.compute import bend
from dlviz.concepts.playground.panels import formula
from dlviz.concepts.playground.spec import View
from dlviz.recording import unpack
from dlviz.spec import Mlp
from tests.lab import component, learnt, link_to, shown, until

Open = Callable[..., AppTest]
OWN = {"activation": "own", "own": "sin(x)"}


def network(app: AppTest) -> Mlp:
    return app.session_state["links.kept"]["playground"].state.run.network


def test_the_field_is_there_where_a_layer_has_a_formula(open_page: Open) -> None:
    there = lambda app: "playground.own" in [one.key for one in app.text_input]  # noqa: E731
    assert not there(open_page("playground"))
    assert there(open_page("playground", link=OWN))
    assert there(open_page("playground", link={"activations": "own"}))
    assert there(open_page("playground", link={**OWN, "hide": "network"}))
    assert not there(open_page("playground", link={**OWN, "hide": "network,layers"}))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_typed_is_learnt_with_and_in_the_link(open_page: Open, lang: str) -> None:
    app = open_page("playground", link={**OWN, "lang": lang})
    app.text_input(key="playground.own").set_value("x^2/4 - 1").run()
    assert not app.exception
    assert (network(app).own, link_to(app)["own"], app.warning.len) == ("x^2/4 - 1", "x^2/4 - 1", 0)
    app.text_input(key="playground.own").set_value("x^^2").run()
    assert (network(app).own, app.warning.len) == ("x^2/4 - 1", 1)
    assert app.text_input(key="playground.own").value == "x^^2"
    again = open_page("playground", link=link_to(app))
    assert (network(again), again.text_input(key="playground.own").value) == (network(app), "x^2/4 - 1")


def test_a_formula_is_there_again_when_one_comes_back_to_it(open_page: Open) -> None:
    app = open_page("playground", link=OWN)
    app.selectbox(key="playground.activation").set_value("relu").run()
    assert network(app) == Mlp(hidden=(4, 2), activation="relu")
    app.selectbox(key="playground.activation").set_value("own").run()
    assert (network(app).activation, network(app).own) == ("own", "sin(x)")
    assert not app.exception


def test_what_was_last_in_force_is_taken_where_a_formula_is_chosen_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, own = Mlp(hidden=(3,)), Mlp(hidden=(3,), activation="own")
    monkeypatch.setattr(st, "session_state", {})
    assert formula.as_before(plain, own) == own
    monkeypatch.setattr(st, "session_state", {formula.TYPED: "x^3"})
    assert formula.as_before(plain, own).own == "x^3"
    assert formula.as_before(own, own) == own
    assert formula.as_before(own, plain) == plain


def test_it_is_drawn_with_its_slope_and_learns(open_lab: Open) -> None:
    app = until(open_lab(slug="playground", **OWN, epochs="3"), learnt)
    assert component(app, "bench")[0]["tracks"][0]["state"] == "finished"
    app = until(app, lambda app: "chart" in shown(app))
    header, arrays = component(app, "chart")
    assert len(header["series"]) == len(arrays["values"]) == 2
    assert len(header["names"]) == len(arrays["x"]) == arrays["values"].shape[1]


def test_a_formula_that_runs_away_ends_the_run_and_not_the_page(open_lab: Open) -> None:
    app = until(open_lab(slug="playground", activation="own", own="exp(x^3)", epochs="3"), learnt)
    assert component(app, "bench")[0]["tracks"][0]["state"] == "diverged"
    app.text_input(key="playground.own").set_value("tanh(x)").run()
    app = until(app, learnt)
    assert component(app, "bench")[0]["tracks"][0]["state"] == "finished"


def test_the_message_has_both_lines_as_they_were_computed() -> None:
    found = bend("x^2")
    header, arrays = unpack(formula.message(found))
    assert (arrays["values"][0] == found.values).all() and (arrays["values"][1] == found.slopes).all()
    assert (header["names"][0], header["names"][48], header["names"][-1]) == ("-6", "0", "6")


def test_a_view_without_a_formula_is_left_alone() -> None:
    assert formula.panel(View(), View().run) == View().run
