"""Behind the page: what it means, the formulas, the code, the sources."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from dlviz.concepts.forward_loss.panels import stage
from dlviz.concepts.forward_loss.recording import Anatomy
from dlviz.concepts.forward_loss.script import page_script
from dlviz.concepts.forward_loss.spec import DEFAULT, Head, View
from dlviz.ui.asking import Failed
from dlviz.ui.behind import behind, code, download
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part

DENSE = (  # what is long is on two lines, for phones
    r"\begin{gathered} z^{(l)} = W^{(l)} h^{(l-1)} + b^{(l)} \\[4pt]"
    r" h^{(l)} = f\left(z^{(l)}\right), \qquad h^{(0)} = x \end{gathered}"
)
BATCH = (
    r"\underset{B \times H}{Z} = \underset{B \times F}{X}\;\underset{F \times H}{W^{\top}} + \underset{1 \times H}{b}"
)
HEADS = {
    "softmax": r"\begin{gathered} p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}, \qquad L = -\log p_t \\[6pt] "
    r"\frac{\partial L}{\partial z_k} = p_k - y_k \end{gathered}",
    "sigmoid": r"\begin{gathered} p = \frac{1}{1 + e^{-z}}, \qquad \frac{\partial L}{\partial z} = p - y \\[6pt] "
    r"L = -y\log p - (1-y)\log(1-p) \end{gathered}",
    "identity": r"\hat{y} = z, \qquad \allowbreak {L = (\hat{y} - y)^2}, "
    r"\qquad \allowbreak {\frac{\partial L}{\partial z} = 2\,(\hat{y} - y)}",
}


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    part(_panel)()


def _panel() -> None:
    behind("forward_loss", DEFAULT, {"meaning": None, "formula": _formula, "code": _code, "sources": None})


def _formula(view: View) -> None:
    st.latex(DENSE)
    st.latex(BATCH)
    st.latex(HEADS[view.subject.head])
    _today(view)
    sizes = view.subject.sizes
    parameters = sum((before + 1) * after for before, after in pairwise(sizes))
    st.markdown(t("forward_loss.formula.sizes", shape=" → ".join(map(str, sizes)), parameters=f"{parameters:,}"))
    st.markdown(prose("forward_loss", "formula"))


def _today(view: View) -> None:
    """Show the loss and its gradient with the numbers on the stage, once they are there."""
    try:
        found = stage.known(view)
    except Failed:  # the stage says why
        return
    if found is not None:
        st.latex(with_numbers(view.subject.head, found))


def with_numbers(head: Head, found: Anatomy) -> str:
    """Return the loss of the example on the stage, and its gradient by the score of the true class."""
    unit = found.truth if head == "softmax" else 0
    numbers = (found.answers[0, unit], found.targets[0, unit], found.losses[0], found.slopes[0, unit])
    said, truth, loss, slope = map(_tex, numbers)
    if head == "identity":
        lines = rf"L = ({said} - ({truth}))^2 = {loss}", rf"\frac{{\partial L}}{{\partial z}} = {slope}"
    else:
        share = said if found.targets[0, unit] else f"(1 - {said})"
        score = "z_t" if head == "softmax" else "z"
        lines = (
            rf"L = -\log {share} = {loss}",
            rf"\frac{{\partial L}}{{\partial {score}}} = {said} - {truth} = {slope}",
        )
    return rf"\begin{{gathered}} {lines[0]} \\[6pt] {lines[1]} \end{{gathered}}"


def _tex(value: float) -> str:
    factor, small, power = f"{value:.3g}".partition("e")
    return rf"{factor} \cdot 10^{{{int(power)}}}" if small else factor


def _code(view: View) -> None:
    """Show the script that prints the same numbers."""
    try:
        found = stage.known(view)
    except Failed:  # the stage says why
        return
    st.markdown(t("forward_loss.code.lead"))
    if found is None:
        st.caption(t("bench.warming_up"))
        return
    script = page_script(view, found)
    download(t("forward_loss.code.download"), script, "forward_loss.py", "forward_loss.script")
    code(script)
