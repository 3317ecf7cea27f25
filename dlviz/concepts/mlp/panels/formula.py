"""The formula of a dense network, with the shapes and numbers of the one on the stage."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from dlviz.concepts.mlp.panels import parts
from dlviz.concepts.mlp.recording import Line
from dlviz.concepts.mlp.spec import View
from dlviz.ui.asking import ask
from dlviz.ui.fields import option
from dlviz.ui.language import prose, t

COMPUTE = "dlviz.concepts.mlp.compute"
FORMULA = r"h^{(l)} = f\left(W^{(l)} h^{(l-1)} + b^{(l)}\right), \qquad \allowbreak {h^{(0)} = x}"
LOOK = 1.0  # seconds between two looks for today's numbers


def panel(view: View) -> None:
    """Show the formula, each layer's shapes, and its first unit at work on one example."""
    st.latex(FORMULA)
    st.markdown(prose("mlp", "formula"))
    found = _numbers(view)
    st.markdown(_table(view, found), unsafe_allow_html=False)
    count = sum((before + 1) * after for before, after in pairwise(sizes(view)))
    norms = 2 * sum(view.run.network.hidden) * view.run.network.batch_norm
    if norms:
        st.markdown(t("mlp.formula.norm", count=f"{norms:,}"))
    st.caption(t("mlp.formula.all", count=f"{count + norms:,}", step=f"{parts.lab(view).step(view):,}"))


def sizes(view: View) -> tuple[int, ...]:
    """Return how many numbers go in, come out of each layer, and come out at the end."""
    inputs = 1
    for side in view.run.data.shape:
        inputs *= side
    return (inputs, *view.run.network.hidden, view.run.outputs)


def _numbers(view: View) -> tuple[Line, ...]:
    lab = parts.lab(view)
    if lab.shown(view) is None:
        return ()
    found = ask("mlp.lines", f"{COMPUTE}:lines", lab.settled(view), lab.step(view), wait=2.0)
    fits = found is not None and len(found.value) == len(view.run.network.hidden) + 1
    return found.value if fits else ()


def _table(view: View, found: tuple[Line, ...]) -> str:
    """Return the layers as a table in Markdown: shapes, how many numbers, and the first unit's."""
    names = ("layer", "weights", "biases", "numbers", "unit")
    rows = ["| " + " | ".join(t(f"mlp.formula.{name}") for name in names) + " |", "|" + ":-:|" * len(names)]
    for layer, (before, after) in enumerate(pairwise(sizes(view)), 1):
        shape = f"$W^{{({layer})}}: {after} \\times {before}$ | $b^{{({layer})}}: {after}$"
        rows.append(f"| {layer} | {shape} | {(before + 1) * after:,} | {_unit(view, layer, found)} |")
    return "\n".join(rows)


def _unit(view: View, layer: int, found: tuple[Line, ...]) -> str:
    if not found:
        return "…"
    line, network = found[layer - 1], view.run.network
    if layer > len(network.hidden):
        return f"{line.total:.3g}".replace("-", "−")
    name = option(network.activation_of(layer - 1))
    called = f"{name}\u200b"  # on a phone a line may break behind it, so that the table is seen whole
    return f"{called}({line.total:.3g}) = {line.output:.3g}".replace("-", "−")
