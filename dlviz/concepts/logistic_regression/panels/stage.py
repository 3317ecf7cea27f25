"""The stage: the rows and their probabilities, in two pictures that point at each other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from dlviz.concepts.logistic_regression.panels import judging
from dlviz.concepts.logistic_regression.panels.lab import KEY, LAB, classes, columns, rows, two
from dlviz.concepts.logistic_regression.spec import DEFAULT, MOST_CLASSES, View
from dlviz.recording import pack
from dlviz.rows import EXTENT, read_rows, rows_text
from dlviz.spec import FEWEST_ROWS, Points, RunSpec
from dlviz.ui import bench, futures, links
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import have_page_follow, part

PICTURE = f"{KEY}.picture"
LOOK = 0.5  # seconds between two looks for rows that a worker has not told yet
MOST_PAINTED = 400


def panel() -> None:
    """Show the pictures; what is painted in them begins a new run."""
    complete = rows(links.current(DEFAULT)) is not None
    part(_pictures, None if complete else LOOK)(complete)


def _pictures(complete: bool) -> None:
    view = links.current(DEFAULT)
    known = rows(view)
    count = len(columns(view.run))
    arrays = {
        "inputs": known.inputs if known else np.zeros((0, count), np.float32),
        "labels": known.labels if known else np.zeros(0, np.uint8),
        "splits": known.splits if known else np.zeros(0, np.uint8),
    }
    if isinstance(view.run.data, Points):
        arrays["own"] = np.array(read_rows(view.run.data.rows, 5), np.float32)
    on_change = {"points": _painted, "judged": judging.turned_on_the_curve}
    mount("sigmoid", key=PICTURE, data=pack(_header(view), arrays), on_change=on_change)
    links.write(view, DEFAULT)  # where the threshold was turned, only this part of the page runs
    if not complete and known is not None:
        st.rerun()


def _header(view: View) -> dict[str, object]:
    run = view.run
    return {
        "player": KEY,
        "extent": EXTENT,
        "degree": run.network.degree,
        "sums": run.outputs,
        "plane": run.on_plane,
        "editable": isinstance(run.data, Points),
        "fewest": FEWEST_ROWS,
        "most": MOST_PAINTED,
        "colours": [t(f"{KEY}.class.{one}") for one in ("orange", "blue", "green")[:MOST_CLASSES]],
        "classes": classes(run),
        "columns": columns(run),
        "heard": st.session_state.get(f"{PICTURE}.heard"),
        "words": _words(run),
    }


def _words(run: RunSpec) -> dict[str, object]:
    names = classes(run)
    words = all_below(f"{KEY}.picture.")
    kind = "plane" if run.on_plane else "table"
    return {
        **words,
        "hint": words[f"hint_{kind}"],
        "read": words[f"read_{kind}"],
        "read_classes": words[f"read_classes_{kind}"],
        "curve_y": t(f"{KEY}.picture.curve_y", name=names[1]),
        "says": [t(f"{KEY}.picture.says", name=one) for one in names[:2]],
        "parts": [t(f"{KEY}.judge.{part}") for part in ("train", "validation", "test")],
        "weights": words["weights" if two(run) else "weights_classes"],
    }


def _painted() -> None:
    """Take over the points as they are now, where there are enough to learn from."""
    said: Mapping[str, object] = (st.session_state.get(PICTURE) or {}).get("points") or {}
    view = links.current(DEFAULT)
    try:
        rows = rows_text([(float(x), float(y), int(label)) for x, y, label in said.get("rows", ())], "class")
        data = Points.model_validate({**dict(view.run.data), "rows": rows})
        run = view.run.model_copy(update={"data": data, "edits": ()})
        View.model_validate({**dict(view), "run": run})
    except (ValueError, TypeError):  # no browser of ours says such a thing
        return
    st.session_state[f"{PICTURE}.heard"] = said.get("seq")
    links.put(futures.changed(view, run, view.run.knobs_at(LAB.step(view))))
    bench.move(KEY, playing=True, at="newest")
    have_page_follow()
