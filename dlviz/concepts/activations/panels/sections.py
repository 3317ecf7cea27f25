"""The sections of the page, of which the open one is drawn."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dlviz.concepts.activations.panels import depth, function, network, softmax
from dlviz.concepts.activations.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t
from dlviz.ui.tabs import tabs

TABS = "activations.sections"
PANELS = {"function": function.panel, "softmax": softmax.panel, "depth": depth.panel, "network": network.panel}


def panel() -> None:
    """Show a tab for every section, and draw the open one."""
    parts = {name: (t(f"activations.section.{name}"), partial(_draw, name)) for name in PANELS}
    tabs(TABS, parts, links.current(DEFAULT).section, _choose)


def _draw(name: str) -> None:
    st.markdown(t(f"activations.section.{name}.lead"))
    PANELS[name](links.current(DEFAULT))


def _choose(name: str) -> None:
    view = links.current(DEFAULT)
    if name == "network" and view.run == DEFAULT.run:
        view = links.with_run_of("playground", view)
    links.put(view.model_copy(update={"section": name}))
