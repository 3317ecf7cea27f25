"""Behind the page: what it means, the formula with today's numbers, what it costs, the code, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.cnn.panels import charts
from dlviz.concepts.cnn.panels.asked import COMPUTE
from dlviz.concepts.cnn.panels.maps import stage_label
from dlviz.concepts.cnn.recording import LayerCost
from dlviz.concepts.cnn.spec import DEFAULT, View
from dlviz.export.script import pytorch_script
from dlviz.spec import ConvNet, Mnist5k
from dlviz.ui.asking import ask
from dlviz.ui.behind import behind, code, download
from dlviz.ui.components import mount
from dlviz.ui.data_files import embedded_table
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part

LOOK = 1.0  # seconds between two looks for an answer that is not there yet
AWAITED = "cnn.costs_awaited"
CONVOLUTION = (
    r"(x * k)[c, i, j] = b_c + \sum_{c'} \sum_{u} \sum_{v} k[c, c', u, v]\;"
    r" x[c',\; i \cdot s + u - p,\; j \cdot s + v - p]"
)
DENSE = r"h^{(l)} = f\left(W^{(l)} h^{(l-1)} + b^{(l)}\right), \qquad \allowbreak {h^{(0)} = x}"
SOFTMAX = r"P(y = k \mid x) = \frac{e^{z_k}}{\sum_{j} e^{z_j}}, \qquad \allowbreak {L = -\log P(y \mid x)}"


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    awaited = st.session_state.get(AWAITED, False)
    part(_panel, LOOK if awaited else None)(awaited)


def _panel(awaited: bool) -> None:
    st.session_state[AWAITED] = False
    behind("cnn", DEFAULT, {"meaning": None, "formula": _formula, "cost": _cost, "code": _code, "sources": None})
    if awaited != st.session_state[AWAITED]:
        st.rerun()


def _formula(view: View) -> None:
    """Show the formulas, and the sizes that they give for the network on the stage."""
    network = view.run.network
    if isinstance(network, ConvNet):
        st.latex(CONVOLUTION)
        side = 28
        for number, block in enumerate(network.blocks, 1):
            inside = (side + 2 * block.padding - block.kernel) // block.stride + 1
            sizes = {"side": side, "kernel": block.kernel, "stride": block.stride, "padding": block.padding}
            after = block.side(side)
            st.markdown(
                t("cnn.formula.block", number=number, channels=block.channels, inside=inside, after=after, **sizes)
            )
            side = after
    else:
        st.latex(DENSE)
    st.latex(SOFTMAX)
    st.markdown(prose("cnn", "formula"))


def _cost(view: View) -> None:
    found = ask("cnn.costs", f"{COMPUTE}:layer_costs", view.run)
    if found is None or not found.fresh:
        st.session_state[AWAITED] = True
        st.caption(t("cnn.busy"))
        return
    costs: tuple[LayerCost, ...] = found.value
    total = {name: f"{sum(getattr(one, name) for one in costs):,}" for name in ("parameters", "flops", "multiply_adds")}
    st.markdown(t("cnn.cost.lead", parameters=total["parameters"], flops=total["flops"], adds=total["multiply_adds"]))
    mount("shares", key="cnn.costs", data=charts.costs(costs, [stage_label(one.name) for one in costs]))


def _code(view: View) -> None:
    """Show the script that prints the same losses, and where to get it and its data."""
    script = pytorch_script(view.run)
    st.markdown(t("cnn.code.lead"))
    with st.container(horizontal=True, key="cnn-code"):
        download(t("cnn.code.download"), script, "digits.py", "cnn.script")
        if isinstance(view.run.data, Mnist5k):
            st.download_button(
                t("cnn.code.table"),
                embedded_table("mnist_5k.npz"),
                "mnist_5k.npz",
                key="cnn.table",
                icon=":material/database:",
                on_click="ignore",
            )
    code(script)
    st.caption(t("cnn.code.moment"))
