"""Be the optimizer: you move one weight at a time, plain SGD moves them all, and both get as many moves.

The duel is about a small network of its own, so that every one of its weights can be held in a hand.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from dlviz.concepts.playground.panels.stage import COMPUTE, EXTENT, LOOK
from dlviz.concepts.playground.recording import Match
from dlviz.concepts.playground.spec import DEFAULT, LEVELS, REACH, Duel, View, moves_text
from dlviz.recording import pack
from dlviz.ui import fields, links, reasons
from dlviz.ui.asking import Answer, Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import keep_looking, looked

KEY = "duel"
PART = "duel"  # of the page, that waits for an answer
RATES = (0.03, 0.1, 0.3, 1.0, 3.0)
PATIENCE = 1.0  # seconds that a move may keep the verdict waiting
EVEN = 0.0005  # losses that differ by less look the same on screen
UNTOUCHED = {"duel_moves": "", "duel_looks": 0, "duel_hints": 0}


def panel(_: View) -> None:
    """Show the duel as the page's view has it."""
    with st.container(key="playground-duel"):
        keep_looking(PART, _duel, LOOK)


def _duel(waiting: bool) -> None:
    given = _chosen(links.current(DEFAULT))
    try:
        found = _asked(given)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    if found is None:
        st.caption(t("bench.warming_up"))
    elif same_start(found.note, given):
        _show(given, found)
    looked(PART, waiting, owed=found is None or not found.fresh)


def _asked(given: Duel) -> Answer | None:
    """Return the newest answer of a worker, with the duel that it is about as its note."""
    question = given.model_copy(update={"duel_looks": 0, "duel_hints": 0})
    return ask("playground.duel", f"{COMPUTE}:duel", question, note=question, wait=PATIENCE)


def same_start(one: Duel, other: Duel) -> bool:
    """Return whether two duels begin with the same points and the same weights."""
    return (one.duel_level, one.duel_seed) == (other.duel_level, other.duel_seed)


def _show(given: Duel, found: Answer) -> None:
    """Show both sides, and, after the last move, who got lower and why."""
    mount("duel", key=KEY, data=pack(header(given, found.note), arrays(found.value)), on_change={"moves": _moved})
    if found.fresh and len(given.moves) == given.level.moves:
        st.markdown(verdict(given, found.value))


# ------------------------------------------------------------------------------------------ choices


def _chosen(view: View) -> Duel:
    """Show what can be chosen of a duel, and return the duel as it is then."""
    given = view.duel
    with st.container(horizontal=True, vertical_alignment="bottom", key="playground-duel-choices"):
        level = fields.choice(
            t("duel.level"),
            list(LEVELS),
            given.duel_level,
            "playground.duel_level",
            names=_level_name,
            width="content",
        )
        rates = [fields.number(rate) for rate in sorted({*RATES, given.duel_rate})]
        rate = fields.choice(
            t("duel.rate"),
            rates,
            fields.number(given.duel_rate),
            "playground.duel_rate",
            names=str,
            help=t("duel.rate.help"),
            segments=len(rates),
            width="content",
        )
        st.button(t("duel.another"), key="playground.duel_another", icon=":material/casino:", on_click=_another)
    chosen = given.model_copy(update={"duel_rate": float(rate)})
    if level != given.duel_level:
        chosen = chosen.model_copy(update={"duel_level": level, **UNTOUCHED})
    if chosen != given:
        links.write(view.model_copy(update={"duel": chosen}), DEFAULT)
    return chosen


def _level_name(name: str) -> str:
    return t(f"duel.level.{name}", count=LEVELS[name].weights)


def _another() -> None:
    """Deal other points and other first weights."""
    view = links.current(DEFAULT)
    news = {"duel_seed": (view.duel.duel_seed + 1) % 2**31, **UNTOUCHED}
    links.write(view.model_copy(update={"duel": view.duel.model_copy(update=news)}), DEFAULT)


# -------------------------------------------------------------------------------- to the browser and back


def header(given: Duel, asked: Duel) -> dict[str, object]:
    """Return all that the picture shows beside the numbers; `asked` is the duel that the numbers are about."""
    return {
        "start": start(given),
        "sizes": given.level.sizes,
        "length": given.level.moves,
        "reach": REACH,
        "extent": EXTENT,
        "rate": asked.duel_rate,
        "moves": given.moves,
        "looks": given.duel_looks,
        "hints": given.duel_hints,
        "answered": asked.moves,
        "heard": _said().get("seq"),
        "words": _words(asked),
    }


def start(given: Duel) -> str:
    """Return the name of the points and weights that a duel begins with."""
    return f"{given.duel_level}/{given.duel_seed}"


def arrays(match: Match) -> dict[str, np.ndarray]:
    """Return the numbers of both sides; those of the moves by hand are computed in the browser as they are made."""
    return {
        "points": match.points,
        "labels": match.labels.astype(np.uint8),
        "weights": match.weights,
        "losses": match.losses,
        "shares": match.shares,
        "downhill": match.downhill,
    }


def _words(asked: Duel) -> dict[str, str]:
    return {**all_below("duel.picture."), "sgd": t("duel.sgd", rate=fields.number(asked.duel_rate))}


def _said() -> Mapping[str, object]:
    return (st.session_state.get(KEY) or {}).get("moves") or {}


def _moved() -> None:
    """Take over the moves as they are now."""
    view, said = links.current(DEFAULT), _said()
    if said.get("start") != start(view.duel):
        return
    try:
        moves = moves_text((int(place), float(value)) for place, value in said.get("moves", ()))
        news = {"duel_moves": moves, "duel_looks": said.get("looks"), "duel_hints": said.get("hints")}
        duel = Duel.model_validate({**dict(view.duel), **news})
    except (ValueError, TypeError):  # no browser of ours says such a thing
        return
    links.write(view.model_copy(update={"duel": duel}), DEFAULT)


# ---------------------------------------------------------------------------------------- the verdict


def verdict(given: Duel, match: Match) -> str:
    """Return who got to the lower loss, by how much, and what it took them."""
    own, other = float(match.own_losses[-1]), float(match.losses[-1])
    won = "even" if abs(own - other) < EVEN else "you" if own < other else "sgd"
    low, high = sorted((own, other))
    numbers = {
        "own": f"{own:.3g}",
        "other": f"{other:.3g}",
        "apart": f"{high - low:.3g}",
        "percent": f"{100 * (high - low) / high:.0f}" if high else "0",
        "moves": given.level.moves,
        "weights": given.level.weights,
        "looks": given.duel_looks,
    }
    said = [f"{t(f'duel.won.{won}', **numbers)} {t(f'duel.why.{won}', **numbers)}", t("duel.why", **numbers)]
    if given.duel_hints:
        said.append(t("duel.hints", hints=given.duel_hints))
    return "\n\n".join(said)
