"""Behind the page: what it means, the formula with today's numbers, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.rnn.panels import runs
from dlviz.concepts.rnn.spec import DEFAULT, Part, View
from dlviz.export.script import pytorch_script
from dlviz.export.sequence_text import TABLES
from dlviz.spec import Recall, Sunspots
from dlviz.ui.behind import behind, code, download
from dlviz.ui.data_files import embedded_table
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part

PLAIN = r"h_t = \tanh\left(W_{ih}\, x_t + b_{ih} + W_{hh}\, h_{t-1} + b_{hh}\right)"
# an equals sign with less room around it: the longest line just fits a phone
LSTM = (
    r"\begin{aligned}"
    r"i_t &\,{=}\, \sigma(W_{ii} x_t + b_{ii} + W_{hi} h_{t-1} + b_{hi}) \\"
    r"f_t &\,{=}\, \sigma(W_{if} x_t + b_{if} + W_{hf} h_{t-1} + b_{hf}) \\"
    r"g_t &\,{=}\, \tanh(W_{ig} x_t + b_{ig} + W_{hg} h_{t-1} + b_{hg}) \\"
    r"o_t &\,{=}\, \sigma(W_{io} x_t + b_{io} + W_{ho} h_{t-1} + b_{ho}) \\"
    r"c_t &\,{=}\, f_t \odot c_{t-1} + i_t \odot g_t \\"
    r"h_t &\,{=}\, o_t \odot \tanh(c_t)"
    r"\end{aligned}"
)
GRU = (
    r"\begin{aligned}"
    r"r_t &\,{=}\, \sigma(W_{ir} x_t + b_{ir} + W_{hr} h_{t-1} + b_{hr}) \\"
    r"z_t &\,{=}\, \sigma(W_{iz} x_t + b_{iz} + W_{hz} h_{t-1} + b_{hz}) \\"
    r"n_t &\,{=}\, \tanh(W_{in} x_t + b_{in} \\ &\qquad + r_t \odot (W_{hn} h_{t-1} + b_{hn})) \\"
    r"h_t &\,{=}\, (1 - z_t) \odot n_t + z_t \odot h_{t-1}"
    r"\end{aligned}"
)
FORMULAS = {"rnn": PLAIN, "lstm": LSTM, "gru": GRU}
CLASS = r"P(y = k \mid x_1, \dots, x_S) = \mathrm{softmax}(W h_S + b)_k"
ANSWERS: dict[Part, str] = {
    "names": CLASS,
    "recall": CLASS,
    "sunspots": r"\hat{x}_{S+1} = w^\top h_S + b, \qquad \allowbreak {x_t = \frac{READ - \mu}{d}}",
    "writing": r"P(x_{t+1} = k \mid x_1, \dots, x_t) = \mathrm{softmax}(W h_t + b)_k",
}
READ = {"none": "R_t", "root": r"\sqrt{R_t}"}  # of a year's number, which Wolf called R
BACK = (
    r"\frac{\partial L}{\partial h_t} = \frac{\partial L}{\partial h_S} \prod_{s=t+1}^{S}"
    r" \frac{\partial h_s}{\partial h_{s-1}}, \qquad \allowbreak"
    r" {\frac{\partial h_s}{\partial h_{s-1}} = \mathrm{diag}\left(1 - h_s^2\right) W_{hh}}"
)
GATES = {"rnn": 1, "lstm": 4, "gru": 3}


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    part(_panel)()


def _panel() -> None:
    behind("rnn", DEFAULT, {"meaning": _meaning, "formula": _formula, "code": _code, "sources": None})


def _meaning(view: View) -> None:
    """Say what the part on show means."""
    st.markdown(prose("rnn", view.part))


def _formula(view: View) -> None:
    """Show the formula of the cell on the stage, what it costs, and why gradients vanish."""
    network = view.run.network
    if network.network != "rnn":
        st.latex(PLAIN)
    st.latex(FORMULAS[network.network])
    st.markdown(t("rnn.formula.shapes", **_sizes(view)))
    st.latex(ANSWERS[view.part].replace("READ", READ.get(_transform(view), "")))
    if view.part == "sunspots":
        st.markdown(t(f"rnn.formula.years.{_transform(view)}"))
    st.latex(BACK)
    st.markdown(prose("rnn", "formula"))


def _transform(view: View) -> str:
    return view.run.data.transform if isinstance(view.run.data, Sunspots) else ""


def _code(view: View) -> None:
    """Show the script that prints the same losses, and where to get it and its table."""
    script = pytorch_script(runs.lab(view.part).settled(view))
    table = TABLES.get(view.run.data.data)
    st.markdown(" ".join([t("rnn.code.lead"), *([t("rnn.code.beside")] if table else [])]))
    with st.container(horizontal=True, key="rnn-code"):
        download(t("rnn.code.download"), script, f"{view.part}.py", "rnn.script")
        if table:
            words, icon = t("rnn.code.table"), ":material/database:"
            st.download_button(words, embedded_table(table), table, key="rnn.table", icon=icon, on_click="ignore")
    code(script)


def _sizes(view: View) -> dict[str, object]:
    """Return the sizes of the network on the stage, and how many numbers it learns."""
    network, data = view.run.network, view.run.data
    symbols = 0 if isinstance(data, Sunspots) else 1 + data.signs if isinstance(data, Recall) else 30
    inputs = network.embedding if symbols else 1
    gates, state = GATES[network.network], network.state
    cell = gates * state * (inputs + state + 2)
    answer = (state + 1) * data.outputs
    whole = symbols * network.embedding + cell + answer
    rows = gates * state
    return {"inputs": inputs, "state": state, "rows": rows, "cell": f"{cell:,}", "whole": f"{whole:,}"}
