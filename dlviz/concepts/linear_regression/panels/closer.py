"""Look closer: one question at a time, each answered by computing the best model for many settings at once."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dlviz.concepts.linear_regression.panels import degree, outliers, own, penalty, scaling, seeds
from dlviz.concepts.linear_regression.spec import DEFAULT
from dlviz.ui import descent, links
from dlviz.ui.language import t
from dlviz.ui.tabs import tabs

PANELS = {
    "scaling": scaling.panel,
    "degree": degree.panel,
    "penalty": penalty.panel,
    "outliers": outliers.panel,
    "own": own.panel,
    "seeds": seeds.panel,
}


def panel() -> None:
    """Show a tab for every question, and draw the open one."""
    with st.container(border=True, key="linear_regression-closer"):
        parts = {name: (t(f"linear_regression.closer.{name}"), partial(_draw, name)) for name in PANELS}
        tabs("linear_regression.closer", parts, links.current(DEFAULT).closer, _choose)
        descent.way(links.current(DEFAULT).run, "linear_regression")


def _draw(name: str) -> None:
    st.caption(t(f"linear_regression.{name}.help"))
    PANELS[name]()


def _choose(name: str) -> None:
    links.put(links.current(DEFAULT).model_copy(update={"closer": name}))
