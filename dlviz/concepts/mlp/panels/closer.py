"""Look closer at the run on the stage: one question at a time, each answered by measuring."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dlviz.concepts.mlp.panels import inside, mistakes, own, pen, projection, seeds, sizes, stopping
from dlviz.concepts.mlp.spec import CLOSER, DEFAULT, View
from dlviz.ui import descent, links
from dlviz.ui.language import t
from dlviz.ui.tabs import tabs

PANELS = {
    "inside": inside.panel,
    "mistakes": mistakes.panel,
    "map": projection.panel,
    "stopping": stopping.panel,
    "own": own.panel,
    "sizes": sizes.panel,
    "seeds": seeds.panel,
}


def panel(view: View) -> None:
    """Show a tab for every question that the part on show has, and draw the open one."""
    with st.container(border=True, key="mlp-closer"):
        shown = {name: (t(f"mlp.closer.{name}"), partial(_draw, name)) for name in CLOSER[view.part]}
        tabs(f"mlp.closer.{view.part}", shown, view.opened, _choose)
        with st.container(horizontal=True, key="mlp-elsewhere"):
            pen.way(view)
            descent.way(view.run, "mlp")


def _draw(name: str) -> None:
    view = links.current(DEFAULT)
    st.caption(t(f"mlp.{name}.help"))
    PANELS[name](view)


def _choose(name: str) -> None:
    links.put(links.current(DEFAULT).model_copy(update={"closer": name}))
