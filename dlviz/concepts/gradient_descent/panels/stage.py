"""The race on the stage: what torch computed of it, sent to the browser, and what the browser says back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import streamlit as st

from dlviz.concepts.gradient_descent.panels import rules
from dlviz.concepts.gradient_descent.recording import Crowd, Trace
from dlviz.concepts.gradient_descent.spec import DEFAULT, Race, Racer, View
from dlviz.recording import pack
from dlviz.ui import links, reasons
from dlviz.ui.asking import Answer, Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t

COMPUTE = "dlviz.concepts.gradient_descent.compute"
KEY = "descent"
PATIENCE = 1.0  # seconds that a moved control may keep the picture waiting
MOVED = "gradient_descent.moved"  # whether the start has just been moved in the picture
FOUND = "gradient_descent.found"  # the newest race and what came of it


def panel(view: View) -> bool:
    """Show the race that the view asks for, or the newest there is; return whether a worker still owes its answer."""
    race = view.race
    try:
        found = ask("gradient_descent.race", f"{COMPUTE}:race", race, note=race, wait=PATIENCE)
        many = _crowd(race)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return False
    if found is None:
        st.caption(t("bench.warming_up"))
        return True
    st.session_state[FOUND] = (found.note, found.value)
    _show(view, found, many if many is not None and many.note == found.note else None)
    return not found.fresh or (race.crowd != "none" and (many is None or not many.fresh))


def _crowd(race: Race) -> Answer | None:
    """Return the newest crowd that was computed, None where there is none or nobody asks for one."""
    if race.crowd == "none":
        return None
    return ask("gradient_descent.crowd", f"{COMPUTE}:crowd", race, note=race)


def latest(race: Race) -> Trace | None:
    """Return what came of the newest race that was computed on this ground from this start, None where none was."""
    asked, trace = st.session_state.get(FOUND, (None, None))
    same = asked is not None and (asked.ground, asked.start) == (race.ground, race.start)
    return trace if same else None


def _show(view: View, found: Answer, many: Answer | None) -> None:
    calls = {"start": _started, "look": _looked}
    crowd: Crowd | None = many.value if many else None
    told = header(view, found.note, found.value) | {"crowd": crowd_ends(crowd, found.value) if crowd else None}
    drawn = arrays(found.value) | ({"crowd": crowd.paths} if crowd else {})
    mount("descent", key=KEY, data=pack(told, drawn), on_change=calls)


def crowd_ends(crowd: Crowd, trace: Trace) -> list[str]:
    """Return what there is to say of each racer's crowd: how many of it reach the deepest minimum."""
    if not len(trace.minima):
        return ["" for _ in crowd.ends]
    total = crowd.ends.shape[1]
    return [t("gradient_descent.crowd.deepest", count=int(count), total=total) for count in crowd.deepest]


# ------------------------------------------------------------------------------------ to the browser


def header(view: View, asked: Race, trace: Trace) -> dict[str, object]:
    """Return all that the picture shows beside the numbers; `asked` is the race that the numbers are about."""
    ground = asked.ground
    picked = min(view.picked, len(asked.who) - 1)
    return {
        "race": _digest(asked.model_dump_json()),
        "ground": ground_name(asked),
        "curve": asked.curve,
        "box": ground.box,
        "start": asked.start,
        "asked": f"{asked.surface}/{view.preset}/{view.guess}",  # another one is played from its start
        "stable": trace.largest_stable,
        "scheduled": asked.schedule != "constant",
        "racers": [
            _racer(one, name, asked, int(lost))
            for one, name, lost in zip(asked.who, names(asked.who), trace.lost, strict=True)
        ],
        "picked": picked,
        "at": view.at,
        "across": view.across,
        "heard": max((_said(state).get("seq", 0) for state in ("start", "look")), default=0) or None,
        "words": all_below("gradient_descent.picture."),
    }


def ground_name(race: Race) -> str:
    """Return what tells this ground from others."""
    return _digest(f"{race.ground}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def names(racers: tuple[Racer, ...]) -> list[str]:
    """Return what racers are called; of several of one kind each has a number."""
    kinds = [one.optimizer for one in racers]
    numbered = lambda i: f" {1 + kinds[:i].count(kinds[i])}" if kinds.count(kinds[i]) > 1 else ""  # noqa: E731
    return [t(f"gradient_descent.optimizer.{kind}") + numbered(i) for i, kind in enumerate(kinds)]


def _racer(one: Racer, name: str, race: Race, lost: int) -> dict[str, object]:
    knobs = one.knobs(race.ground)
    rows = [
        {**line._asdict(), "name": t(f"gradient_descent.line.{line.name}")}
        for line in rules.lines(one.optimizer, knobs, race.schedule != "constant")
    ]
    return {
        "key": _digest(f"{one} {rows}"),
        "name": name,
        "velocity": rules.has_velocity(one.optimizer, knobs),
        "square": one.optimizer in rules.SQUARED,
        "lost": lost,
        "rows": rows,
    }


def arrays(trace: Trace) -> dict[str, np.ndarray]:
    """Return the numbers that the picture draws; those that are read rather than drawn keep their digits."""
    single = (
        "heights",
        "minima",
        "losses",
        "norms",
        "distances",
        "seconds",
        "evaluations",
        "rates",
        "slopes",
        "moments",
        "squares",
    )
    exact = {name: getattr(trace, name) for name in ("across", "upwards", "depths", "path")}
    with np.errstate(over="ignore"):
        return exact | {name: getattr(trace, name).astype(np.float32) for name in single}


# ---------------------------------------------------------------------------------- and back from it


def _said(state: str) -> Mapping[str, object]:
    return (st.session_state.get(KEY) or {}).get(state) or {}


def _started() -> None:
    """Let everybody start where the browser says."""
    view, said = links.current(DEFAULT), _said("start")
    if said.get("ground") != ground_name(view.race):
        return
    st.session_state[MOVED] = True
    _change(view, race=_checked(view.race, {"x": said.get("x"), "y": said.get("y")}))


def _looked() -> None:
    """Take over what is looked at: who is picked, over what the curves run, and which step is on show."""
    view, said = links.current(DEFAULT), _said("look")
    news = {name: said.get(name) for name in ("picked", "across", "at")}
    looked = _checked(view, news)
    _change(view, **({} if looked is None else {name: getattr(looked, name) for name in news}))


def _checked(value: Race | View, news: Mapping[str, object]) -> Race | View | None:
    """Return the value with the news in it, None where no browser of ours says such a thing."""
    try:
        return type(value).model_validate({**dict(value), **news})
    except (ValueError, TypeError):
        return None


def _change(view: View, **news: object) -> None:
    changed = view.model_copy(update={name: value for name, value in news.items() if value is not None or name == "at"})
    if changed != view:
        links.write(changed, DEFAULT)
