"""Sunspots: what the network on the stage foretells, a year ahead and on its own."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.rnn.panels import charts, runs
from dlviz.concepts.rnn.recording import Forecast
from dlviz.concepts.rnn.spec import DEFAULT, View
from dlviz.ui import links, widgets
from dlviz.ui.asking import Answer, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t

COMPUTE = "dlviz.concepts.rnn.compute"


def asked(view: View, slot: str) -> Answer | None:
    """Return what is foretold by the network of the moment on show; the slot keeps one question at a time."""
    lab = runs.lab("sunspots")
    moment = lab.shown(view)
    if moment is None:
        return None
    return ask(f"rnn.{slot}", f"{COMPUTE}:forecast", lab.settled(view), moment.step, view.origin, wait=0.5)


def stage(view: View) -> bool:
    """Show every year beside what was foretold a year before; return whether an answer is still to come."""
    found = asked(view, "forecast")
    if found is None:
        st.caption(t("bench.warming_up"))
        return True
    foretold: Forecast = found.value
    errors = {part: f"{foretold.error[part][0]:.1f}" for part in ("validation", "test")}
    st.markdown(t("rnn.years.said", **errors))
    mount("chart", key="rnn.years", data=charts.years(foretold))
    changed = widgets.edit(view, ("origin",), "rnn")
    if changed != view:
        links.write(changed, DEFAULT)
    return not found.fresh


def evidence(view: View) -> bool:
    """Show the network beside two simpler models, one and many years ahead; return whether an answer is to come."""
    found = asked(view, "ahead")
    if found is None:
        st.caption(t("bench.warming_up"))
        return True
    foretold: Forecast = found.value
    mount("chart", key="rnn.path", data=charts.path(foretold))
    st.caption(t("rnn.path.caption"))
    left, right = st.columns(2, gap="large")
    with left:
        mount("shares", key="rnn.errors", data=charts.errors(foretold))
        st.markdown(verdict(foretold))
    with right:
        mount("chart", key="rnn.ahead", data=charts.ahead(foretold))
    return not found.fresh


def verdict(found: Forecast) -> str:
    """Return who foretells the test years best, one year ahead and eleven years ahead."""
    near, far = found.error["test"], found.ahead[:, charts.CYCLE - 1]
    words = {"near": t(f"rnn.years.best.{int(near.argmin())}"), "far": t(f"rnn.years.best.{int(far.argmin())}")}
    return t("rnn.years.verdict", **words, near_error=f"{near.min():.1f}", far_error=f"{far.min():.1f}")
