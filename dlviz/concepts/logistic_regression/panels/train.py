"""Watch it learn: which data, the pictures and the bench that plays them, and the knobs beside them."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.logistic_regression.panels import stage
from dlviz.concepts.logistic_regression.panels.lab import KEY, LAB, source
from dlviz.concepts.logistic_regression.spec import DEFAULT, MOST_DEGREE, SETS, View, usual
from dlviz.spec import Points, Table
from dlviz.ui import bench, fields, links
from dlviz.ui.drawers import drawer
from dlviz.ui.language import t

KNOBS = ("optimizer", "learning_rate", "batch_size", "l2")
RARE_KNOBS = ("l1", "momentum", "gradient_clip")
RUN = ("epochs", "seed")


def panel(view: View) -> View:
    """Show the stage and its controls; return the view as the visitor left it."""
    _begin(view)
    LAB.arrive(view)
    before = view
    view = _sets(view)
    picture, beside = st.columns([5, 2], gap="large")
    with beside:
        LAB.curve("loss", t(f"{KEY}.y_loss"))
        with drawer("logistic_regression"):
            view = LAB.controls(view, _groups(view), only={"degree": tuple(range(1, MOST_DEGREE + 1))})
    with picture:
        if view != before:  # the pictures take the view from the page's state
            links.write(view, DEFAULT)
        stage.panel()
        LAB.bench(view, LAB.figures("accuracy"))
        LAB.curve("accuracy", t(f"{KEY}.y_accuracy"))
        if source(view.run):
            st.caption(source(view.run))
    return LAB.at_rest(view, before)


def _begin(view: View) -> None:
    """Let whoever opens the page see the run from its first weights on, as it was recorded, and then follow it."""
    if not st.session_state.get(f"{KEY}.opened"):
        st.session_state[f"{KEY}.opened"] = True
        if view.at is None:
            bench.move(KEY, playing=True, at=0, speed="4")


def _groups(view: View) -> dict[str, tuple[str, ...]]:
    """Return the fields that the data on the stage has, by group."""
    data = ("validation_share",) if isinstance(view.run.data, Points) else ("points", "noise", "validation_share")
    if isinstance(view.run.data, Table):
        return {"knobs": KNOBS, "more": RARE_KNOBS, "data": ("scaling", "train_share"), "run": RUN}
    return {"knobs": KNOBS, "more": RARE_KNOBS, "network": ("degree",), "data": data, "run": RUN}


def _sets(view: View) -> View:
    """Let the visitor choose the data; return the view with the run that suits another choice, from its start."""
    label, help, now = t(f"{KEY}.sets"), t(f"{KEY}.sets.help"), view.run.data.data
    names = {name: t(f"{KEY}.set.{name}") for name in SETS}
    look = {"names": names.__getitem__, "segments": len(SETS), "width": "content", "help": help}
    chosen = fields.choice(label, SETS, now, f"{KEY}.set", **look)
    if chosen == now:
        return view
    bench.move(KEY, playing=True, at="newest")
    part = "train" if chosen == "points" else "validation"  # of one's own points none is kept aside at first
    return view.model_copy(update={"run": usual(chosen), "at": None, "kept": "", "part": part})
