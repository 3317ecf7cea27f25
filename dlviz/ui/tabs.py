"""Tabs of which only the open one is drawn: what nobody looks at costs neither the server nor the browser anything.

A formula, a chart or a coloured script each bring megabytes of their own to the browser, and hold up
what is looked at for as long as it takes to read them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st


def tabs(
    key: str,
    parts: Mapping[str, tuple[str, Callable[[], None]]],
    chosen: str | None = None,
    on_choose: Callable[[str], None] | None = None,
) -> str:
    """Show a tab for each part (its name → its label, and what draws it), draw the open one and return its name.

    The tab that is open stays so when the labels change with the language. Where the page's state says
    which one that is, it is `chosen`, and `on_choose` is called with the name of another one that is opened.
    """
    labels, last = [label for label, _ in parts.values()], f"{key}.open"
    if chosen in parts:
        st.session_state[key] = parts[chosen][0]
    if st.session_state.get(key) not in labels:
        before = st.session_state.get(last)
        st.session_state[key] = parts[before if before in parts else next(iter(parts))][0]  # it may be hidden by now

    def choose() -> None:
        named = {label: name for name, (label, _) in parts.items()}
        if st.session_state[key] in named:  # a browser may still say it in the language that it had a moment ago
            on_choose(named[st.session_state[key]])

    opened = st.tabs(labels, key=key, on_change="rerun" if on_choose is None else choose)
    for (name, (_, draw)), place in zip(parts.items(), opened, strict=True):
        if place.open:
            st.session_state[last] = name
            with place:
                draw()
    return st.session_state[last]


def opened(key: str) -> str | None:
    """Return the name of the tab that is open, or was when they were last drawn; None where they never were."""
    return st.session_state.get(f"{key}.open")
