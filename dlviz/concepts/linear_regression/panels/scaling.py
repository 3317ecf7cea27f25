"""Scaling: one column as it was noted and brought to one size, the bowl of each, and how far descent gets on it."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.linear_regression.panels import runs, stage
from dlviz.concepts.linear_regression.recording import Bowl, Solution
from dlviz.concepts.linear_regression.spec import DEFAULT
from dlviz.spec import Knobs, Linear, Table
from dlviz.ui import links
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.fields import number, option
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked
from dlviz.ui.table_words import column

LOOK = 0.6
PART = "linear_regression.scaling"
USUAL = Table(columns=("weight",))
HEIGHT = 300
SIDES = (False, True)  # whether the column is scaled


def panel() -> None:
    """Show both bowls side by side, with sixty steps of plain descent on each, and their figures."""
    keep_looking(PART, _bowls, LOOK)


def subject(data: object) -> Table:
    """Return the column to look at: the one on the stage, or the cars' weight."""
    return data if isinstance(data, Table) and len(data.used) == 1 else USUAL


def called(stage: object, shown: Table) -> str:
    """Return the name of the column; with its table's where the stage shows other data."""
    name = column(shown, shown.used[0])
    return name if isinstance(stage, Table) and stage.data == shown.data else f"{option(shown.data)}: {name}"


def _bowls(waiting: bool) -> None:
    view = links.current(DEFAULT)
    data, seed = subject(view.run.data), view.run.seed_of_data
    owed = False
    for scaled, place in zip(SIDES, st.columns(2, gap="large"), strict=True):
        one = data.model_copy(update={"scaling": scaled})
        bowl = ask(f"linear.scaling.{scaled}", f"{runs.COMPUTE}:bowl", one, seed, Knobs(), True)
        best = ask(f"linear.figures.{scaled}", f"{runs.COMPUTE}:solution", one, seed, Linear(), Knobs())
        with place:
            name = called(view.run.data, one)
            st.markdown(f"**{t('linear_regression.scaling.' + ('after' if scaled else 'before'), name=name)}**")
            if bowl is None or best is None or not (bowl.fresh and best.fresh):
                owed = True
                st.caption(t("linear_regression.computing"))
            else:
                _one(bowl.value, best.value, f"linear_regression.scaling.{int(scaled)}")
    looked(PART, waiting, owed)


def _one(bowl: Bowl, best: Solution, key: str) -> None:
    mount("bowl", key=key, data=stage.bowl_picture(bowl, None, best.exact, None, HEIGHT))
    st.markdown(said(bowl, best))


def said(bowl: Bowl, best: Solution) -> str:
    """Return the figures of a bowl: how elongated it is, which rate it bears, and how far the steps got."""
    done = 1 - abs(bowl.way[-1, 1] - bowl.best[1]) / abs(bowl.way[0, 1] - bowl.best[1]) if bowl.best[1] else 1.0
    if abs(bowl.best[1]) < 1e-9:  # the bias of a scaled column begins where it ends: look at the weight instead
        done = 1 - abs(bowl.way[-1, 0] - bowl.best[0]) / abs(bowl.way[0, 0] - bowl.best[0])
    rate = number(float(f"{best.largest_rate:.2g}"))
    values = {"condition": f"{float(f'{best.condition:.3g}'):,.0f}", "rate": rate, "steps": len(bowl.way) - 1}
    return t("linear_regression.scaling.said", **values, done=f"{100 * done:.3g}" if done > 1e-3 else "<0.1")
