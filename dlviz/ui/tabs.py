"""Tabs of which only the open one is drawn: what nobody looks at costs neither the server nor the browser anything.

A formula, a chart or a coloured script each bring megabytes of their own to the browser, and hold up
what is looked at for as long as it takes to read them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st


def tabs(key: str, parts: Mapping[str, tuple[str, Callable[[], None]]]) -> str:
    """Show a tab for each part (its name → its label, and what draws it), draw the open one and return its name.

    The tab that is open stays so when the labels change with the language.
    """
    labels, last = [label for label, _ in parts.values()], f"{key}.open"
    if st.session_state.get(key) not in labels:
        st.session_state[key] = parts[st.session_state.get(last, next(iter(parts)))][0]
    for (name, (_, draw)), place in zip(parts.items(), st.tabs(labels, key=key, on_change="rerun"), strict=True):
        if place.open:
            st.session_state[last] = name
            with place:
                draw()
    return st.session_state[last]
