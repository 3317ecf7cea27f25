"""Look closer at the run on the stage: one question at a time, each answered by measuring its network."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dlviz.concepts.playground.panels import checkup, elsewhere, histograms, optimizer, seeds, valley
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.ui import links
from dlviz.ui.language import t
from dlviz.ui.tabs import tabs

TABS = "playground.closer"
PANELS = {
    "checkup": checkup.panel,
    "histograms": histograms.panel,
    "valley": valley.panel,
    "seeds": seeds.panel,
    "optimizer": optimizer.panel,
}


def panel(view: View) -> None:
    """Show a tab for every question that the view does not hide, and draw the open one."""
    asked = [name for name in PANELS if name not in view.hide]
    if not asked:
        return
    with st.container(border=True, key="playground-closer"):
        parts = {name: (t(f"playground.closer.{name}"), partial(_draw, name)) for name in asked}
        tabs(TABS, parts, view.closer, _choose)
        elsewhere.panel(view)


def _draw(name: str) -> None:
    st.caption(t(f"playground.{name}.help"))
    PANELS[name](links.current(DEFAULT))


def _choose(name: str) -> None:
    links.put(links.current(DEFAULT).model_copy(update={"closer": name}))
