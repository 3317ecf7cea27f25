"""Outliers: the same points, three ways to count a miss, three lines."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.linear_regression.panels import runs, stage
from dlviz.concepts.linear_regression.panels.scores import number
from dlviz.concepts.linear_regression.recording import Faults, Sample
from dlviz.concepts.linear_regression.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.spec import Curve, RunSpec
from dlviz.ui import links
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.fields import option
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked

LOOK = 0.6
PART = "linear_regression.outliers"
FAULTS = ("squared", "huber", "absolute")
SHARE = 0.15


def panel() -> None:
    """Show the points of the stage, or points with outliers where it has none to draw, and the three best lines."""
    keep_looking(PART, _lines, LOOK)


def subject(run: RunSpec) -> RunSpec:
    """Return the run whose points are shown: the one on the stage where one number goes in, else a trend."""
    if runs.single(run) and not (isinstance(run.data, Curve) and not run.data.outliers):
        return run
    data = run.data if isinstance(run.data, Curve) else Curve(noise=0.1)
    return run.model_copy(update={"data": data.model_copy(update={"outliers": SHARE})})


def _lines(waiting: bool) -> None:
    view = links.current(DEFAULT)
    run, knobs = subject(view.run), runs.knobs(view)
    shown = view.model_copy(update={"run": run})
    known = ask("linear.outliers.points", f"{runs.COMPUTE}:sample", run.data, run.seed_of_data)
    found = ask("linear.outliers", f"{runs.COMPUTE}:faults", run.data, run.seed_of_data, run.network, knobs)
    ready = known is not None and found is not None and known.fresh and found.fresh
    if ready:
        left, right = st.columns([3, 2], gap="large")
        with left:
            mount("fit", key="linear_regression.outliers.fit", data=picture(shown, known.value, found.value))
        with right:
            st.markdown(table(shown, found.value))
            st.markdown(t("linear_regression.outliers.said" if run == view.run else "linear_regression.outliers.made"))
    else:
        st.caption(t("linear_regression.computing"))
    looked(PART, waiting, not ready)


def picture(view: View, known: Sample, found: Faults) -> bytes:
    """Return the points to learn from and the three lines, with nothing to play."""
    seen = known.split == 0
    lines = [
        {"label": option(fault), "weights": row.tolist(), "place": i}
        for i, (fault, row) in enumerate(zip(FAULTS, found.weights, strict=True))
    ]
    words = stage.fit_words(view.run, "squared")
    header = {
        "player": None,
        "beside": [],
        "kind": "line",
        **stage.scale(known),
        "fault": "squared",
        "delta": 1.0,
        "paints": False,
    }
    header |= {
        "straight": False,
        "most": 0,
        "lines": lines,
        "heard": None,
        "words": words,
        **stage.axes(view.run, known),
    }
    arrays = {"x": known.x[seen, 0].astype(np.float32), "y": known.y[seen].astype(np.float32)}
    return pack(header, {**arrays, "split": known.split[seen]})


def table(view: View, found: Faults) -> str:
    """Return the table as Markdown: what each line is, and how far it misses in the middle and at worst."""
    heads = [t(f"linear_regression.outliers.{name}") for name in ("fault", "median", "largest")]
    slope = t("linear_regression.outliers.slope")
    straight = not runs.bends(view.run)
    rows = [
        f"| {' | '.join([heads[0], *([slope] if straight else []), *heads[1:]])} |",
        "|:--|" + "--:|" * (2 + straight),
    ]
    for fault, weights, misses in zip(FAULTS, found.weights, found.misses, strict=True):
        cells = [option(fault), *([number(float(weights[0]))] if straight else []), *map(number, map(float, misses))]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)
