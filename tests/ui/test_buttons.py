"""A click that came with a run of another part of the page is heard when the button is drawn again, and once only."""

from streamlit.testing.v1 import AppTest


def one() -> None:
    """A button that is not drawn while another part of the page runs alone."""
    import streamlit as st

    from dlviz.ui.buttons import pressed

    if not st.session_state.get("elsewhere"):
        st.session_state["heard"] = pressed("Go", "go", help="Go there.")


def test_a_click_is_heard_at_once_and_once() -> None:
    app = AppTest.from_function(one).run()
    assert app.session_state["heard"] is False
    app.button(key="go").click().run()
    assert app.session_state["heard"] is True
    app.run()
    assert app.session_state["heard"] is False


def test_a_click_that_another_part_was_run_with_is_heard_later() -> None:
    app = AppTest.from_function(one).run()
    app.session_state["elsewhere"] = True
    app.button(key="go").click().run()
    app.session_state["elsewhere"] = False
    app.run()
    assert app.session_state["heard"] is True
