"""Behind the page: what it means, the formulas with today's parameters, the code, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.activations.panels.answers import COMPUTE
from dlviz.concepts.activations.panels.formulas import latex, number
from dlviz.concepts.activations.panels.function import name_of
from dlviz.concepts.activations.script import page_script
from dlviz.concepts.activations.spec import DEFAULT, View
from dlviz.ui.asking import Failed, ask
from dlviz.ui.behind import behind, code, download
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part

SOFTMAX = r"p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}"
JACOBIAN = r"\frac{\partial p_i}{\partial z_j} = \frac{p_i(\delta_{ij} - p_j)}{T}"
LENGTHS = (  # on two lines, for phones
    r"\begin{gathered} q^{(l)} = n\,\mathrm{Var}(w)\, \mathbb{E}\!\left[f\!\left(\sqrt{q^{(l-1)}}\,u\right)^2\right]"
    r" \\[6pt] u \sim \mathcal{N}(0, 1) \end{gathered}"
)
SLOPES = r"\chi^{(l)} = n\,\mathrm{Var}(w)\; \mathbb{E}\!\left[f'\!\left(\sqrt{q^{(l)}}\,u\right)^2\right]"
CHAIN = r"\delta^{(l)} = f'(z^{(l)}) \odot W^{(l+1)\top} \delta^{(l+1)}"
WRITTEN_OUT = 44  # letters of a sum that a phone holds
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
        _softmax(view)
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


def _softmax(view: View) -> None:
    """Show softmax in symbols and, once it is computed, with the numbers on the stage."""
    st.latex(SOFTMAX)
    question = (view.logits, view.temperature, view.added)
    try:
        found = ask("activations.softmax", f"{COMPUTE}:softmax", *question, note=view)
    except Failed:  # the stage says why
        found = None
    if found is not None and found.fresh:
        st.latex(with_numbers(view, float(found.value.probabilities[0])))
    st.latex(JACOBIAN)


def with_numbers(view: View, first: float) -> str:
    """Return the first probability with today's scores; of a long sum only the ends are written out."""
    powers = [rf"e^{{{number(score)}/{number(view.temperature)}}}" for score in view.logits]
    below = " + ".join(powers)
    if len(below) > WRITTEN_OUT:
        below = rf"{powers[0]} + \cdots + {powers[-1]}"
    return rf"\begin{{gathered}} p_1 = \frac{{{powers[0]}}}{{{below}}} \\[6pt] = {number(first)} \end{{gathered}}"


def _code(view: View) -> None:
    text = page_script(view)
    st.markdown(t("activations.code.run" if view.section == "network" else "activations.code.lead"))
    download(t("activations.code.download"), text, "activations.py", "activations.script")
    code(text)
