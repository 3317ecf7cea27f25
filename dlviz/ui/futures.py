"""Futures: what a change on a page does to the run on its stage.

A knob turned while the run goes on lets it go on with that knob. Turned while one looks back, it
begins another future beside the first. What resets the network (data, shape, seed) begins anew. A page's
view has `run`, `at` (the step on show, None for the newest) and `kept` (runs beside it, see kept_runs).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import streamlit as st

from dlviz.spec import Choice, Knobs, RunSpec
from dlviz.ui import bench, links, reasons

ViewT = TypeVar("ViewT", bound=Choice)
Keep = Callable[[ViewT, RunSpec], ViewT]


def changed(view: ViewT, run: RunSpec, knobs: Knobs) -> ViewT:
    """Return the view after a change of what resets the network: a new run with the knobs as they are."""
    if run == view.run:
        return view
    if run.model_copy(update={"epochs": view.run.epochs}) == view.run:
        return view.model_copy(update={"run": run})  # the same run, longer or shorter
    return view.model_copy(update={"run": run.model_copy(update={"knobs": knobs, "edits": ()}), "at": None})


def turned(key: str, view: ViewT, before: Knobs, knobs: Knobs, step: int, keep: Keep) -> ViewT:
    """Return the view after knobs were turned: the run goes on with them, or another future begins."""
    news = {name: value for name, value in knobs.model_dump().items() if value != getattr(before, name)}
    if not news:
        return view
    now = bench.snapshot(key, view.run)
    over = now is not None and now.state in ("finished", "diverged")
    looking_back = bench.report(key).at is not None
    if over and not looking_back:  # nothing is left to learn: begin again, and keep what there is to compare
        again = view.run.model_copy(update={"knobs": knobs, "edits": ()})
        bench.move(key, playing=True, at="newest")
        return keep(view, view.run).model_copy(update={"run": again})
    run = forked(view, step, **news)
    if run is None:
        return view
    if looking_back:
        if not _still_turning(key, view.run, step):
            view = keep(view, view.run)
        bench.move(key, playing=True, at=step)
    return view.model_copy(update={"run": run})


def _still_turning(key: str, run: RunSpec, step: int) -> bool:
    """Return whether the run was begun by turning a knob at this very moment, and nobody has looked at it since.

    A slider on its way to where somebody wants it begins a future at every place it passes: those are none to compare.
    """
    return bench.report(key).rolling and any(edit.step == step for edit in run.edits)


def weighed(key: str, view: ViewT, step: int, weights: Iterable[tuple[int, float]], keep: Keep) -> ViewT:
    """Return the view after weights were set by hand at `step`: another future, which waits there to be played."""
    run = forked(view, step, weights)
    if run is None:
        return view
    if not view.run.weights_set_at(step):  # the first change at this moment leaves the run that knew nothing of it
        view = keep(view, view.run)
    bench.move(key, playing=False, at=step)
    st.session_state[f"{key}.expected"] = True
    return view.model_copy(update={"run": run, "at": step})


def forked(view: ViewT, step: int, weights: Iterable[tuple[int, float]] = (), **news: object) -> RunSpec | None:
    """Return the run with knobs turned or weights set at `step`; None, after a sentence, where that cannot be."""
    try:
        return view.run.fork(step, weights, **news)
    except ValueError as error:  # the widgets know the ranges; what is left is a knob turned too often
        st.warning(reasons.say(str(error)))
        return None


def fork(key: str, view: ViewT, step: int, keep: Keep) -> None:
    """Start another future from `step`, beside the one there is; its knobs are then there to be turned."""
    links.put(keep(view, view.run).model_copy(update={"run": view.run.fork(step)}))
    bench.move(key, playing=False, at=step)


# ------------------------------------------------------------------------------ the moment in the link


def settle(key: str, default: Choice, step: int | None) -> None:
    """Let the link name the moment on show."""
    view = links.current(default)
    st.session_state[f"{key}.arrived"] = step  # nobody has to be taken there
    if view.at != step:
        links.write(view.model_copy(update={"at": step}), default)


def arrive(key: str, view: Choice) -> None:
    """Go to the moment that the link names, where it is another than the one on show, or of a run not there yet.

    What is recorded of a run whose weights were set by hand ends before that, and nobody else lets it go on to there.
    """
    expected = st.session_state.pop(f"{key}.expected", False)
    if expected or view.at != st.session_state.get(f"{key}.arrived"):
        st.session_state[f"{key}.arrived"] = view.at
        if expected or view.at != bench.report(key).at:
            bench.open_at(key, view.at)
