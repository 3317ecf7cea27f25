"""A button that is heard however busy the browser is.

A busy browser sends a click together with other news, and Streamlit may then run another part of the page alone: who
waits for `st.button` to return True is not drawn in that run, and the click is lost. A callback any run hears.
"""

from __future__ import annotations

import streamlit as st


def pressed(words: str, key: str, **look: object) -> bool:
    """Show a button and return whether it was pressed since it was drawn last; `look` goes to `st.button`."""
    note = f"{key}.pressed"
    st.button(words, key=key, on_click=_press, args=(note,), **look)
    return bool(st.session_state.pop(note, False))


def _press(note: str) -> None:
    st.session_state[note] = True
