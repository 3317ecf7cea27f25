"""The controls beside the race: the surface, who races, the knobs of the one who is picked, and the race itself."""

from __future__ import annotations

import math
from typing import get_args

import streamlit as st

from dlviz.concepts.gradient_descent.panels import stage
from dlviz.concepts.gradient_descent.spec import (
    CROWDS,
    DEFAULT,
    MOST_RACERS,
    OPTIMIZERS,
    SURFACES,
    Knob,
    Race,
    Racer,
    Schedule,
    View,
    knobs_of,
    racers_text,
)
from dlviz.formula import FormulaError, formula_text, read_formula
from dlviz.ui import fields, links, reasons
from dlviz.ui.language import t

PAGE = "gradient_descent"
FINE = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)  # places of a logarithmic slider in each power of ten
COARSE = (1, 2, 5)
NEAR_ONE = (0.0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999)
RATES = (1e-5, 100.0)  # ends of the slider for learning rates


def panel(view: View) -> View:
    """Show the controls; return the view as the visitor left it."""
    race = _surface(view.race)
    view = view.model_copy(update={"race": race})
    _who(view)
    view = _knobs(view)
    return view.model_copy(update={"race": _more(view.race)})


# --------------------------------------------------------------------------------------- the surface


def _surface(race: Race) -> Race:
    names = lambda one: t(f"{PAGE}.surface.{one}")  # noqa: E731
    label, help = t(f"{PAGE}.surface"), t(f"{PAGE}.surface.help")
    chosen = fields.choice(label, SURFACES, race.surface, f"{PAGE}.surface", names=names, help=help)
    if chosen != race.surface:  # another ground has another start and other steps
        race = race.model_copy(update={"surface": chosen, "x": None, "y": None, "noise": None})
    if chosen == "own":
        race = _own(race)
    elif chosen == "ravine":
        race = race.model_copy(update={"condition": _condition(race)})
    st.markdown(f"`f = {formula_text(race_formula(race))}`")
    st.caption(t(f"{PAGE}.surface.{chosen}.said"))
    return race


def race_formula(race: Race) -> object:
    """Return the formula of the height."""
    return read_formula(race.ground.formula, ("x", "y"))


def _condition(race: Race) -> float:
    key, options = f"{PAGE}.condition", _places(1, 1000, COARSE, race.condition)
    fields.follow(key, race.condition)
    words = {"help": t(f"{PAGE}.condition.help"), "format_func": fields.number}
    chosen = st.select_slider(t(f"{PAGE}.condition"), options, value=st.session_state[key], key=key, **words)
    fields.report(key, chosen)
    return chosen


def _own(race: Race) -> Race:
    """Show the field for a formula; one that cannot be read changes nothing and is told about."""
    key = f"{PAGE}.formula"
    fields.follow(key, race.formula)
    typed = st.text_input(t(f"{PAGE}.formula"), key=key, help=t(f"{PAGE}.formula.help"), max_chars=300)
    fields.report(key, typed)
    reach = fields.field(
        Race, "reach", race.reach, f"{PAGE}.reach", label=t(f"{PAGE}.reach"), help=t(f"{PAGE}.reach.help")
    )
    try:
        read_formula(typed, ("x", "y"))
    except FormulaError as error:
        st.warning(reasons.say_formula(error))
        fields.refuse({key: race.formula})
        return race.model_copy(update={"reach": reach})
    return race.model_copy(update={"formula": typed, "reach": reach})


# --------------------------------------------------------------------------------------- who races


def _who(view: View) -> None:
    key = f"{PAGE}.racers"
    words = {name: t(f"{PAGE}.optimizer.{name}") for name in OPTIMIZERS}  # in the language of this run
    st.session_state[key] = list(dict.fromkeys(one.optimizer for one in view.race.who))
    st.multiselect(
        t(f"{PAGE}.racers"),
        list(OPTIMIZERS),
        key=key,
        format_func=words.__getitem__,
        help=t(f"{PAGE}.racers.help"),
        max_selections=MOST_RACERS,
        on_change=_chosen,
    )


def _chosen() -> None:
    """Let those race who are chosen: whoever was there keeps place and knobs; there is always one."""
    view = links.current(DEFAULT)
    wanted = [name for name in st.session_state[f"{PAGE}.racers"] if name in OPTIMIZERS]
    kept = [one for one in view.race.who if one.optimizer in wanted]
    new = [Racer(name) for name in wanted if name not in {one.optimizer for one in kept}]
    racers = (*kept, *new)[:MOST_RACERS]
    if racers:
        _race_with(view, racers, len(kept) if new else min(view.picked, len(racers) - 1))


def _race_with(view: View, racers: tuple[Racer, ...], picked: int) -> None:
    race = view.race.model_copy(update={"racers": racers_text(racers)})
    links.put(view.model_copy(update={"race": race, "picked": min(picked, len(racers) - 1)}))


# ------------------------------------------------------------------------------------------- knobs


