"""A page with a knob and a part that has one of its own; it says what each of them heard."""

import streamlit as st

from dlviz.ui.parts import part

st.text(f"page: {st.slider('outside', 0, 9, key='outside')}")


def show() -> None:
    """Show the part, and how often it was shown."""
    st.session_state["shown"] = st.session_state.get("shown", 0) + 1
    st.text(f"part: {st.slider('inside', 0, 9, key='inside')} shown {st.session_state['shown']}")


part(show)()
