"""The loss around the weights: the landscape that the run on the stage has walked down."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.playground.figures import valley_map
from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.panels.stage import COMPUTE
from dlviz.concepts.playground.recording import Valley
from dlviz.concepts.playground.spec import DEFAULT, Directions, View
from dlviz.ui import fields, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.language import t

ASKED = "playground.valley.asked"  # the question on show: run, step, recorded weights, directions
LONGEST = 200  # recorded weights that a path is made of
PATIENCE = 5.0


def panel(_: View) -> None:
    """Show the loss around the weights of the moment on show, once somebody asks for it."""
    with st.container(key="playground-valley"):
        st.fragment(_valley)()


def _valley() -> None:
    view = links.current(DEFAULT)
    with st.container(horizontal=True, vertical_alignment="bottom", key="playground-valley-ask"):
        options = Directions.__args__
        names = lambda one: t(f"playground.valley.{one}")  # noqa: E731
        chosen = fields.choice(
            t("playground.valley.directions"), options, view.directions, "playground.directions", names=names
        )
        asked = st.button(t("playground.valley.ask"), key="playground.valley.ask", icon=":material/landscape:")
    if chosen != view.directions:
        links.write(view.model_copy(update={"directions": chosen}), DEFAULT)
    if asked or (chosen != view.directions and ASKED in st.session_state):
        st.session_state[ASKED] = question(links.current(DEFAULT))
    if st.session_state.get(ASKED) is not None:
        _show(*st.session_state[ASKED])


def question(view: View) -> tuple | None:
    """Return what to ask of the moment on show: run, step, weights recorded up to it, directions; None too early."""
    shown, one = runs.shown(view), runs.now(view)
    if shown is None or one is None:
        return None
    rows = [m["weights"] for m in one.recording.moments if m.step <= shown.step and "weights" in m]
    if not rows:
        return None
    kept = np.unique(np.linspace(0, len(rows) - 1, min(len(rows), LONGEST)).round().astype(int))
    return runs.settled(view), shown.step, np.stack([rows[i] for i in kept]), view.directions


def _show(run: object, step: int, path: np.ndarray, directions: str) -> None:
    try:
        found = ask("playground.valley", f"{COMPUTE}:valley", run, step, path, directions, wait=PATIENCE)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    if found is None or not found.fresh:
        st.caption(t("bench.warming_up"))
        return
    valley: Valley = found.value
    names = ("loss", "way", "start", "here")
    words = {name: t(f"playground.valley.{name}") for name in names} | axes(valley, directions)
    figure = valley_map(valley, words)
    st.plotly_chart(
        figure, key="playground.valley_map", alt=t("playground.valley.alt"), config={"displayModeBar": False}
    )
    said = t(
        f"playground.valley.said.{directions}",
        step=step,
        loss=f"{valley.here:.3g}",
        share=f"{100 * valley.explained.sum():.0f}",
    )
    st.caption(said)


def axes(found: Valley, directions: str) -> dict[str, str]:
    """Return the names of the two axes, with the share of the path's variance where there is a path."""
    if directions == "chance":
        return {"x": t("playground.valley.first_chance"), "y": t("playground.valley.second_chance")}
    first, second = (f"{100 * share:.0f}" for share in found.explained)
    return {"x": t("playground.valley.first", share=first), "y": t("playground.valley.second", share=second)}
