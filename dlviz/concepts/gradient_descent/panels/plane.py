"""The plane: the loss of the real network around its end, with both ways on it."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.gradient_descent.panels.walkers import PAGE, walkers
from dlviz.concepts.gradient_descent.spec import DEFAULT
from dlviz.ui import crowd, links
from dlviz.ui.language import t

LOOK = 1.0


def panel() -> None:
    """Show the plane."""
    with st.container(key=f"{PAGE}-plane"):
        st.fragment(_plane, run_every=crowd.pace(LOOK))()


def _plane() -> None:
    found = walkers(links.current(DEFAULT).real)
    if found is None:
        st.caption(t("bench.warming_up"))
