"""Watch it learn: what is read and what comes of it, the curves, the bench, and the knobs beside them."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.rnn.panels import reading, runs
from dlviz.concepts.rnn.spec import DEFAULT, PARTS, Part, View
from dlviz.ui import bench, fields, links
from dlviz.ui.drawers import drawer
from dlviz.ui.language import t

GROUPS = {"network": ("network", "state", "embedding"), "knobs": ("learning_rate", "batch_size", "gradient_clip")}
MORE = ("optimizer", "momentum", "schedule", "schedule_epochs", "dropout", "weight_decay")
DATA: dict[Part, tuple[str, ...]] = {
    "names": ("names", "validation_share", "test_share"),
    "recall": ("delay", "signs", "examples"),
    "sunspots": ("window", "transform"),
    "writing": ("tongue",),
}
KNOBS: dict[Part, tuple[str, ...]] = {
    "names": ("truncate",),
    "recall": ("truncate",),
    "sunspots": ("truncate", "fault", "huber_delta"),
    "writing": ("teacher_forcing", "truncate"),
}
ONLY = {"network": ("rnn", "lstm", "gru")}
SCORE = {"sunspots": "r2"}  # elsewhere the accuracy


def choose(view: View) -> None:
    """Show which part of the page is open; another one begins with a run of its own."""
    words = {part: t(f"rnn.part.{part}") for part in PARTS}
    chosen = fields.choice(t("rnn.part"), list(PARTS), view.part, "rnn.part", names=words.get, segments=len(PARTS))
    if chosen == view.part:
        return
    links.write(runs.start(chosen), DEFAULT)
    bench.move(runs.BENCH, playing=True, at="newest")
    st.rerun()


def panel(view: View) -> View:
    """Show the stage and its controls; return the view as the viewer left it."""
    lab = runs.lab(view.part)
    lab.arrive(view)
    before = view
    stage, beside = st.columns([2, 1], gap="large")
    with beside, drawer("rnn"):
        view = lab.controls(view, groups(view.part), only=ONLY)
        if view != before:  # the pictures take the view from the page's state
            links.write(view, DEFAULT)
    with stage:
        reading.panel()
        lab.bench(view, lab.figures(SCORE.get(view.part, "accuracy")))
        _curves(view)
    return lab.at_rest(view, before)


def groups(part: Part) -> dict[str, tuple[str, ...]]:
    """Return the groups of controls of a part: title → names of fields."""
    model = tuple(name for name in GROUPS["network"] if part != "sunspots" or name != "embedding")  # years are numbers
    rest = {"more": (*KNOBS[part], *MORE), "data": DATA[part], "run": ("seed", "epochs")}
    return {"network": model, "knobs": GROUPS["knobs"], **rest}


def _curves(view: View) -> None:
    lab, score = runs.lab(view.part), SCORE.get(view.part, "accuracy")
    beside = not lab.kept(view)  # with several runs, the table of their numbers takes the width
    low = "bottom"  # one legend may take two lines: the axes stand side by side all the same
    left, right = st.columns(2, gap="medium", vertical_alignment=low) if beside else (st.container(), st.container())
    with left:
        lab.curve("loss", t("rnn.loss.number" if score == "r2" else "views.loss"))
    with right:
        lab.curve(score, t(f"rnn.{score}.{view.part}"))
