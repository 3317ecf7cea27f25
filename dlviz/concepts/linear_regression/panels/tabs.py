"""Behind the page: what it means, the formula with today's numbers, the code, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.linear_regression.panels import runs
from dlviz.concepts.linear_regression.spec import DEFAULT, View
from dlviz.export.script import pytorch_script
from dlviz.recording import Moment
from dlviz.spec import Table
from dlviz.ui.behind import behind, code, download
from dlviz.ui.data_files import embedded_table
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part

LINE = r"\hat{y} = w^\top x + b"
LOSSES = {
    "squared": r"L = \frac{1}{N} \sum_i (\hat{y}_i - y_i)^2",
    "absolute": r"L = \frac{1}{N} \sum_i |\hat{y}_i - y_i|",
    "huber": r"L = \frac{1}{N} \sum_i h(\hat{y}_i - y_i), \qquad h(r) = \begin{cases} \tfrac12 r^2 & |r| \le \delta \\"
    r" \delta\,(|r| - \tfrac12 \delta) & |r| > \delta \end{cases}",
}
NORMAL = r"(A^\top A + \tfrac{N \lambda_2}{2} I_w)\, \theta = A^\top y"
MOST_WRITTEN = 7  # weights of which each has its number in the formula


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    part(_panel)()


def _panel() -> None:
    behind(runs.KEY, DEFAULT, {"meaning": None, "formula": _formula, "code": _code, "sources": None})


def _formula(view: View) -> None:
    run, knobs, moment = view.run, runs.knobs(view), runs.LAB.shown(view)
    st.latex(LINE)
    features = run.data.shape[0] * run.network.degree
    st.markdown(t("linear_regression.formula.shapes", features=features, parameters=features + 1))
    if moment is not None and len(moment["weights"]) == features + 1:
        st.latex(written(moment, features))
        st.caption(t("linear_regression.formula.today", step=f"{moment.step:,}"))
    penalties = (r" + \lambda_1 \sum_j |w_j|" if knobs.l1 else "") + (
        r" + \tfrac{\lambda_2}{2} \sum_j w_j^2" if knobs.l2 else ""
    )
    st.latex(LOSSES[knobs.fault] + penalties)
    st.latex(NORMAL)
    st.markdown(prose(runs.KEY, "formula"))


def written(moment: Moment, features: int) -> str:
    """Return the formula with the weights of the moment; of many weights only the first."""
    weights = moment["weights"]
    shown = min(features, MOST_WRITTEN)
    names = ["x"] if features == 1 else [f"x_{{{i + 1}}}" for i in range(shown)]
    terms = [_signed(float(weight), name, i == 0) for i, (weight, name) in enumerate(zip(weights, names, strict=False))]
    more = r" + \dots" if features > shown else ""
    return rf"\hat{{y}} = {' '.join(terms)}{more} {_signed(float(weights[-1]), '', False)}"


def _signed(value: float, name: str, first: bool) -> str:
    text = f"{abs(value):#.3g}".rstrip(".")
    if "e" in text:
        digits, _, power = text.partition("e")
        text = rf"{digits} \cdot 10^{{{int(power)}}}"
    sign = "-" if value < 0 else "" if first else "+"
    return f"{sign} {text}" + (rf"\, {name}" if name else "")


def _code(view: View) -> None:
    """Show the script that prints the same losses, and where to get the table it reads."""
    script = pytorch_script(runs.LAB.settled(view))
    st.markdown(t("linear_regression.code.lead"))
    with st.container(horizontal=True, key="linear_regression-code"):
        download(t("linear_regression.code.download"), script, "linear_regression.py", "linear_regression.script")
        _table(view)
    code(script)
    st.caption(t("linear_regression.code.moment"))


def _table(view: View) -> None:
    if not isinstance(view.run.data, Table) or view.run.data.data != "auto-mpg":
        return
    words, icon = t("linear_regression.code.table"), ":material/database:"
    st.download_button(
        words,
        embedded_table("auto_mpg.csv"),
        "auto_mpg.csv",
        key="linear_regression.table",
        icon=icon,
        on_click="ignore",
    )
