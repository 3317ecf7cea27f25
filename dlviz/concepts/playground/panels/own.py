"""Your own data: a table, pasted or from a file, becomes the points that the network learns from."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.data.csv_points import FEWEST_ROWS, CsvPoints, likely_columns, points_of
from dlviz.data.csv_table import CsvError, Table, read_table
from dlviz.rows import MOST_CLASSES, MOST_ROWS, rows_text
from dlviz.spec import Points
from dlviz.ui import bench, futures, links, reasons
from dlviz.ui.folds import fold
from dlviz.ui.language import t

KINDS = ["csv", "tsv", "txt"]
ROLES = ("x1", "x2", "label")
LIMITS = {"classes": MOST_CLASSES, "fewest": FEWEST_ROWS, "most": f"{MOST_ROWS:,}"}


def panel(view: View) -> None:
    """Show where a table can be pasted or brought along, what was found in it, and the button that uses it."""
    place = None if "data" in view.hide else fold(t("playground.own"), "playground-own-data")
    if place is None:
        return
    with place:
        st.caption(t("playground.own.note", **LIMITS))
        pasted = st.text_area(t("playground.own.paste"), key="playground.csv", placeholder="x1,x2,class\n1.5,-2,a\n…")
        brought = st.file_uploader(t("playground.own.file"), type=KINDS, key="playground.file")
        content = brought.getvalue() if brought is not None else pasted
        if not content:
            return
        try:
            points = _points(read_table(content))
        except CsvError as error:
            st.warning(_listed(reasons.say_problems(error)))
            return
        found = ", ".join(map(links.plain, points.classes)) or t("options.number")
        st.markdown(t("playground.own.found", count=len(points.rows), label=found))
        st.button(t("playground.own.use"), key="playground.own.use", on_click=_use, args=(points,), type="primary")


def _listed(sentences: Sequence[str]) -> str:
    """Return the sentences as a list, one alone as it is."""
    return "\n".join(f"- {sentence}" for sentence in sentences) if len(sentences) > 1 else sentences[0]


def _points(table: Table) -> CsvPoints:
    """Return the points in the table, after a choice of the columns where there are more than three."""
    columns = likely_columns(table)
    if len(table.names) > len(ROLES):
        options = list(range(len(table.names)))
        columns = tuple(
            st.selectbox(
                t(f"playground.own.{role}"),
                options,
                index=place,
                format_func=table.names.__getitem__,
                key=f"playground.own.{role}",
            )
            for role, place in zip(ROLES, columns, strict=True)
        )
    return points_of(table, *columns)


def _use(points: CsvPoints) -> None:
    """Let the network learn from these points."""
    view = links.current(DEFAULT)
    data = Points(label=points.label, rows=rows_text(points.rows, points.label), inputs=view.run.data.inputs)
    run = view.run.model_copy(update={"data": data, "edits": ()})
    moment = runs.shown(view)
    bench.move(runs.BENCH, playing=True, at="newest")
    links.put(futures.changed(view, run, view.run.knobs_at(moment.step if moment else 0)))
