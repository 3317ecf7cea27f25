"""Watch it learn: the curves, the bench, and the knobs beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dlviz.concepts.cnn.panels import runs
from dlviz.concepts.cnn.spec import DEFAULT, View
from dlviz.spec import AUGMENTATION, Knobs, MnistFull, RunSpec
from dlviz.ui import bench, futures, links, reasons, widgets
from dlviz.ui.asking import Failed, ask
from dlviz.ui.bench import Figure, Track
from dlviz.ui.components import mount
from dlviz.ui.drawers import drawer
from dlviz.ui.folds import fold
from dlviz.ui.language import t

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

KNOBS = ("optimizer", "learning_rate", "batch_size")
RARE_KNOBS = ("dropout", "weight_decay", "momentum", *AUGMENTATION)
NETWORK = (("network", "activation"), ("blocks",), ("dense", "hidden"))  # what stands side by side
DATA = ("data", "train_share", "validation_share", "test_share", "seed", "epochs", "device")
NETWORKS = {"network": ("cnn", "mlp")}
WATCHED = 0.05  # of the 60,000: enough for a steady curve, few enough to be looked at eight times an epoch
FETCH = 120.0  # seconds a download may take
DIGITS = {"data": ("mnist-5k", "mnist-full"), "device": ("best", "cpu", "cuda")}


def panel(view: View) -> View:
    """Show the stage and its controls; return the view as the viewer left it."""
    futures.arrive(runs.BENCH, view)
    before = view
    stage, beside = st.columns([2, 1], gap="large")
    with beside:
        place = drawer("cnn")
    view = _controls(view, place, below=st.container(gap="small"))
    with stage:
        _curves()
        _bench(view)
    # the bench may just have come to rest at another moment, unless there is another run
    return view if view.at != before.at else view.model_copy(update={"at": links.current(DEFAULT).at})


# ------------------------------------------------------------------------------------- the stage


def _curves() -> None:
    left, right = st.columns(2, gap="medium")
    common = {
        "player": runs.BENCH,
        "x": "epoch",
        "x_label": t("views.x_epoch"),
        "diverged": t("views.diverged"),
        "run": t("views.run"),
    }
    with left:
        loss = {"label": t("views.curves"), "y_label": t("views.loss"), "zero": True, "log": t("views.log")}
        mount("curves", key="cnn.loss", data={**common, **loss, "series": _series("loss")})
    with right:
        accuracy = {"label": t("views.accuracy_curves"), "y_label": t("views.accuracy"), "percent": True, "log": None}
        mount("curves", key="cnn.accuracy", data={**common, **accuracy, "series": _series("accuracy")})


def _series(what: str) -> list[dict[str, str]]:
    return [
        {"name": f"train_{what}", "label": t(f"views.train_{what}"), "dash": "solid"},
        {"name": f"validation_{what}", "label": t(f"views.validation_{what}"), "dash": "dashed"},
    ]


def _bench(view: View) -> None:
    tracks = [Track(view.run, runs.name(view.run)), *(Track(run, runs.name(run), view.run) for run in runs.kept(view))]
    figures = [
        Figure("epoch", t("views.epoch"), None),
        Figure("train_loss", t("views.train_loss")),
        Figure("validation_loss", t("views.validation_loss")),
        Figure("validation_accuracy", t("views.validation_accuracy"), "higher", percent=True),
    ]
    bench.bench(runs.BENCH, tracks, figures, on_fork=_fork, on_settle=_settle)


def _fork(step: int) -> None:
    futures.fork(runs.BENCH, links.current(DEFAULT), step, runs.keep)


def _settle(step: int | None) -> None:
    futures.settle(runs.BENCH, DEFAULT, step)


# ------------------------------------------------------------------------------------ the controls


def _controls(view: View, beside: DeltaGenerator, below: DeltaGenerator) -> View:
    """Show what is turned often beside the stage and the rest, folded, below it over the whole width."""
    step = _step(view)
    before = view.run.knobs_at(step)
    with beside:
        st.markdown(f"**{t('cnn.knobs')}**", help=t("cnn.knobs.help"))
        knobs = widgets.edit(before, KNOBS, "cnn")
    with below:
        knobs = _rare_knobs(knobs)
        run = _data(_network(view.run), view.run)
    with beside:
        view = futures.changed(view, run, before)
        view = futures.turned(runs.BENCH, view, before, knobs, step, runs.keep)
        view = _comparison(view)
    with below:
        _full_set(view)  # of the run just chosen: where somebody else met its failure before, no other look follows
    return view


def _rare_knobs(knobs: Knobs) -> Knobs:
    place = fold(t("cnn.more"), "cnn-more")
    if place is None:
        return knobs
    with place, st.container(key="cnn-fields-more"):
        return widgets.edit(knobs, RARE_KNOBS, "cnn")


def _network(run: RunSpec) -> RunSpec:
    """Show what the network is made of, its convolutions side by side, and return the run with it."""
    place = fold(t("cnn.network"), "cnn-network")
    if place is None:
        return run
    with place:
        st.caption(t("cnn.reset_note"))
        for number, names in enumerate(NETWORK):
            with st.container(key=f"cnn-fields-network-{number}"):
                run = widgets.edit(run, names, "cnn", only=NETWORKS)
    return run


def _data(run: RunSpec, before: RunSpec) -> RunSpec:
    """Show what it learns from and for how long, and return the run with it; `before` is the run on the stage."""
    place = fold(t("cnn.data"), "cnn-data")
    if place is None:
        return run
    with place, st.container(key="cnn-fields-data"):
        run = _watched(widgets.edit(run, DATA[:1], "cnn", only=DIGITS), before)
        return widgets.edit(run, DATA[1:], "cnn", only=DIGITS)  # after it, so that they show what was just set


def _watched(run: RunSpec, before: RunSpec) -> RunSpec:
    """Return the run with some digits kept aside to watch it with, where all 60,000 were just chosen."""
    if isinstance(run.data, MnistFull) and not isinstance(before.data, MnistFull):
        return run.model_copy(update={"data": run.data.model_copy(update={"validation_share": WATCHED})})
    return run


def _full_set(view: View) -> None:
    """Offer to fetch the full set where the run lacks it; nothing is ever fetched unasked."""
    now = runs.now(view)
    if not isinstance(view.run.data, MnistFull) or now is None or now.state != "failed":
        return
    st.button(
        t("cnn.get_full"), key="cnn.get_full", icon=":material/download:", help=t("cnn.get_full.help"), on_click=_fetch
    )
    if not st.session_state.get("cnn.fetching"):
        return
    try:
        with st.spinner(t("cnn.get_full.busy")):
            found = ask("cnn.full", "dlviz.data.digits:download", note=st.session_state["cnn.fetching"], wait=FETCH)
    except Failed as failure:
        st.session_state["cnn.fetching"] = 0
        st.warning(reasons.say(str(failure)))
        return
    if found is not None:
        st.session_state["cnn.fetching"] = 0
        bench.watch(runs.BENCH, view.run).again()
        st.rerun()


def _fetch() -> None:
    st.session_state["cnn.fetching"] = 1


def _step(view: View) -> int:
    """Return the step whose knobs the widgets show."""
    moment = runs.shown(view)
    return 0 if moment is None else moment.step


def _comparison(view: View) -> View:
    """Show what is kept beside the run, and the button that keeps this one."""
    rows = runs.kept(view)
    if view.run not in rows:
        st.button(t("cnn.keep"), key="cnn.keep", icon=":material/push_pin:", help=t("cnn.keep.help"), on_click=_keep)
    for place, run in enumerate(rows):
        if run != view.run:
            label = t("cnn.drop", name=runs.name(run))
            st.button(
                label, key=f"cnn.drop.{place}", icon=":material/close:", type="tertiary", on_click=_drop, args=(run,)
            )
    return view


def _keep() -> None:
    view = links.current(DEFAULT)
    links.put(runs.keep(view, view.run))


def _drop(run: RunSpec) -> None:
    links.put(runs.drop(links.current(DEFAULT), run))
