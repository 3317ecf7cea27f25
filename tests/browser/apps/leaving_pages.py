"""Two pages with a part each; the second takes its time, and its part is shown again and again."""

import time

import streamlit as st

LINES = 5


def first() -> None:
    """Show a way to the second page, and a part with a knob."""
    st.page_link(SECOND, label="go")
    st.fragment(lambda: st.slider("knob", 0, 9, key="knob"))()


def second() -> None:
    """Show some lines, one after the other, and a part that counts how often it was shown."""
    for line in range(LINES):
        time.sleep(0.2)
        st.text(f"line {line}")
    st.fragment(count, run_every=0.3)()


def count() -> None:
    """Show how often this was shown."""
    st.session_state["shown"] = st.session_state.get("shown", 0) + 1
    with st.container():
        st.text(f"shown {st.session_state['shown']}")


SECOND = st.Page(second, title="second", url_path="second")
st.navigation([st.Page(first, title="first", url_path="first", default=True), SECOND]).run()
