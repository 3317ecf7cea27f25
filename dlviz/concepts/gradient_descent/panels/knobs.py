"""The knobs of the one who is picked among the racers: a turn of one of them moves that one only."""

from __future__ import annotations

import math
from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dlviz.concepts.gradient_descent.panels import stage
from dlviz.concepts.gradient_descent.recording import Trace
from dlviz.concepts.gradient_descent.spec import DEFAULT, MOST_RACERS, Knob, Racer, View, knobs_of, racers_text
from dlviz.ui import fields, links
from dlviz.ui.folds import fold
from dlviz.ui.language import t
from dlviz.ui.stacks import readable

PAGE = "gradient_descent"
FINE = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)  # places of a logarithmic slider in each power of ten
COARSE = (1, 2, 5)
NEAR_ONE = (0.0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999)
RATES = (1e-5, 100.0)  # ends of the slider for learning rates


def panel(view: View) -> tuple[View, DeltaGenerator]:
    """Show who is picked and all knobs of that one; return the view as they are now, and a place for `stable`."""
    racers = view.race.who
    names = stage.names(racers)
    picked = min(view.picked, len(racers) - 1)
    label, help = t(f"{PAGE}.picked"), t(f"{PAGE}.picked.help")
    options = [str(i) for i in range(len(racers))]
    chosen = fields.choice(
        label, options, str(picked), f"{PAGE}.picked", names=lambda i: names[int(i)], help=help, segments=0
    )
    one = racers[int(chosen)]
    now = one.knobs(view.race.ground)
    turned, place = _rate(one, now["lr"]), st.container(key=f"{PAGE}-stable")
    unfolded = fold(t(f"{PAGE}.knobs"), f"{PAGE}.all_knobs")
    if unfolded is not None:
        with unfolded:
            turned = _others(one, now, turned)
            _copies(view, int(chosen))
    racers = (*racers[: int(chosen)], turned, *racers[int(chosen) + 1 :])
    race = view.race.model_copy(update={"racers": racers_text(racers)})
    return view.model_copy(update={"picked": int(chosen), "race": race}), place


def _others(one: Racer, now: Mapping[str, float], turned: Racer) -> Racer:
    """Show all knobs of the one who is picked but the learning rate; return that one with what was turned."""
    for name, knob in knobs_of(one.optimizer).items():
        if name != "lr" and (value := _knob(name, knob, now[name])) != now[name]:
            turned = turned.turn(name, value)
    return turned


def _rate(one: Racer, now: float) -> Racer:
    """Show the learning rate on a logarithmic slider."""
    key, options = f"{PAGE}.lr", places(*RATES, FINE, now)
    fields.follow(key, now, options, options)
    words = {"help": t(f"{PAGE}.lr.help"), "format_func": fields.number}
    value = st.select_slider(t(f"{PAGE}.lr"), options, value=st.session_state[key], key=key, **words)
    fields.report(key, value, options)
    return one if value == now else one.turn("lr", value)


def stable(trace: Trace | None) -> str:
    """Return the sentence about the largest stable learning rate of plain gradient descent at the start of a race."""
    if trace is None:
        return t(f"{PAGE}.stable.unknown")
    if trace.largest_stable is None:
        return t(f"{PAGE}.stable.none")
    return t(f"{PAGE}.stable", rate=_written(trace.largest_stable), sharpest=_written(trace.sharpest))


def _written(value: float) -> str:
    """Return a number with three digits that mean something, where possible without a power of ten: 0.000961, 2,081."""
    return f"{value:.3g}" if 1e-4 <= value < 1000 else readable(value)


def _knob(name: str, knob: Knob, now: float) -> float:
    key, label, help = f"{PAGE}.knob.{name}", t(f"{PAGE}.knob.{name}"), t(f"{PAGE}.knob.{name}.help")
    if knob.kind == "switch":
        fields.follow(key, bool(now))
        value = st.toggle(label, value=st.session_state[key], key=key, help=help)
        fields.report(key, value)
        return float(value)
    limits = (knob.low, knob.high)
    now = int(now) if knob.kind == "whole" else float(now)
    fields.follow(key, now, limits)
    start = st.session_state[key]
    if knob.kind in ("log", "near_one"):
        options = _options(knob, {now, start})
        value = st.select_slider(label, options, value=start, key=key, help=help, format_func=lambda one: f"{one:g}")
    elif knob.kind == "whole":
        value = st.slider(label, int(knob.low), int(knob.high), start, key=key, help=help)
    else:
        value = st.slider(label, float(knob.low), float(knob.high), start, step=0.01, key=key, help=help)
    fields.report(key, value, limits)
    return float(value)


def _options(knob: Knob, also: set[float]) -> list[float]:
    if knob.kind == "near_one":
        return sorted({*(value for value in NEAR_ONE if knob.low <= value <= knob.high), knob.high, *also})
    low = knob.low or 1e-6
    zero = {0.0} if knob.low == 0 else set()
    return sorted({*zero, *places(low, knob.high, COARSE, knob.high), *also})


def places(low: float, high: float, digits: tuple[float, ...], also: float) -> list[float]:
    """Return the places, rising, of a logarithmic slider from `low` to `high`, and one more.

    In each power of ten they are at its multiples with the `digits` (1 to 10).
    """
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = {float(f"{digit}e{power}") for power in powers for digit in digits}
    return sorted({*(value for value in found if low <= value <= high), also})


def _copies(view: View, place: int) -> None:
    """Show the buttons that let the one who is picked race twice, or put all its knobs back."""
    full = len(view.race.who) >= MOST_RACERS
    with st.container(horizontal=True, key=f"{PAGE}-copies"):
        words, help = t(f"{PAGE}.copy"), t(f"{PAGE}.copy.help")
        st.button(words, key=f"{PAGE}.copy", help=help, on_click=_copy, args=(place,), disabled=full)
        words, help = t(f"{PAGE}.usual"), t(f"{PAGE}.usual.help")
        st.button(words, key=f"{PAGE}.usual", help=help, on_click=_usual, args=(place,))


def _copy(place: int) -> None:
    view = links.current(DEFAULT)
    racers = view.race.who
    race_with(view, (*racers[: place + 1], racers[place], *racers[place + 1 :])[:MOST_RACERS], place + 1)


def _usual(place: int) -> None:
    view = links.current(DEFAULT)
    racers = list(view.race.who)
    racers[place] = Racer(racers[place].optimizer)
    race_with(view, tuple(racers), place)


def race_with(view: View, racers: tuple[Racer, ...], picked: int) -> None:
    """Make it a race of these racers, of whom the one at the place `picked` is looked at; callbacks use it."""
    race = view.race.model_copy(update={"racers": racers_text(racers)})
    links.put(view.model_copy(update={"race": race, "picked": min(picked, len(racers) - 1)}))