def _knobs(view: View) -> View:
    """Show who is picked and all knobs of that one."""
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
    turned = _rate(view, one, now["lr"])
    others = [name for name in knobs_of(one.optimizer) if name != "lr"]
    with st.expander(t(f"{PAGE}.knobs"), key=f"{PAGE}.all_knobs"):
        for name in others:
            value = _knob(name, knobs_of(one.optimizer)[name], now[name])
            turned = turned if value == now[name] else turned.turn(name, value)
        _copies(view, int(chosen))
    racers = (*racers[: int(chosen)], turned, *racers[int(chosen) + 1 :])
    race = view.race.model_copy(update={"racers": racers_text(racers)})
    return view.model_copy(update={"picked": int(chosen), "race": race})


def _rate(view: View, one: Racer, now: float) -> Racer:
    """Show the learning rate on a logarithmic slider, and under it the largest stable one, computed by torch."""
    key, options = f"{PAGE}.lr", _places(*RATES, FINE, now)
    fields.follow(key, now, options)
    words = {"help": t(f"{PAGE}.lr.help"), "format_func": fields.number}
    value = st.select_slider(t(f"{PAGE}.lr"), options, value=st.session_state[key], key=key, **words)
    fields.report(key, value, options)
    st.caption(stable(view.race))
    return one if value == now else one.turn("lr", value)


def stable(race: Race) -> str:
    """Return the sentence about the largest stable learning rate of plain gradient descent at the start."""
    trace = stage.latest(race)
    if trace is None:
        return t(f"{PAGE}.stable.unknown")
    if trace.largest_stable is None:
        return t(f"{PAGE}.stable.none")
    return t(f"{PAGE}.stable", rate=f"{trace.largest_stable:.3g}", sharpest=f"{trace.sharpest:.3g}")


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
    return sorted({*zero, *_places(low, knob.high, COARSE, knob.high), *also})


def _places(low: float, high: float, digits: tuple[float, ...], also: float) -> list[float]:
    """Return the places of a logarithmic slider from `low` to `high`, and one more."""
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
    _race_with(view, (*racers[: place + 1], racers[place], *racers[place + 1 :])[:MOST_RACERS], place + 1)


def _usual(place: int) -> None:
    view = links.current(DEFAULT)
    racers = list(view.race.who)
    racers[place] = Racer(racers[place].optimizer)
    _race_with(view, tuple(racers), place)


# ---------------------------------------------------------------------------------------- the race


def _more(race: Race) -> Race:
    """Show how long the race is and, folded, where it starts and how noisy the slopes are."""
    words = lambda name: {"label": t(f"{PAGE}.{name}"), "help": t(f"{PAGE}.{name}.help")}  # noqa: E731
    steps = _steps(race)
    names = {name: t(f"{PAGE}.schedule.{name}") for name in get_args(Schedule)}  # in the language of this run
    schedule = fields.choice(
        names=names.get, options=list(names), value=race.schedule, key=f"{PAGE}.schedule", **words("schedule")
    )
    names = {name: t(f"{PAGE}.crowd.{name}") for name in CROWDS}
    crowd = fields.choice(names=names.get, options=list(names), value=race.crowd, key=f"{PAGE}.crowd", **words("crowd"))
    with st.expander(t(f"{PAGE}.more"), key=f"{PAGE}.start_and_noise"):
        place = {"x": _coordinate(race, 0), "y": None if race.curve else _coordinate(race, 1)}
        changed = {
            name: value for name, value in place.items() if value is not None and value != race.start["xy".index(name)]
        }
        sigma = _sigma(race)
        seed = fields.field(Race, "seed", race.seed, f"{PAGE}.seed", **words("seed"))
    noise = race.noise if sigma == race.sigma else sigma
    news = {"steps": steps, "schedule": schedule, "crowd": crowd, "noise": noise, "seed": seed}
    return race.model_copy(update=news | changed)


def _steps(race: Race) -> int:
    key, options = f"{PAGE}.steps", sorted({*(10, 20, 40, 60, 80, 100, 150, 200, 300, 500, 700, 1000), race.steps})
    fields.follow(key, race.steps, options)
    words = {"help": t(f"{PAGE}.steps.help")}
    value = st.select_slider(t(f"{PAGE}.steps"), options, value=st.session_state[key], key=key, **words)
    fields.report(key, value, options)
    return value


def _coordinate(race: Race, axis: int) -> float:
    name, now = "xy"[axis], race.start[axis]
    key = f"{PAGE}.{name}"
    fields.follow(key, float(now))
    label, help = t(f"{PAGE}.start", name=name), t(f"{PAGE}.start.help")
    value = st.number_input(label, -1000.0, 1000.0, st.session_state[key], step=0.1, format="%.4g", key=key, help=help)
    fields.report(key, value)
    return value


def _sigma(race: Race) -> float:
    key, options = (
        f"{PAGE}.noise",
        sorted({0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0, race.sigma}),
    )
    fields.follow(key, race.sigma, options)
    words = {"help": t(f"{PAGE}.noise.help"), "format_func": fields.number}
    value = st.select_slider(t(f"{PAGE}.noise"), options, value=st.session_state[key], key=key, **words)
    fields.report(key, value, options)
    return value
