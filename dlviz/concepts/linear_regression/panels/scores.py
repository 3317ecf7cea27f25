"""How good it is: R² and the typical miss, in the units of what is predicted, beside scikit-learn's."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.linear_regression.panels import runs, stage
from dlviz.concepts.linear_regression.recording import Solution
from dlviz.concepts.linear_regression.spec import DEFAULT, View
from dlviz.recording import Moment
from dlviz.ui import bench, links
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked
from dlviz.ui.stacks import three_digits

LOOK = 0.8  # seconds between two looks while the run moves
PARTS = ("train", "validation", "test")


def panel() -> None:
    """Show the table; it is written anew while the run moves."""
    keep_looking("linear_regression.scores", _scores, LOOK)


def _scores(waiting: bool) -> None:
    view = links.current(DEFAULT)
    best, moment, known = runs.solution(view), runs.LAB.shown(view), stage.points(view)
    if moment is not None and known is not None:
        st.markdown(table(view, moment, best, known.unit[1]))
        unit = runs.unit_of(view.run)
        measured = t("linear_regression.scores.in", unit=unit) if unit else ""
        st.caption(t("linear_regression.scores.note", unit=measured))
    looked("linear_regression.scores", waiting, best is None or known is None or bench.moves(runs.KEY, view.run))


def table(view: View, moment: Moment, best: Solution | None, unit: float) -> str:
    """Return the table as Markdown: a row for every part of the data, the moment on show beside scikit-learn's."""
    who = "best" if best is None or best.library is not None else "exact"
    other = t(f"linear_regression.scores.{who}")
    heads = ["", "R²", other, t("linear_regression.scores.bare"), other]
    rows = [f"| {' | '.join(heads)} |", "|:--|--:|--:|--:|--:|"]
    for place, part in enumerate(PARTS):
        if part == "train" or getattr(view.run.data, f"{part}_share", 0):
            scores = (None, None) if best is None else best.scores[place]
            own = [float(moment[f"{part}_{what}"]) if f"{part}_{what}" in moment else None for what in ("r2", "error")]
            own[1] = None if own[1] is None else unit * own[1]
            cells = [f"**{number(own[0])}**", number(scores[0]), f"**{number(own[1])}**", number(scores[1])]
            rows.append(f"| {t(f'linear_regression.part.{part}')} | {' | '.join(cells)} |")
    return "\n".join(rows)


def number(value: float | None) -> str:
    """Return a number with three digits that mean something; a dash where there is none yet."""
    if value is None:
        return "–"
    return three_digits(value)
