"""The check-up: what keeps the network from learning, told from measured numbers, and a change that proves itself.

The change is made beside the run as it is, from the same step, and the difference is reported.
"""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.panels.stage import COMPUTE
from dlviz.concepts.playground.recording import Cause
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.recording import Moment
from dlviz.spec import RunSpec
from dlviz.ui import bench, crowd, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.fields import number
from dlviz.ui.language import t
from dlviz.ui.parts import have_page_follow, part

LOOK, IDLE_LOOK = 2.0, 4.0  # seconds between two check-ups while it learns, and while it does not
CURE = "playground.cure"  # the run as it was, and with the change
ENOUGH = 60  # epochs that both runs go on, at least
SCORES = ("validation_loss", "train_loss")


def panel(view: View) -> None:
    """Show what keeps the network on the stage from learning, and what the change that was tried did."""
    with st.container(key="playground-checkup"):
        part(_checkup, crowd.pace(LOOK) if bench.moves(runs.BENCH, view.run) else IDLE_LOOK)()


def _checkup() -> None:
    view = links.current(DEFAULT)
    _compared(view)
    shown, one = runs.shown(view), runs.now(view)
    if shown is None or one is None:
        st.caption(t("bench.warming_up"))
        return
    rows, broken = recorded(one.recording.moments, shown.step), one.recording.diverged_at
    try:
        found = ask("playground.checkup", f"{COMPUTE}:findings", runs.settled(view), shown.step, rows, broken, wait=1.0)
    except Failed as failure:
        st.caption(reasons.say(str(failure)))
        return
    if found is None:
        st.caption(t("playground.checkup.looking"))
        return
    if not found.value:
        st.markdown(t("playground.checkup.none"))
    for place, cause in enumerate(found.value):
        _cause(longer(view.run, shown.epoch), place, cause)


def longer(run: RunSpec, epoch: float) -> RunSpec:
    """Return the run with enough epochs after this one to see what a change does; its past stays as it is."""
    return run.model_copy(update={"epochs": min(10_000, max(run.epochs, round(epoch) + ENOUGH))})


def recorded(moments: tuple[Moment, ...], step: int) -> dict[str, np.ndarray]:
    """Return what a check-up needs of the moments up to `step`: (R,) numbers by name, and weights (R, D)."""
    rows = [moment for moment in moments if moment.step <= step and "weights" in moment]
    scores = {name: np.array([float(row[name]) if name in row else np.nan for row in rows]) for name in SCORES}
    weights = np.stack([row["weights"] for row in rows]) if rows else np.zeros((0, 0), np.float32)
    places = {"step": np.array([row.step for row in rows]), "epoch": np.array([row.epoch for row in rows])}
    return {**places, **scores, "weights": weights}


def _cause(run: RunSpec, place: int, cause: Cause) -> None:
    """Show one cause with its numbers, and the button that tries the change beside the run."""
    st.markdown(
        f"**{t(f'playground.cause.{cause.name}')}** {t(f'playground.cause.{cause.name}.said', **values(cause))}"
    )
    words = t("playground.cure.try", change=change(cause))
    st.button(words, key=f"playground.cure.{place}", icon=":material/healing:", on_click=_try, args=(run, cause))


def values(cause: Cause) -> dict[str, str]:
    """Return the numbers of a cause as text, each also as a percentage under <name>_percent."""
    percents = {f"{name}_percent": 100 * value for name, value in cause.numbers.items()}
    return {name: f"{value:.3g}".replace("inf", "∞") for name, value in (cause.numbers | percents).items()}


def change(cause: Cause) -> str:
    """Return in words what would be changed."""
    parts = [f"{t(f'fields.{name}')} {number(value)}" for name, value in cause.knobs.items()]
    return ", ".join([*parts, *([t("playground.cure.weights", count=len(cause.weights))] if cause.weights else [])])


def _try(run: RunSpec, cause: Cause) -> None:
    """Begin the run with the change from the same step, beside the run as it is."""
    view = links.current(DEFAULT)
    try:
        cured = run.fork(cause.step, cause.weights, **cause.knobs)
    except ValueError as error:
        st.warning(reasons.say(str(error)))
        return
    st.session_state[CURE] = (run, cured)
    links.put(runs.keep(view, run).model_copy(update={"run": cured, "at": None}))
    bench.move(runs.BENCH, playing=True, at="newest")
    have_page_follow()


def _compared(view: View) -> None:
    """Say what the change did, as far as both runs have come."""
    before, cured = st.session_state.get(CURE, (None, None))
    if cured is None or view.run != cured or before not in runs.kept(view):
        return
    place = 1 + runs.kept(view).index(before)  # on the bench
    pair = [
        one.snapshot() if one else None
        for one in (bench.watch(runs.BENCH, before, place), bench.watch(runs.BENCH, cured))
    ]
    if None in pair:
        return
    both = common(*(one.recording.moments for one in pair), cured.edits[-1].step)
    if both is None:
        st.caption(t("playground.cure.waiting"))
        return
    losses = {
        name: f"{float(moment['validation_loss']):.3g}" for name, moment in zip(("without", "with"), both, strict=True)
    }
    better = float(both[1]["validation_loss"]) < float(both[0]["validation_loss"])
    kind = "same" if losses["with"] == losses["without"] else "helped" if better else "no_help"
    verdict = t(f"playground.cure.{kind}")
    st.markdown(t("playground.cure.said", epoch=f"{both[1].epoch:.0f}", verdict=verdict, **losses))


def common(before: tuple[Moment, ...], cured: tuple[Moment, ...], fork: int) -> tuple[Moment, Moment] | None:
    """Return the last moments of two runs after equally many updates that both measured, None where there are none.

    Up to the step at which they part, `fork`, they are one run, and there is nothing to compare.
    """
    known = {moment.step: moment for moment in before if moment.step > fork and "validation_loss" in moment}
    pairs = [(known[moment.step], moment) for moment in cured if moment.step in known and "validation_loss" in moment]
    return pairs[-1] if pairs else None
