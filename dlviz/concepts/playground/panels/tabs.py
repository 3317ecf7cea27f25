"""Behind the page: what it means, the formula with today's sizes, the code, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.spec import View
from dlviz.export.script import pytorch_script
from dlviz.ui.language import prose, t

DENSE = r"h^{(l)} = f\left(W^{(l)} h^{(l-1)} + b^{(l)}\right), \qquad h^{(0)} = x"
SOFTMAX = r"P(y = k \mid x) = \frac{e^{z_k}}{\sum_{j} e^{z_j}}, \qquad L = -\frac{1}{N} \sum_{i} \log P(y_i \mid x_i)"
SQUARES = r"\hat{y} = z, \qquad L = \frac{1}{N} \sum_{i} (\hat{y}_i - y_i)^2"


def panel(view: View) -> None:
    """Show the tabs."""
    names = ("meaning", "formula", "code", "sources")
    tabs = st.tabs([t(f"playground.tab.{name}") for name in names], key="playground-tabs")
    for tab, show in zip(tabs, (_meaning, _formula, _code, _sources), strict=True):
        with tab:
            show(view)


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
