"""Behind the page: what it means, the formula with today's numbers, the code, the sources."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.logistic_regression.panels.lab import KEY, LAB, columns, two
from dlviz.concepts.logistic_regression.spec import DEFAULT, View
from dlviz.export.script import pytorch_script
from dlviz.spec import RunSpec
from dlviz.ui.behind import behind, code, download
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part

SIGMOID = r"P(y = 1 \mid x) = \sigma(w^\top x + b) = \frac{1}{1 + \exp\left(-(w^\top x + b)\right)}"
LOSS = (
    r"L = -\frac{1}{N} \sum_i \Big( y_i \ln P_i + (1 - y_i) \ln (1 - P_i) \Big), "
    r"\qquad \allowbreak {\frac{\partial L}{\partial w} = \frac{1}{N} \sum_i (P_i - y_i)\, x_i}"
)
SOFTMAX = (
    r"P(y = k \mid x) = \frac{e^{z_k}}{\sum_j e^{z_j}}, \qquad \allowbreak {z = W x + b}, "
    r"\qquad \allowbreak {L = -\frac{1}{N} \sum_i \ln P(y_i \mid x_i)}"
)


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    part(_panel)()


def _panel() -> None:
    behind(KEY, DEFAULT, {"meaning": None, "formula": _formula, "code": _code, "sources": None})


def _formula(view: View) -> None:
    st.latex(SIGMOID)
    st.markdown(t(f"{KEY}.formula.sign"))
    st.latex(LOSS if two(view.run) else SOFTMAX)
    st.markdown(t(f"{KEY}.formula.sizes" if two(view.run) else f"{KEY}.formula.sizes_classes", **sizes(view.run)))
    moment = LAB.shown(view)
    straight = two(view.run) and view.run.on_plane and view.run.network.degree == 1
    if moment is not None and straight and np.isfinite(moment["weights"]).all():
        st.markdown(t(f"{KEY}.formula.now"))
        st.latex(with_numbers(moment["weights"]))
    st.markdown(prose(KEY, "formula"))


def _code(view: View) -> None:
    """Show the script that prints the same losses."""
    script = pytorch_script(LAB.settled(view))
    st.markdown(t(f"{KEY}.code.lead"))
    download(t(f"{KEY}.code.download"), script, f"{KEY}.py", f"{KEY}.script")
    code(script)


def sizes(run: RunSpec) -> dict[str, int]:
    """Return how many features go in, how many sums come out, and how many parameters that makes."""
    features = len(columns(run)) * run.network.degree
    return {"features": features, "outputs": run.outputs, "parameters": (features + 1) * run.outputs}


def with_numbers(weights: np.ndarray) -> str:
    """Return the formula of a point's probability with these weights (w₁, w₂, b) in it, as LaTeX."""
    first, *others = (_written(float(one)) for one in weights)
    signed = [one if one.startswith("-") else f"+{one}" for one in others]
    return rf"P(y = 1 \mid x) = \frac{{1}}{{1 + \exp\left(-({first}\, x_1 {signed[0]}\, x_2 {signed[1]})\right)}}"


def _written(value: float) -> str:
    """Return a number with three digits as LaTeX: 0.500, -3.21 · 10^{-5}."""
    digits, _, power = f"{value:#.3g}".rstrip(".").partition("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}" if power else digits
