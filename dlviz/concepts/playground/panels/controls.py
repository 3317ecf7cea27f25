"""The knobs beside the stage: what may be turned while it learns, what begins a new run, and what is folded away."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from dlviz.concepts.playground.panels import formula, own, runs
from dlviz.concepts.playground.spec import DEFAULT, Part, View
from dlviz.spec import Knobs, Mlp, RunSpec
from dlviz.ui import bench, futures, links, widgets
from dlviz.ui.folds import fold
from dlviz.ui.language import t

KNOBS = ("optimizer", "learning_rate", "batch_size")
RARE_KNOBS = ("momentum", "l1", "l2", "dropout", "weight_decay", "gradient_clip")
SCHEDULE = ("schedule", "schedule_epochs", "schedule_factor", "warm_up_epochs")
DATA = ("points", "noise", "validation_share")
NETWORK = ("activation", "initializer", "batch_norm", "hidden")
RUN = ("epochs", "seed", "device")
PREFIX = "playground"


def controls(view: View) -> View:
    """Show the controls that the view does not hide; return the view as the viewer left it."""
    step = _step(view)
    before = view.run.knobs_at(step)
    run = formula.panel(view, view.run)
    knobs = _knobs(view, before)
    run = _data(view, run)
    run = _network(view, run)
    view = futures.changed(view, run, before)
    view = futures.turned(runs.BENCH, view, before, knobs, step, runs.keep)
    _comparison(view)
    own.panel(view)
    _teacher(view)
    return view


def _step(view: View) -> int:
    """Return the step whose knobs the widgets show."""
    moment = runs.shown(view)
    return 0 if moment is None else moment.step


def _knobs(view: View, knobs: Knobs) -> Knobs:
    if "knobs" not in view.hide:
        st.markdown(f"**{t('playground.learning')}**", help=t("playground.learning.help"))
        knobs = widgets.edit(knobs, KNOBS, PREFIX)
    if "more" not in view.hide:
        knobs = _rare_knobs(knobs)
    return knobs


def _rare_knobs(knobs: Knobs) -> Knobs:
    place = fold(t("playground.more"), "playground-more")
    if place is None:
        return knobs
    with place:
        knobs = widgets.edit(knobs, RARE_KNOBS, PREFIX)
        wanted = SCHEDULE if knobs.schedule != "constant" else (SCHEDULE[0], SCHEDULE[-1])
        return widgets.edit(knobs, wanted, PREFIX)


def _data(view: View, run: RunSpec) -> RunSpec:
    if "points" in view.hide:
        return run
    st.markdown(f"**{t('playground.data')}**", help=t("playground.data.help"))
    run = widgets.edit(run, DATA, PREFIX)
    words, help = t("playground.regenerate"), t("playground.regenerate.help")
    st.button(words, key="playground.regenerate", icon=":material/casino:", help=help, on_click=_regenerate)
    return run


def _regenerate() -> None:
    """Take the next seed."""
    view = links.current(DEFAULT)
    run = view.run.model_copy(update={"seed": (view.run.seed + 1) % 2**31})
    links.put(futures.changed(view, run, view.run.knobs_at(_step(view))))


def _network(view: View, run: RunSpec) -> RunSpec:
    place = None if "network" in view.hide else fold(t("playground.network"), "playground-network")
    if place is None:
        return run
    with place:
        st.caption(t("playground.reset_note"))
        built = formula.as_before(run.network, widgets.edit(run.network, NETWORK, PREFIX))
        if built.activation != run.network.activation or len(built.hidden) < len(built.activations):
            built = Mlp.model_validate({**dict(built), "activations": ()})  # one for all again
        return widgets.edit(run.model_copy(update={"network": built}), RUN, PREFIX)


def _comparison(view: View) -> None:
    """Show what is kept beside the run, and the button that keeps this one."""
    rows = runs.kept(view)
    if view.run not in rows:
        words, help = t("playground.keep"), t("playground.keep.help")
        st.button(words, key="playground.keep", icon=":material/push_pin:", help=help, on_click=_keep)
    for place, (run, called) in enumerate(zip(rows, runs.names(view)[1:], strict=True)):
        if run != view.run:
            _kept_run(place, run, called)


def _kept_run(place: int, run: RunSpec, called: str) -> None:
    """Show a kept run's name, the button that puts it on the stage, and the one that drops it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"playground-kept-{place}"):
        show = {"help": t("playground.show.help"), "icon": ":material/swap_vert:", "type": "tertiary"}
        st.button(called, key=f"playground.show.{place}", on_click=put_on_stage, args=(run,), **show)
        drop = {"help": t("playground.drop", name=called), "icon": ":material/close:", "type": "tertiary"}
        st.button("", key=f"playground.drop.{place}", on_click=_drop, args=(run,), **drop)


def put_on_stage(run: RunSpec) -> None:
    """Put a kept run on the stage, and keep the one that was there in its place."""
    view = links.current(DEFAULT)
    links.put(runs.keep(runs.drop(view, run), view.run).model_copy(update={"run": run, "at": None}))
    bench.move(runs.BENCH, playing=True, at="newest")


def _keep() -> None:
    view = links.current(DEFAULT)
    links.put(runs.keep(view, view.run))


def _drop(run: RunSpec) -> None:
    links.put(runs.drop(links.current(DEFAULT), run))


def _teacher(view: View) -> None:
    """Let a teacher choose what whoever opens the link does not see."""
    parts, place = get_args(Part), fold(t("playground.teacher"), "playground-teacher")
    if place is None:
        return
    with place:
        st.session_state["playground.hide"] = list(view.hide)
        st.pills(
            t("playground.teacher"),
            parts,
            key="playground.hide",
            selection_mode="multi",
            format_func=lambda part: t(f"playground.part.{part}"),
            help=t("playground.teacher.help"),
            on_change=_hide,
        )


def _hide() -> None:
    chosen = set(st.session_state.get("playground.hide") or ())
    hide = tuple(part for part in get_args(Part) if part in chosen)
    links.put(links.current(DEFAULT).model_copy(update={"hide": hide}))
