"""Numbers that overflow: softmax as the formula says breaks in float32, and the same a little otherwise does not."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.forward_loss.panels.answers import answer, cell, column, said
from dlviz.concepts.forward_loss.recording import Softmaxes
from dlviz.concepts.forward_loss.spec import DEFAULT, View
from dlviz.ui import fields, links
from dlviz.ui.components import mount
from dlviz.ui.language import t

COLUMNS = (
    ("z32", "signed"),
    ("exp", "plain"),
    ("naive", "share"),
    ("lowered", "signed"),
    ("safe_exp", "plain"),
    ("safe", "share"),
    ("exact", "share"),
)
PLAIN = r"\log\sum_j e^{z_j}"
SAFE = r"m + \log\sum_j e^{z_j - m}"
LARGEST = r"m = \max_j z_j"  # in a line of its own: a phone has no room for it beside the rest


def panel(view: View) -> None:
    """Show three scores, what adds to all of them, and what both ways make of it in float32."""
    st.markdown(t("forward_loss.overflow.lead"))
    view = _chosen(view)
    found = answer("softmaxes", view.logits, view.raised)
    if found is None:
        return
    data = {
        "label": t("forward_loss.overflow.table"),
        "corner": t("forward_loss.column.class"),
        "columns": [column(t(f"forward_loss.column.{name}"), kind, strong=name == "safe") for name, kind in COLUMNS],
        "rows": rows(found),
    }
    mount("ledger", key="forward_loss.table.softmaxes", data=data)
    left, right = st.columns(2)
    with left:
        st.latex(PLAIN + rf" = {tex(found.log_sum)}")
        st.markdown(t("forward_loss.overflow.plain", total=said(found.total), loss=said(found.loss)))
    with right:
        st.latex(rf"\begin{{gathered}}{SAFE} = {tex(found.safe_log_sum)} \\ {LARGEST}\end{{gathered}}")
        numbers = {"loss": said(found.safe_loss), "exact": said(found.exact_loss), "torch": said(found.torch_loss)}
        st.markdown(t("forward_loss.overflow.safe", total=said(found.safe_total), **numbers))
    st.info(t(f"forward_loss.overflow.verdict.{verdict(found)}"), icon=":material/info:")


def rows(found: Softmaxes) -> list[dict[str, object]]:
    """Return one row for each class."""
    parts = (found.scores, found.exponentials, found.probabilities, found.lowered, found.safe_exponentials)
    parts += (found.safe_probabilities, found.exact)
    return [
        {
            "name": t("forward_loss.class", number=place + 1),
            "cells": [cell(part[place]) for part in parts],
            "mark": place == 0,
        }
        for place in range(len(found.scores))
    ]


def tex(value: float) -> str:
    """Return a number as a formula shows it, six digits where there are any."""
    text = cell(value)
    if isinstance(text, str):
        return {"NaN": r"\text{NaN}", "∞": r"\infty", "−∞": r"-\infty"}[text]
    return f"{text:.6g}"


def verdict(found: Softmaxes) -> str:
    """Return what became of the plain way: over, under, lost (a probability is 0 or too coarse), or fine."""
    if found.total == float("inf"):
        return "over"
    if found.total == 0:
        return "under"
    if abs(found.loss - found.exact_loss) > 1e-3 * max(1.0, abs(found.exact_loss)):
        return "lost"
    return "fine"


def _chosen(view: View) -> View:
    """Show the sliders, and return the view as it is then."""
    raised = fields.field(
        View, "raised", view.raised, "forward_loss.raised",
        label=t("forward_loss.raised"), help=t("forward_loss.raised.help"),
    )  # fmt: skip
    logits = []
    for place, room in enumerate(st.columns(3)):
        with room:
            logits.append(_logit(view.logits[place], place))
    chosen = view.model_copy(update={"raised": raised, "logits": tuple(logits)})
    if chosen != view:
        links.write(chosen, DEFAULT)
    return chosen


def _logit(value: float, place: int) -> float:
    """Show the slider of one score; a row of numbers has no widget of its own."""
    key = f"forward_loss.logits.{place}"
    fields.follow(key, value, (-20.0, 20.0))
    chosen = st.slider(
        t("forward_loss.logit", number=place + 1),
        -20.0,
        20.0,
        st.session_state[key],
        0.5,
        key=key,
        help=t("forward_loss.logit.help"),
    )
    fields.report(key, chosen, (-20.0, 20.0))
    return chosen
