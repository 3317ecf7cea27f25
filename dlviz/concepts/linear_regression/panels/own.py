"""Your own: numbers typed in, what the model makes of each of them, and where it is farthest off."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

from dlviz.concepts.linear_regression.panels import runs, scores, stage
from dlviz.concepts.linear_regression.recording import Sample
from dlviz.concepts.linear_regression.spec import DEFAULT, View
from dlviz.recording import Moment, pack
from dlviz.spec import RunSpec, Table
from dlviz.ui import bench, links, typed_rows
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked
from dlviz.ui.table_words import column

LOOK = 0.8
PART = "linear_regression.own"
WORST = 5


class Prediction(NamedTuple):
    """What a model says of one row, `value` in the units of y: `base`, where every column is at its middle, and parts.

    `parts` (F,): what each column adds to the base or takes away from it.
    """

    value: float
    base: float
    parts: np.ndarray


def panel() -> None:
    """Show the numbers to type in, what they add up to, and the points that are predicted worst."""
    keep_looking(PART, _own, LOOK)


def _own(waiting: bool) -> None:
    view = links.current(DEFAULT)
    known, moment = stage.points(view), runs.LAB.shown(view)
    names = _names(view)
    if known is None or moment is None:
        st.caption(t("linear_regression.computing"))
    else:
        left, right = st.columns(2, gap="large")
        with left:
            row = _typed(view, known)
        with right:
            _said(view, predict(moment["weights"], row, known))
        if names:
            st.markdown(worst(view, known, moment, names))
    owed = known is None or moment is None or names is None
    looked(PART, waiting, owed or bench.moves(runs.KEY, view.run))


def _names(view: View) -> tuple[str, ...] | None:
    """Return what each validation row is called; nothing where points have no names, None while that is on its way."""
    if not isinstance(view.run.data, Table):
        return ()
    found = ask("linear.names", f"{runs.COMPUTE}:names", view.run.data, view.run.seed_of_data)
    return found.value if found is not None and found.fresh else None


# --------------------------------------------------------------------------------- what is typed in


def row_of(view: View, known: Sample) -> np.ndarray:
    """Return the row (F,) that the view names, in the units of the table; if none, a row that was not learnt from."""
    usual = known.x[np.flatnonzero(known.split == 1)[0] if (known.split == 1).any() else 0]
    return typed_rows.row_of(view.typed, usual)


def _typed(view: View, known: Sample) -> np.ndarray:
    """Show a field for each column, side by side, and return the row (F,) as the visitor left it."""
    run, now = view.run, row_of(view, known)
    names = [stage.input_name(run, place) for place in range(len(now))] if isinstance(run.data, Table) else ["x"]
    key = f"linear_regression.own.{run.data.data}"
    turned = typed_rows.typed(now, known.x.min(axis=0), known.x.max(axis=0), names, key)
    if turned is None:
        return now
    links.write(view.model_copy(update={"typed": typed_rows.text_of(turned)}), DEFAULT)
    return turned


# ------------------------------------------------------------------------------- what comes of it


def predict(weights: np.ndarray, row: np.ndarray, known: Sample) -> Prediction:
    """Return what a model with these weights (D,) says of a row (F,) in the units of the table."""
    seen = (row - known.middle) / known.spread
    by_power = np.asarray(weights[:-1], np.float64).reshape(-1, len(row))  # (degree, F)
    powers = np.arange(1, len(by_power) + 1)[:, None]
    zero, one = known.unit
    parts, base = one * (by_power * seen**powers).sum(axis=0), zero + one * float(weights[-1])
    return Prediction(base + float(parts.sum()), base, parts)


def _said(view: View, found: Prediction) -> None:
    value = f"{scores.number(found.value)} {runs.unit_of(view.run)}".strip()
    st.markdown(f"### {value}")
    st.markdown(said(view.run, found))
    if len(found.parts) > 1:
        mount("chart", key="linear_regression.own.parts", data=picture(view, found))


def said(run: RunSpec, found: Prediction) -> str:
    """Return what the prediction is made of; of one column's part in words, for it has no bars."""
    base = scores.number(found.base)
    if len(found.parts) > 1:
        return t("linear_regression.own.said", base=base)
    name = column(run.data, run.data.used[0]) if isinstance(run.data, Table) else "x"
    return t("linear_regression.own.said_one", base=base, part=scores.number(float(found.parts[0])), name=name)


def picture(view: View, found: Prediction) -> bytes:
    """Return what each column adds as bars."""
    data = view.run.data
    names = [column(data, one) for one in data.used] if isinstance(data, Table) else ["x"]
    header = {
        "kind": "bars",
        "series": [t("linear_regression.own.adds")],
        "names": [str(i + 1) for i in range(len(names))] if len(names) > 4 else names,
        "x_label": " · ".join(f"{i + 1} {name}" for i, name in enumerate(names)) if len(names) > 4 else "",
        "y_label": ", ".join(filter(None, [t("linear_regression.own.adds"), runs.unit_of(view.run)])),
        "percent": False,
        "words": {"label": t("linear_regression.own.label"), "at": t("linear_regression.own.at")},
    }
    return pack(header, {"values": found.parts[None].astype(np.float32), "quiet": np.zeros(len(names), np.uint8)})


def worst(view: View, known: Sample, moment: Moment, names: tuple[str, ...]) -> str:
    """Return, as Markdown, the validation rows that the model misses most: name, truth, prediction."""
    zero, one = known.unit
    says, truth = zero + one * moment["validation_scores"][:, 0].astype(np.float64), known.y[known.split == 1]
    order = np.argsort(-np.abs(says - truth))[:WORST]
    heads = [t(f"linear_regression.own.{name}") for name in ("name", "truth", "predicted")]
    rows = [f"| {' | '.join(heads)} |", "|:--|--:|--:|"]
    rows += [f"| {names[i]} | {scores.number(truth[i])} | {scores.number(says[i])} |" for i in order]
    return "\n".join([f"**{t('linear_regression.own.worst')}**", "", *rows])
