"""Why cross-entropy goes with softmax: together their gradient is p − y, and it does not fade where it is needed."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.forward_loss.panels import stage
from dlviz.concepts.forward_loss.panels.answers import answer, cell, column
from dlviz.concepts.forward_loss.panels.judging import plot_words
from dlviz.concepts.forward_loss.recording import Anatomy, Judgement
from dlviz.concepts.forward_loss.spec import LOSSES, Judging, View
from dlviz.recording import pack
from dlviz.ui import stacks
from dlviz.ui.asking import Failed
from dlviz.ui.components import mount
from dlviz.ui.language import t

COLUMNS = (
    ("score", "signed"),
    ("answer", "share"),
    ("target", "plain"),
    ("by_hand", "signed"),
    ("autograd_entropy", "signed"),
    ("difference", "plain"),
    ("autograd_squares", "signed"),
)
AGREE = 1e-6


def panel(view: View) -> None:
    """Show p − y beside autograd's gradient for the example on the stage, and how the slope of squares fades."""
    try:
        found = stage.known(view)
    except Failed:  # the stage says why
        return
    judged = answer("judgement", stage.settled(view.subject), view.changed, Judging())
    st.markdown(t("forward_loss.softmax.lead"))
    if found is not None and judged is not None:
        _gradients(view, found, judged)
    faded = answer("fading")
    if faded is None:
        return
    st.markdown(t("forward_loss.softmax.fading"))
    config = {
        "all": [{"name": name, "label": t(f"forward_loss.fading.{name}")} for name in ("bce", "mse")],
        "shown": ["bce", "mse"],
        "choosable": False,
        "x": t("forward_loss.softmax.x"),
        "ys": [t("forward_loss.judging.curve"), t("forward_loss.judging.slope")],
        "short": [t("forward_loss.short.loss"), t("forward_loss.short.slope")],
        "here": -6.0,
        "low": -10.0,
        "high": 10.0,
        "words": {**plot_words(), "at_example": t("forward_loss.softmax.at")},
    }
    data = {"grid": faded.grid, "curves": faded.curves, "slopes": faded.slopes}
    mount("losses", key="forward_loss.curves.fading", data=pack(config, data))


def _gradients(view: View, found: Anatomy, judged: Judgement) -> None:
    if view.subject.head == "identity":
        st.caption(t("forward_loss.softmax.number"))
        return
    data = {
        "label": t("forward_loss.softmax.table"),
        "corner": t("forward_loss.column.output"),
        "columns": [column(t(f"forward_loss.column.{name}"), kind, strong=name == "by_hand") for name, kind in COLUMNS],
        "rows": rows(view, found, judged),
    }
    mount("ledger", key="forward_loss.table.gradients", data=data)
    apart = furthest(found, judged)
    words = "agree" if apart < AGREE else "differ"
    st.caption(t(f"forward_loss.softmax.{words}", apart=stacks.readable(apart)))


def rows(view: View, found: Anatomy, judged: Judgement) -> list[dict[str, object]]:
    """Return one row for each output: z, p, y, p − y, the gradient of cross-entropy twice, and that of squares."""
    entropy, squares = (LOSSES.index(name) for name in ("cross_entropy", "mse"))
    p, y = found.answers[0], found.targets[0]
    parts = (found.layers[-1].sums[0], p, y, p - y, judged.gradients[entropy])
    parts += (judged.differences[entropy], judged.gradients[squares])
    names = stage.class_names(view.subject)
    return [
        {"name": name, "cells": [cell(part[unit]) for part in parts], "mark": bool(y[unit] == 1)}
        for unit, name in enumerate(names)
    ]


def furthest(found: Anatomy, judged: Judgement) -> float:
    """Return how far p − y, autograd and central differences are apart at most."""
    entropy = LOSSES.index("cross_entropy")
    ways = np.stack([found.answers[0] - found.targets[0], judged.gradients[entropy], judged.differences[entropy]])
    return float(np.ptp(ways, axis=0).max())
