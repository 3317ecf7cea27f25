"""Behind the page: what it means, the formulas with today's parameters, the code, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.activations.panels.formulas import latex
from dlviz.concepts.activations.panels.function import name_of
from dlviz.concepts.activations.script import page_script
from dlviz.concepts.activations.spec import DEFAULT, View
from dlviz.ui.behind import behind, code, download
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part

SOFTMAX = r"p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}"
JACOBIAN = r"\frac{\partial p_i}{\partial z_j} = \frac{p_i(\delta_{ij} - p_j)}{T}"
LENGTHS = (
    r"q^{(l)} = n\,\mathrm{Var}(w)\; \mathbb{E}\!\left[f\!\left(\sqrt{q^{(l-1)}}\,u\right)^2\right],"
    r" \qquad u \sim \mathcal{N}(0, 1)"
)
SLOPES = r"\chi^{(l)} = n\,\mathrm{Var}(w)\; \mathbb{E}\!\left[f'\!\left(\sqrt{q^{(l)}}\,u\right)^2\right]"
CHAIN = r"\delta^{(l)} = f'(z^{(l)}) \odot W^{(l+1)\top} \delta^{(l+1)}"
DELTA = r"\delta^{(l)} = \frac{\partial L}{\partial z^{(l)}}"


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    part(_panel)()


def _panel() -> None:
    behind("activations", DEFAULT, {"meaning": _meaning, "formula": _formula, "code": _code, "sources": None})


def _meaning(view: View) -> None:
    st.markdown(prose("activations", view.section))


def _formula(view: View) -> None:
    if view.section == "softmax":
        st.latex(SOFTMAX)
        st.latex(JACOBIAN)
    elif view.section == "depth":
        for text in (LENGTHS, SLOPES):
            st.latex(text)
        st.markdown(prose("activations", "lengths"))
    elif view.section == "network":
        st.latex(CHAIN)
        st.latex(DELTA)
        st.markdown(prose("activations", "chain"))
    else:
        for name in view.functions:
            st.markdown(f"**{name_of(name)}**")
            st.latex(latex(name, view.parameters, view.formula))


def _code(view: View) -> None:
    text = page_script(view)
    st.markdown(t("activations.code.run" if view.section == "network" else "activations.code.lead"))
    download(t("activations.code.download"), text, "activations.py", "activations.script")
    code(text)
