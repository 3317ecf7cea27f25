"""The controls beside the race: the surface and who races, which change the page, and what changes the race alone.

The latter are drawn by the race itself, in the places that are kept for them here, so that a turn of one of them moves
the race without the rest of the page.
"""

from __future__ import annotations

from typing import NamedTuple, get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dlviz.concepts.gradient_descent.panels.knobs import COARSE, places, race_with
from dlviz.concepts.gradient_descent.spec import (
    CROWDS,
    DEFAULT,
    MOST_RACERS,
    OPTIMIZERS,
    SURFACES,
    Race,
    Racer,
    Schedule,
    View,
)
from dlviz.formula import FormulaError, formula_text, read_formula
from dlviz.ui import fields, links, reasons
from dlviz.ui.folds import fold
from dlviz.ui.language import t

PAGE = "gradient_descent"


class Places(NamedTuple):
    """Where the race draws its own controls: those of the ground, the knobs of who is picked, the plan of the race."""

    ground: DeltaGenerator
    knobs: DeltaGenerator
    plan: DeltaGenerator


def panel(view: View) -> tuple[View, Places]:
    """Show the controls; return the view as the visitor left it, and the places for those that the race draws."""
    race = _surface(view.race)
    below = st.container(key=f"{PAGE}-ground")
    st.caption(t(f"{PAGE}.surface.{race.surface}.said"))
    _who(view.model_copy(update={"race": race}))
    knobs, plan = st.container(key=f"{PAGE}-knobs"), st.container(key=f"{PAGE}-plan")
    return view.model_copy(update={"race": _more(race)}), Places(below, knobs, plan)


# --------------------------------------------------------------------------------------- the surface


def _surface(race: Race) -> Race:
    names = lambda one: t(f"{PAGE}.surface.{one}")  # noqa: E731
    label, help = t(f"{PAGE}.surface"), t(f"{PAGE}.surface.help")
    chosen = fields.choice(label, SURFACES, race.surface, f"{PAGE}.surface", names=names, help=help)
    if chosen != race.surface:  # another ground has another start and other steps
        race = race.model_copy(update={"surface": chosen, "x": None, "y": None, "noise": None})
    return _own(race) if chosen == "own" else race


def ground(race: Race) -> Race:
    """Show how stretched the ravine is, and the formula of the ground; return the race on it."""
    if race.surface == "ravine":
        race = race.model_copy(update={"condition": _condition(race)})
    st.markdown(f"`f = {formula_text(race_formula(race))}`")
    return race


def race_formula(race: Race) -> object:
    """Return the formula of the height."""
    return read_formula(race.ground.formula, ("x", "y"))


def _condition(race: Race) -> float:
    key, options = f"{PAGE}.condition", places(1, 1000, COARSE, race.condition)
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
        race_with(view, racers, len(kept) if new else min(view.picked, len(racers) - 1))


# ---------------------------------------------------------------------------------------- the race


def plan(race: Race) -> Race:
    """Show how long the race is, the plan of the learning rate, and from how many places it starts; return the race."""
    chosen = {"steps": _steps(race)}
    for name, options in (("schedule", get_args(Schedule)), ("crowd", CROWDS)):
        names = {one: t(f"{PAGE}.{name}.{one}") for one in options}  # in the language of this run
        label, help, key = t(f"{PAGE}.{name}"), t(f"{PAGE}.{name}.help"), f"{PAGE}.{name}"
        chosen[name] = fields.choice(label, list(names), getattr(race, name), key, names=names.get, help=help)
    return race.model_copy(update=chosen)


def _more(race: Race) -> Race:
    """Show, folded, where the race starts and how noisy the slopes are."""
    unfolded = fold(t(f"{PAGE}.more"), f"{PAGE}.start_and_noise")
    if unfolded is None:
        return race
    with unfolded:
        place = {"x": _coordinate(race, 0), "y": None if race.curve else _coordinate(race, 1)}
        changed = {
            name: value for name, value in place.items() if value is not None and value != race.start["xy".index(name)]
        }
        sigma = _sigma(race)
        words = {"label": t(f"{PAGE}.seed"), "help": t(f"{PAGE}.seed.help")}
        seed = fields.field(Race, "seed", race.seed, f"{PAGE}.seed", **words)
    noise = race.noise if sigma == race.sigma else sigma
    return race.model_copy(update={"noise": noise, "seed": seed} | changed)


def _steps(race: Race) -> int:
    key, options = f"{PAGE}.steps", sorted({*(10, 20, 40, 60, 80, 100, 150, 200, 300, 500, 700, 1000), race.steps})
    fields.follow(key, race.steps, options, options)
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
    fields.follow(key, race.sigma, options, options)
    words = {"help": t(f"{PAGE}.noise.help"), "format_func": fields.number}
    value = st.select_slider(t(f"{PAGE}.noise"), options, value=st.session_state[key], key=key, **words)
    fields.report(key, value, options)
    return value
