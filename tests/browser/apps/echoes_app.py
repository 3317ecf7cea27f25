"""A part that looks for news all the time, with a knob in it, and a button that puts the knob elsewhere."""

import streamlit as st

from dlviz.ui import echoes, fields
from dlviz.ui.parts import part

echoes.pass_over()


def put() -> None:
    """Put the knob at 7."""
    st.session_state["value"] = 7


def show() -> None:
    """Show the knob, what it says, and how often this was shown."""
    st.session_state["shown"] = st.session_state.get("shown", 0) + 1
    fields.follow("knob", st.session_state.setdefault("value", 2))
    value = st.slider("knob", 0, 9, key="knob")
    fields.report("knob", value)
    st.session_state["value"] = value
    st.button("put", key="put", on_click=put)
    st.text(f"value {value} shown {st.session_state['shown']}")


part(show, seconds=0.2)()
