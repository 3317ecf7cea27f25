"""A formula's field keeps what was typed, returns what can be read, and says what cannot."""

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.words import catalogue


def one() -> None:
    """One field for a formula, which starts from the session's value."""
    import streamlit as st

    from dlviz.spec import one_line
    from dlviz.ui import fields, formulas, language

    if language.settle():
        fields.carry()
    state = st.session_state
    state["value"] = formulas.formula("f", state["value"], "x.f", one_line, most=80, help="h")
    fields.settle()


def shown(value: str) -> AppTest:
    app = AppTest.from_function(one, default_timeout=20)
    app.session_state["value"] = value
    app.run()
    assert not app.exception
    return app


def field(app: AppTest) -> object:
    return app.text_input(key="x.f")


def test_what_is_typed_is_in_force() -> None:
    app = shown("x^2")
    assert (field(app).value, field(app).max_chars) == ("x^2", 80)
    field(app).set_value("  sin( x ) ").run()
    assert app.session_state["value"] == "sin( x )"
    assert app.warning.len == 0
    app.run()
    assert app.session_state["value"] == "sin( x )"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("typed", ["x^^2", "", "2", "y + x", "exp", "x.__class__", "**x**", "__import__('os')"])
def test_what_cannot_be_read_is_said_and_kept(typed: str, lang: str) -> None:
    app = shown("x^2")
    app.session_state["language"] = lang
    field(app).set_value(typed).run()
    assert not app.exception
    assert (app.session_state["value"], field(app).value, app.warning.len) == ("x^2", typed, 1)
    app.run()
    assert (app.session_state["value"], field(app).value) == ("x^2", typed)
    field(app).set_value("x^3").run()
    assert (app.session_state["value"], app.warning.len) == ("x^3", 0)


def test_another_value_from_elsewhere_is_shown() -> None:
    app = shown("x^2")
    field(app).set_value("x^3").run()
    app.session_state["value"] = "sin(x)"
    app.run()
    assert (app.session_state["value"], field(app).value) == ("sin(x)", "sin(x)")


def test_every_reason_has_its_sentence() -> None:
    assert all(catalogue.known(f"formula.{code}") for code in ("without", "unknown", "empty"))
