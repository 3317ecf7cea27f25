"""Watch it learn: the pictures, the bench under them, the curve of the loss, how good it is, and the controls."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.linear_regression.panels import controls, runs, scores, stage
from dlviz.concepts.linear_regression.spec import DEFAULT, View
from dlviz.ui import bench, links
from dlviz.ui.bench import Figure
from dlviz.ui.drawers import drawer
from dlviz.ui.language import t

BEGUN = "linear_regression.begun"  # what was played from its start on


def panel(view: View) -> View:
    """Show the stage and its controls; return the view as the visitor left it."""
    lab, before = runs.LAB, view
    lab.arrive(view)
    picture, beside = st.columns([5, 2], gap="large")
    with beside, drawer("linear_regression"):
        view = controls.panel(view)
    if view != before:  # the pictures take the view from the page's state
        links.write(view, DEFAULT)
    begin(view)
    with picture:
        stage.panel()
        lab.bench(view, figures(view))
        lab.curve("loss", t(f"linear_regression.loss.{runs.knobs(view).fault}"), parts=parts(view))
        scores.panel()
    return lab.at_rest(view, before)


def begin(view: View) -> None:
    """Let every new run be seen from its first weights on."""
    what = (view.run.data, view.run.network, view.run.seed_of_data)
    if st.session_state.get(BEGUN) == what:
        return
    st.session_state[BEGUN] = what
    if view.at is None:
        bench.move(runs.KEY, playing=True, at=0, speed="max")


def parts(view: View) -> tuple[str, ...]:
    """Return the parts of the data that there are to judge on while it learns."""
    return ("train", "validation") if view.run.data.validation_share else ("train",)


def figures(view: View) -> list[Figure]:
    """Return the numbers that matter now; without validation points, those of the training points."""
    if len(parts(view)) == 2:
        return runs.LAB.figures("r2")
    epoch, loss = runs.LAB.figures("r2")[:2]
    return [epoch, loss, Figure("train_r2", t("views.train_r2"), "higher")]
