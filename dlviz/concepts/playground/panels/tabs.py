"""Behind the page: what it means, the formula with today's sizes, the code, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.export.script import pytorch_script
from dlviz.ui.behind import behind, code, download
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part

DENSE = r"h^{(l)} = f\left(W^{(l)} h^{(l-1)} + b^{(l)}\right), \qquad \allowbreak {h^{(0)} = x}"
SOFTMAX = (
    r"P(y = k \mid x) = \frac{e^{z_k}}{\sum_{j} e^{z_j}}, "
    r"\qquad \allowbreak {L = -\frac{1}{N} \sum_{i} \log P(y_i \mid x_i)}"
)
SQUARES = r"\hat{y} = z, \qquad \allowbreak {L = \frac{1}{N} \sum_{i} (\hat{y}_i - y_i)^2}"


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    part(_panel)()


def _panel() -> None:
    behind("playground", DEFAULT, {"meaning": None, "formula": _formula, "code": _code, "sources": None})


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
    download(t("playground.code.download"), script, "playground.py", "playground.script")
    code(script)
    st.caption(t("playground.code.moment"))
