"""A rare class: what it costs to ignore it, and what a weight on it changes, on real loans."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from dlviz.concepts.forward_loss.panels.answers import answer, column
from dlviz.concepts.forward_loss.panels.judging import plot_words
from dlviz.concepts.forward_loss.recording import Rarity, Trained
from dlviz.concepts.forward_loss.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.ui import fields, links
from dlviz.ui.components import mount
from dlviz.ui.language import t

CURVES = ("common", "rare", "total")
COLUMNS = (
    ("loans", "plain"),
    ("loss_common", "plain"),
    ("loss_rare", "plain"),
    ("pull_common", "signed"),
    ("pull_rare", "signed"),
    ("right", "share"),
    ("found", "share"),
    ("alarms", "share"),
)


def panel(view: View) -> None:
    """Show what one answer for all costs, and what networks learn with and without the weight."""
    st.markdown(t("forward_loss.rare.lead"))
    view = _chosen(view)
    found = answer("rarity", view.rare, view.rare_weight)
    if found is None:
        return
    data = {"grid": logits(found), "curves": found.costs, "slopes": found.slopes}
    mount("losses", key="forward_loss.curves.rarity", data=pack(config(found), data))
    numbers = {"best": f"{100 * found.best:.3g}", "least": f"{found.least:.3g}", "base": f"{found.base:.3g}"}
    st.markdown(
        t("forward_loss.rare.answer", share=f"{100 * view.rare:.3g}", weight=f"{view.rare_weight:.3g}", **numbers)
    )
    table = {
        "label": t("forward_loss.rare.table"),
        "corner": t("forward_loss.column.network"),
        "columns": [column(t(f"forward_loss.column.{name}"), kind, strong=name == "found") for name, kind in COLUMNS],
        "rows": rows(found, view.rare_weight),
    }
    mount("ledger", key="forward_loss.table.learnt", data=table)
    st.caption(t("forward_loss.rare.note"))


def logits(found: Rarity) -> np.ndarray:
    """Return the scores (G,) of the answers on the grid, over which both ends are seen."""
    return np.log(found.grid / (1 - found.grid))


def config(found: Rarity) -> dict[str, object]:
    """Return what the curves show beside their numbers; the cheapest answer is marked."""
    return {
        "all": [{"name": name, "label": t(f"forward_loss.rare.{name}")} for name in CURVES],
        "shown": ["total", "rare", "common"],
        "choosable": False,
        "x": t("forward_loss.rare.x"),
        "ys": [t("forward_loss.rare.curve"), t("forward_loss.rare.slope")],
        "short": [t("forward_loss.short.loss"), t("forward_loss.short.slope")],
        "here": min(6.0, max(-6.0, math.log(found.best / (1 - found.best)))),
        "low": -6.0,
        "high": 6.0,
        "words": {**plot_words(), "at_example": t("forward_loss.rare.at")},
    }


def rows(found: Rarity, weight: float) -> list[dict[str, object]]:
    """Return one row for the network that learnt without the weight, and one for that with it."""
    both = [
        (t("forward_loss.rare.plain"), found.plain),
        (t("forward_loss.rare.weighted", weight=f"{weight:.3g}"), found.weighted),
    ]
    return [{"name": name, "cells": _cells(one)} for name, one in (both if weight != 1 else both[:1])]


def _cells(one: Trained) -> list[float]:
    return [float(one.loans), *map(float, one.losses), *map(float, one.pulls), one.right, one.found, one.alarms]


def _chosen(view: View) -> View:
    """Show the dials, and return the view as it is then."""
    news = {}
    for name, place in zip(("rare", "rare_weight"), st.columns(2), strict=True):
        with place:
            words = {"label": t(f"forward_loss.{name}"), "help": t(f"forward_loss.{name}.help")}
            news[name] = fields.field(View, name, getattr(view, name), f"forward_loss.{name}", **words)
    chosen = view.model_copy(update=news)
    if chosen != view:
        links.write(chosen, DEFAULT)
    return chosen
