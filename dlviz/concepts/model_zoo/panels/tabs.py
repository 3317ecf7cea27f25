"""Behind the page: what the numbers mean, the five formulas, a script for each model, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.model_zoo.spec import DEFAULT, MODELS, View, named
from dlviz.export.script import pytorch_script
from dlviz.ui.behind import behind, code, download
from dlviz.ui.data_files import embedded_table
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part

FORMULAS = (
    ("linear_regression", r"y = w^\top x + b"),
    ("logistic_regression", r"P(y=1 \mid x) = \sigma(w^\top x + b) = \frac{1}{1 + e^{-(w^\top x + b)}}"),
    ("mlp", r"h^{(l)} = f\left(W^{(l)} h^{(l-1)} + b^{(l)}\right), \qquad \allowbreak {h^{(0)} = x}"),
    (
        "cnn",
        r"(x * k)[c, i, j] = b_c + \sum_{c', u, v} k[c, c', u, v]\; x[c',\; i \cdot s + u - p,\; j \cdot s + v - p]",
    ),
    ("rnn", r"h_t = \tanh(W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh})"),
)

FILES = {"cars": "auto_mpg.csv", "digits": "mnist_5k.npz", "names": "surnames.csv"}  # what a task's scripts read


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    part(_panel)()


def _panel() -> None:
    behind("model_zoo", DEFAULT, {"meaning": None, "formula": _formula, "code": _code, "sources": None})


def _formula(_: View) -> None:
    for kind, formula in FORMULAS:
        st.markdown(f"**{t(f'model_zoo.kind.{kind}')}**")
        st.latex(formula)
    st.markdown(prose("model_zoo", "formula"))


def _code(_: View) -> None:
    """Show the script of the model that is chosen; alone, it prints the same losses."""
    names = [model.name for model in MODELS]
    chosen = st.selectbox(t("model_zoo.code.model"), names, format_func=titled, key="model_zoo.script_of")
    script = pytorch_script(named(chosen).run)
    with st.container(horizontal=True, key="model_zoo-code"):
        download(t("model_zoo.code.download"), script, f"{chosen}.py", "model_zoo.script")
        if file := FILES.get(named(chosen).task):
            words, look = t("model_zoo.code.table", name=file), {"icon": ":material/database:", "on_click": "ignore"}
            st.download_button(words, embedded_table(file), file, key="model_zoo.table", **look)
    code(script)


def titled(name: str) -> str:
    """Return what a model is called with its task: one network stands here for several."""
    return f"{t(f'model_zoo.model.{name}')} · {t(f'model_zoo.task.{named(name).task}')}"
