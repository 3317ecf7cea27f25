"""Your own: a car or a person typed in, what the network makes of it, and what each column does to that."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.mlp.panels import cars, parts
from dlviz.concepts.mlp.recording import Columns, Foretold
from dlviz.concepts.mlp.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.ui import bench, links, reasons, typed_rows
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked
from dlviz.ui.stacks import three_digits
from dlviz.ui.table_words import column, column_with_unit

KEY = "mlp.own"
COMPUTE = "dlviz.concepts.mlp.compute"
LOOK = 0.8  # seconds between two looks while the run goes on
MOST_NAMED = 4  # columns whose names stand under their bars; more of them are numbered


def panel(_: View) -> None:
    """Show the numbers to type in, the network's answer at the moment on show, and what each column does to it."""
    keep_looking(KEY, _own, LOOK)


def _own(waiting: bool) -> None:
    view = links.current(DEFAULT)
    known = ask("mlp.columns", f"{COMPUTE}:columns", view.run.data, view.run.seed_of_data)
    if known is None or not known.fresh:
        st.caption(t("bench.warming_up"))
        looked(KEY, waiting, True)
        return
    left, right = st.columns(2, gap="large")
    with left:
        row = _typed(view, known.value)
    with right:
        owed = _said(view, row)
    looked(KEY, waiting, owed or bench.moves(parts.lab(view).key, view.run))


def _typed(view: View, known: Columns) -> np.ndarray:
    row = typed_rows.row_of(view.typed, known.usual)
    turned = typed_rows.typed(row, known.low, known.high, names(view, units=True), f"{KEY}.{view.run.data.data}")
    if turned is None:
        return row
    links.write(view.model_copy(update={"typed": typed_rows.text_of(turned)}), DEFAULT)
    return turned


def names(view: View, units: bool = False) -> list[str]:
    """Return what the columns that go in are called, with their units if wanted."""
    return [(column_with_unit if units else column)(view.run.data, name) for name in view.run.data.used]


def _said(view: View, row: np.ndarray) -> bool:
    """Show what the network on show says of a row; return whether that is still to come."""
    lab = parts.lab(view)
    moment = lab.shown(view)
    if moment is None:
        st.caption(t("bench.warming_up"))
        return True
    try:
        found = ask(KEY, f"{COMPUTE}:foretold", lab.settled(view), moment.step, tuple(row.tolist()), wait=0.5)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return False
    if found is None:
        st.caption(t("bench.warming_up"))
        return True
    st.markdown(f"### {three_digits(found.value.answer)} {cars.unit(view)}".strip())
    st.markdown(t("mlp.own.said", epoch=f"{moment.epoch:,.4g}", target=t(f"tables.{_table(view)}.target")))
    mount("chart", key=f"{KEY}.moves", data=picture(view, found.value))
    return not found.fresh


def _table(view: View) -> str:
    return cars.WORDS[view.run.data.data]


def picture(view: View, found: Foretold) -> bytes:
    """Return what each column does to the answer, as bars."""
    called = names(view)
    numbered = len(called) > MOST_NAMED
    header = {
        "kind": "bars",
        "series": [t("mlp.own.moves")],
        "names": [str(place + 1) for place in range(len(called))] if numbered else called,
        "x_label": " · ".join(f"{place + 1} {name}" for place, name in enumerate(called)) if numbered else "",
        "y_label": ", ".join(filter(None, [t("mlp.own.moves"), cars.unit(view)])),
        "percent": False,
        "words": {"label": t("mlp.own.label"), "at": t("mlp.own.at")},
    }
    return pack(header, {"values": found.moves[None].astype(np.float32), "quiet": np.zeros(len(called), np.uint8)})
