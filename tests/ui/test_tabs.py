"""Of several tabs only the open one is drawn, and it stays open when its label changes."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.ui import tabs

LABELS = {"en": ("Meaning", "Code"), "zh": ("含义", "代码")}
"""What the two tabs of the app below are called in each language."""


def two_tabs() -> None:
    """Be an app with two tabs, in the language that the session says."""
    import streamlit as st

    from dlviz.ui.tabs import opened, tabs
    from tests.ui.test_tabs import LABELS

    first, second = LABELS[st.session_state.get("spoken", "en")]
    st.session_state["before"] = opened("part")
    drawn = {"meaning": (first, lambda: st.text("what it means")), "code": (second, lambda: st.code("print(1)"))}
    drawn.pop(st.session_state.get("hidden"), None)
    st.session_state["open"] = tabs("part", drawn)


def is_open(app: AppTest) -> str:
    """Return which tab the app found open; what is drawn agrees with it."""
    name = app.session_state["open"]
    assert (len(app.text), len(app.code)) == {"meaning": (1, 0), "code": (0, 1)}[name]
    return name


def test_only_the_open_tab_is_drawn() -> None:
    app = AppTest.from_function(two_tabs, default_timeout=30).run()
    assert [tab.label for tab in app.tabs] == ["Meaning", "Code"]
    assert is_open(app) == "meaning"
    app.session_state["part"] = "Code"
    assert is_open(app.run()) == "code"
    assert app.tabs[1].code[0].value == "print(1)"


def test_which_tab_is_open_is_known_elsewhere_on_the_page() -> None:
    app = AppTest.from_function(two_tabs, default_timeout=30).run()
    assert app.session_state["before"] is None
    app.session_state["part"] = "Code"
    app.run()
    assert app.run().session_state["before"] == "code"


def test_the_open_tab_stays_open_in_another_language() -> None:
    app = AppTest.from_function(two_tabs, default_timeout=30).run()
    app.session_state["part"] = "Code"
    app.run()
    app.session_state["spoken"] = "zh"
    assert is_open(app.run()) == "code"
    assert [tab.label for tab in app.tabs] == ["含义", "代码"]
    assert app.session_state["part"] == "代码"


def test_another_tab_is_open_where_the_one_that_was_is_there_no_longer() -> None:
    app = AppTest.from_function(two_tabs, default_timeout=30).run()
    app.session_state["part"] = "Code"
    app.run()
    app.session_state["hidden"] = "code"
    assert is_open(app.run()) == "meaning"
    assert not app.exception


def told_tabs() -> None:
    """Be an app whose state says which tab is open, and hears of another one."""
    import streamlit as st

    from dlviz.ui.tabs import tabs

    heard = st.session_state.setdefault("heard", [])
    parts = {"one": ("One", lambda: st.text("first")), "two": ("Two", lambda: st.text("second"))}
    st.session_state["open"] = tabs("part", parts, st.session_state.get("chosen", "two"), heard.append)


def test_the_page_may_say_which_tab_is_open() -> None:
    app = AppTest.from_function(told_tabs, default_timeout=30).run()
    assert (app.session_state["open"], app.text[0].value) == ("two", "second")
    app.session_state["chosen"] = "one"
    assert app.run().session_state["open"] == "one"
    app.session_state["chosen"] = "no such part"
    assert app.run().session_state["open"] == "one"
    assert app.session_state["heard"] == []


def test_what_a_tab_was_called_in_the_language_before_is_no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    heard, state, told = [], {}, {}
    closed = [SimpleNamespace(open=False)] * 2
    monkeypatch.setattr(tabs.st, "session_state", state)
    monkeypatch.setattr(tabs.st, "tabs", lambda _, key, on_change: told.update(choose=on_change) or closed)
    state["part.open"] = "one"
    tabs.tabs("part", {"one": ("含义", lambda: None), "two": ("代码", lambda: None)}, "one", heard.append)
    for said in ("Code", "代码"):  # the first came from a browser that had not heard of the language yet
        state["part"] = said
        told["choose"]()
    assert heard == ["two"]
