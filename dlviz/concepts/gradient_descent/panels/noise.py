"""Noise: a regression on real people, learnt from all of them, from a few and from one at a time."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.gradient_descent.panels.stage import COMPUTE
from dlviz.concepts.gradient_descent.recording import Sampled
from dlviz.concepts.gradient_descent.spec import DEFAULT, PEOPLE, Sampling, View
from dlviz.recording import pack
from dlviz.ui import fields, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import keep_looking, looked
from dlviz.ui.stacks import readable

PAGE = "gradient_descent"
KEY = "cloud"
LOOK = 0.5
PATIENCE = 0.8
PART = f"{PAGE}.noise"  # of the page, that waits for an answer
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, PEOPLE)
RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.0, 1.5, 2.0)
MOMENTA = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)


def panel(_: View) -> None:
    """Show how a few people at a time make the way jitter, and why."""
    with st.container(key=f"{PAGE}-noise_section"):
        keep_looking(PART, _noise, LOOK)


def _noise(waiting: bool) -> None:
    st.markdown(t(f"{PAGE}.noise.lead"))
    given = _chosen(links.current(DEFAULT))
    try:
        found = ask(f"{PAGE}.noise", f"{COMPUTE}:sampling", given, note=given, wait=PATIENCE)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    if found is None:
        st.caption(t(f"{PAGE}.rates.computing"))
    else:
        mount("cloud", key=KEY, data=pack(header(found.note), arrays(found.value)))
        st.caption(said(found.note, found.value))
    looked(PART, waiting, owed=found is None or not found.fresh)


def _chosen(view: View) -> Sampling:
    """Show the batch, the rate and the momentum, and return the question that they make."""
    given = view.sampling
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{PAGE}-sampling"):
        news = {
            "batch": _slider("batch", BATCHES, given.batch),
            "batch_rate": _slider("batch_rate", RATES, given.batch_rate),
            "batch_momentum": _slider("batch_momentum", MOMENTA, given.batch_momentum),
        }
        st.button(t(f"{PAGE}.batch_seed"), key=f"{PAGE}.batch_seed", icon=":material/casino:", on_click=_again)
    chosen = given.model_copy(update=news)
    if chosen != given:
        links.write(view.model_copy(update={"sampling": chosen}), DEFAULT)
    return chosen


def _slider(name: str, places: tuple[float, ...], now: float) -> float:
    key, options = f"{PAGE}.{name}", sorted({*places, now})
    fields.follow(key, now, options, options)
    words = {"help": t(f"{PAGE}.{name}.help"), "format_func": fields.number, "width": 220}
    value = st.select_slider(t(f"{PAGE}.{name}"), options, value=st.session_state[key], key=key, **words)
    fields.report(key, value, options)
    return value


def _again() -> None:
    """Draw other people."""
    view = links.current(DEFAULT)
    seed = (view.sampling.batch_seed + 1) % 2**31
    links.write(view.model_copy(update={"sampling": view.sampling.model_copy(update={"batch_seed": seed})}), DEFAULT)


def header(given: Sampling) -> dict[str, object]:
    """Return what the pictures show beside their numbers."""
    who = [
        t(f"{PAGE}.noise.who.all", count=PEOPLE),
        t(f"{PAGE}.noise.who.some", count=given.batch),
        t(f"{PAGE}.noise.who.one"),
    ]
    return {"batch": given.batch, "who": who, "words": all_below(f"{PAGE}.cloud.")}


def arrays(found: Sampled) -> dict[str, np.ndarray]:
    """Return the numbers that the pictures draw."""
    single = ("heights", "path", "losses", "single", "batches")
    exact = ("across", "upwards", "best", "true", "sizes", "measured", "expected")
    parts = {name: getattr(found, name).astype(np.float32) for name in single}
    return parts | {name: np.asarray(getattr(found, name), np.float64) for name in exact}


def said(given: Sampling, found: Sampled) -> str:
    """Return how far above the lowest loss each of the three hovers in the second half."""
    floors = [readable(max(0.0, float(one))) for one in found.floors]
    return t(f"{PAGE}.noise.said", count=given.batch, all=floors[0], some=floors[1], one=floors[2])
