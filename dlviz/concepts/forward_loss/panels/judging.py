"""The losses: each as a curve, its slope, and what it says to the example on screen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from dlviz.concepts.forward_loss.panels import stage
from dlviz.concepts.forward_loss.panels.answers import answer, cell, column, said
from dlviz.concepts.forward_loss.recording import Anatomy, Judgement
from dlviz.concepts.forward_loss.spec import DEFAULT, LOSSES, OF_NUMBERS, Judging, Loss, View
from dlviz.recording import pack
from dlviz.ui import fields, links
from dlviz.ui.asking import Failed
from dlviz.ui.components import mount
from dlviz.ui.language import t

KEY = "losses"
REACH = {"softmax": 10.0, "sigmoid": 8.0, "identity": 3.0}
FORMULAS: dict[Loss, str] = {
    "mse": r"L = \frac{1}{K}\sum_k (a_k - y_k)^2",
    "mae": r"L = \frac{1}{K}\sum_k |a_k - y_k|",
    "huber": r"L = \frac{1}{K}\sum_k \begin{cases}\frac{1}{2}e_k^2 & |e_k| \le \delta\\ "
    r"\delta\,(|e_k| - \frac{\delta}{2}) & |e_k| > \delta\end{cases}, \qquad e_k = a_k - y_k",
    "bce": r"L = -\frac{1}{K}\sum_k \left[y_k \log\sigma(z_k) + (1-y_k)\log(1-\sigma(z_k))\right]",
    "cross_entropy": r"\begin{gathered} L = -\log p_t, \qquad p_t = \frac{e^{z_t}}{\sum_j e^{z_j}} \\[6pt] "
    r"\frac{\partial L}{\partial z_k} = p_k - y_k \end{gathered}",
    "smoothing": r"L = -\sum_k \left[(1-\varepsilon)\,y_k + \frac{\varepsilon}{K}\right] \log p_k",
    "focal": r"L = -(1-p_t)^{\gamma} \log p_t",
    "hinge": r"L = \frac{1}{K}\sum_{k \ne t} \max(0,\; 1 - z_t + z_k)",
}
ONE_HINGE = r"L = \max(0,\; 1 - (2y-1)\,z)"


def panel(view: View) -> None:
    """Show the losses on the example that is on the stage."""
    st.markdown(t("forward_loss.judging.lead"))
    view = _settings(view)
    try:
        found = stage.known(view)
    except Failed:  # the stage says why
        return
    judged = answer("judgement", stage.settled(view.subject), view.changed, view.judging)
    if found is None or judged is None:
        return
    shown = {"curves": judged.curves, "slopes": judged.slopes, "grid": judged.grid}
    mount("losses", key=KEY, data=pack(config(view, found, judged), shown), on_change={"shown": _shown})
    _outputs(view, found, judged)


def config(view: View, found: Anatomy, judged: Judgement) -> dict[str, object]:
    """Return what the curves show beside their numbers."""
    reach = max(REACH[view.subject.head], min(12.0, abs(judged.here) + 1))
    return {
        "all": [{"name": name, "label": t(f"forward_loss.loss.{name}")} for name in LOSSES],
        "shown": view.losses,
        "choosable": True,
        "x": t(f"forward_loss.judging.x.{view.subject.head}", truth=stage.truth_name(view.subject, found)),
        "ys": [t("forward_loss.judging.curve"), t("forward_loss.judging.slope")],
        "short": [t("forward_loss.short.loss"), t("forward_loss.short.slope")],
        "here": float(np.clip(judged.here, -reach, reach)),
        "low": -reach,
        "high": reach,
        "heard": _said().get("seq"),
        "words": plot_words(),
    }


def plot_words() -> dict[str, str]:
    """Return what every pair of curves says."""
    return {
        name: t(f"forward_loss.plot.{name}") for name in ("choose", "chip", "probe", "none", "at_example", "at_probe")
    }


def _outputs(view: View, found: Anatomy, judged: Judgement) -> None:
    """Show the loss in focus: its formula, and its gradient along every output, checked."""
    name = in_focus(view, judged)
    place = LOSSES.index(name)
    st.markdown(t("forward_loss.judging.focus", loss=t(f"forward_loss.loss.{name}"), value=said(judged.values[place])))
    st.latex(ONE_HINGE if name == "hinge" and view.subject.head == "sigmoid" else FORMULAS[name])
    st.caption(t(f"forward_loss.about_loss.{name}"))
    data = {
        "label": t("forward_loss.judging.table", loss=t(f"forward_loss.loss.{name}")),
        "corner": t("forward_loss.column.output"),
        "columns": columns(view.subject.head),
        "rows": rows(view, found, judged, place),
    }
    mount("ledger", key="forward_loss.table.outputs", data=data)


def in_focus(view: View, judged: Judgement) -> Loss:
    """Return the first of the losses on show that can judge this example, or the first that can at all."""
    able = [name for name, value in zip(LOSSES, judged.values, strict=True) if np.isfinite(value)]
    return next((name for name in view.losses if name in able), able[0])


def columns(head: str) -> list[dict[str, object]]:
    """Return the columns of the table of outputs."""
    wanted = [("score", "signed"), *([] if head == "identity" else [("answer", "share")]), ("target", "plain")]
    wanted += [("autograd", "signed"), ("difference", "plain")]
    return [column(t(f"forward_loss.column.{name}"), kind, strong=name == "autograd") for name, kind in wanted]


def rows(view: View, found: Anatomy, judged: Judgement, place: int) -> list[dict[str, object]]:
    """Return one row for each output: score, answer, target, gradient, and the same by central differences."""
    listed = []
    for unit, name in enumerate(stage.class_names(view.subject)):
        cells = [found.layers[-1].sums[0, unit], found.answers[0, unit], found.targets[0, unit]]
        if view.subject.head == "identity":
            del cells[1]
        cells += [judged.gradients[place, unit], judged.differences[place, unit]]
        listed.append({"name": name, "cells": list(map(cell, cells)), "mark": found.targets[0, unit] == 1})
    return [{**row, "mark": bool(row["mark"])} for row in listed]


def _settings(view: View) -> View:
    """Show the dials of those losses that are on show, and return the view as it is then."""
    wanted = [
        name
        for name, loss in (("delta", "huber"), ("smoothing", "smoothing"), ("gamma", "focal"))
        if loss in view.losses
    ]
    if set(OF_NUMBERS) & set(view.losses) and view.subject.head != "identity":
        wanted.append("fed")
    if not wanted:
        return view
    news = {}
    for name, place in zip(wanted, st.columns(max(3, len(wanted))), strict=False):
        with place:
            news[name] = _dial(view.judging, name)
    judging = view.judging.model_copy(update=news)
    if judging != view.judging:
        view = view.model_copy(update={"judging": judging})
        links.write(view, DEFAULT)
    return view


def _dial(judging: Judging, name: str) -> object:
    label, help, key = t(f"forward_loss.{name}"), t(f"forward_loss.{name}.help"), f"forward_loss.{name}"
    if name == "fed":
        names = lambda one: t(f"forward_loss.fed.{one}")  # noqa: E731
        return fields.choice(label, ("probabilities", "scores"), judging.fed, key, names=names, help=help)
    return fields.field(Judging, name, getattr(judging, name), key, label=label, help=help)


def _said() -> Mapping[str, object]:
    return (st.session_state.get(KEY) or {}).get("shown") or {}


def _shown() -> None:
    """Take over which losses are on show."""
    view = links.current(DEFAULT)
    try:
        news = View.model_validate({**dict(view), "losses": tuple(_said().get("shown") or ())})
    except ValueError:  # no browser of ours says such a thing
        return
    links.write(news, DEFAULT)
