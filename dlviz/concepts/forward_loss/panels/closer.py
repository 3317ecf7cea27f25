"""Below the stage: the losses, softmax, overflow, rare classes, and questions about the numbers on screen."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dlviz.concepts.forward_loss.panels import judging, overflow, quiz, rare, softmax
from dlviz.concepts.forward_loss.panels.answers import WAITING
from dlviz.concepts.forward_loss.spec import DEFAULT, View
from dlviz.ui import crowd, links
from dlviz.ui.language import t
from dlviz.ui.parts import part
from dlviz.ui.tabs import tabs

TABS = "forward_loss.closer"
LOOK = 0.5  # seconds between two looks while something is being computed
PARTS = {
    "losses": judging.panel,
    "softmax": softmax.panel,
    "overflow": overflow.panel,
    "rare": rare.panel,
    "quiz": quiz.panel,
}


def panel(view: View) -> None:
    """Show the part that is open; its own controls run nothing else of the page."""
    waiting = bool(st.session_state.get(WAITING))
    with st.container(border=True, key="forward-loss-closer"):
        part(_panel, crowd.pace(LOOK) if waiting else None)(waiting)


def _panel(waiting: bool) -> None:
    st.session_state[WAITING] = False
    view = links.current(DEFAULT)
    parts = {name: (t(f"forward_loss.closer.{name}"), partial(show, view)) for name, show in PARTS.items()}
    tabs(TABS, parts, view.closer, _choose)
    if st.session_state[WAITING] != waiting:
        st.rerun()


def _choose(name: str) -> None:
    links.put(links.current(DEFAULT).model_copy(update={"closer": name}))
