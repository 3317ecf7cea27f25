"""Behind the page: what it means, the formula with today's sizes, the code, the sources."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.export.script import pytorch_script
from dlviz.ui import links
from dlviz.ui.language import prose, t
from dlviz.ui.tabs import tabs

TABS = "playground.tabs"
DENSE = r"h^{(l)} = f\left(W^{(l)} h^{(l-1)} + b^{(l)}\right), \qquad h^{(0)} = x"
SOFTMAX = r"P(y = k \mid x) = \frac{e^{z_k}}{\sum_{j} e^{z_j}}, \qquad L = -\frac{1}{N} \sum_{i} \log P(y_i \mid x_i)"
SQUARES = r"\hat{y} = z, \qquad L = \frac{1}{N} \sum_{i} (\hat{y}_i - y_i)^2"


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    st.fragment(_panel)()


def _panel() -> None:
    view = links.current(DEFAULT)
    shows = {"meaning": _meaning, "formula": _formula, "code": _code, "sources": _sources}
    tabs(TABS, {name: (t(f"playground.tab.{name}"), partial(show, view)) for name, show in shows.items()})


def _meaning(view: View) -> None:
    st.markdown(prose("playground", "meaning"))


def _sources(view: View) -> None:
    st.markdown(prose("playground", "sources"))


def _formula(view: View) -> None:
    st.latex(DENSE)
    st.latex(SQUARES if view.run.data.about == "number" else SOFTMAX)
    shape = " → ".join(map(str, (len(view.run.data.inputs), *view.run.network.hidden, view.run.data.outputs)))
    st.markdown(t("playground.formula.sizes", shape=shape, parameters=view.run.parameters))
    st.markdown(prose("playground", "formula"))


def _code(view: View) -> None:
    """Show the script that prints the same losses."""
    script = pytorch_script(runs.settled(view))
    st.markdown(t("playground.code.lead"))
    st.download_button(
        t("playground.code.download"),
        script,
        "playground.py",
        "text/x-python",
        key="playground.script",
        icon=":material/download:",
        on_click="ignore",
    )
    st.code(script, language="python", height=420)
    st.caption(t("playground.code.moment"))
