"""Watch it learn: the network and the bench that plays it, the knobs beside them, and the curves."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.playground.panels import other_futures, runs, stage
from dlviz.concepts.playground.panels.controls import controls
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.ui import bench, futures, links
from dlviz.ui.bench import Figure, Track
from dlviz.ui.components import mount
from dlviz.ui.drawers import drawer
from dlviz.ui.language import t

WORST_R2 = -0.5  # on the chart: the first weights may be far worse, and what is learnt would be a line at its top


def panel(view: View) -> View:
    """Show the stage and its controls; return the view as the viewer left it."""
    begin(view)
    futures.arrive(runs.BENCH, view)
    before = view
    picture, beside = st.columns([5, 2], gap="large")
    with beside:
        curve(view, "loss")
        with drawer("playground"):
            view = controls(view)
    with picture:
        if view != before:  # the picture takes the view from the page's state
            links.write(view, DEFAULT)
        stage.network()
        _bench(view)
        other_futures.panel(view)
        _results(view)
    # the bench may just have come to rest at another moment, unless there is another run
    return view if view.at != before.at else view.model_copy(update={"at": links.current(DEFAULT).at})


def begin(view: View) -> None:
    """Let whoever opens the page see the run from its first weights on, as it was recorded, and then follow it."""
    if not st.session_state.get("playground.opened"):
        st.session_state["playground.opened"] = True
        if view.at is None:
            bench.move(runs.BENCH, playing=True, at=0, speed="max")


def curve(view: View, what: str) -> None:
    """Show how the loss, the accuracy or R² went, on training and on validation points."""
    config = {
        "player": runs.BENCH,
        "x": "epoch",
        "x_label": t("views.x_epoch"),
        "y_label": t(f"playground.y_{what}"),
        "label": t({"loss": "views.curves", "accuracy": "views.accuracy_curves", "r2": "playground.r2_curves"}[what]),
        "zero": what == "loss",
        "percent": what == "accuracy",
        **({"floor": WORST_R2} if what == "r2" else {}),
        "log": t("views.log") if what == "loss" else None,
        "diverged": t("views.diverged"),
        "run": t("views.run"),
        "height": 190,
        "series": [
            {"name": f"{split}_{what}", "label": series_label(split, what), "dash": dash}
            for split, dash in (("train", "solid"), ("validation", "dashed"))
        ],
    }
    mount("curves", key=f"playground.{what}", data=config)


def series_label(split: str, what: str) -> str:
    """Return what a line of a chart is called."""
    return t(f"playground.{split}_r2") if what == "r2" else t(f"views.{split}_{what}")


def _bench(view: View) -> None:
    called, *others = runs.names(view)
    beside = zip(runs.kept(view), others, strict=True)
    tracks = [Track(view.run, called), *(Track(run, name, view.run) for run, name in beside)]
    bench.bench(runs.BENCH, tracks, figures(view), on_fork=_fork, on_settle=_settle)


def figures(view: View) -> list[Figure]:
    """Return the four numbers that matter now."""
    score = Figure("validation_accuracy", t("views.validation_accuracy"), "higher", percent=True)
    if view.run.data.about == "number":
        score = Figure("validation_r2", t("playground.validation_r2"), "higher")
    return [
        Figure("epoch", t("views.epoch"), None),
        Figure("train_loss", t("views.train_loss")),
        Figure("validation_loss", t("views.validation_loss")),
        score,
    ]


def _fork(step: int) -> None:
    futures.fork(runs.BENCH, links.current(DEFAULT), step, runs.keep)


def _settle(step: int | None) -> None:
    futures.settle(runs.BENCH, DEFAULT, step)


def _results(view: View) -> None:
    """Show the score over time and, for classes, what is taken for what."""
    number = view.run.data.about == "number"
    left, right = st.columns([3, 2], gap="medium")
    with left:
        curve(view, "r2" if number else "accuracy")
    if number:
        return
    words = {
        name: t(f"playground.confusion.{name}")
        for name in ("label", "truth", "answer", "cell", "right", "none", "scale")
    }
    with right:
        st.markdown(f"**{t('playground.confusion')}**")
        classes = stage.class_names(view.run)
        config = {"player": runs.BENCH, "array": "confusion", "classes": classes, "chosen": None, **words}
        mount("matrix", key="playground.confusion", data=config)
