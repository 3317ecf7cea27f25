"""The bench: where a run is played, paused, stepped, rewound and forked, the same on every page that trains.

The browser holds the recorded moments and plays them; this side follows the engine, hands on what
is new a few times a second, and tells the engine how far this viewer wants each run to go. Nobody
else's run is touched by that: a run goes as far as the most eager of its viewers wants.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import monotonic, sleep
from typing import NamedTuple

import streamlit as st

from dlviz import engine
from dlviz.engine.followed import OVER, Snapshot, Watch
from dlviz.engine.host import HOLD, PLAY
from dlviz.recording import Moment, pack
from dlviz.spec import RunSpec
from dlviz.ui import crowd, reasons, turns
from dlviz.ui.components import mount
from dlviz.ui.language import now as language
from dlviz.ui.language import t
from dlviz.ui.parts import part
from dlviz.words import catalogue

LOOK = 0.3  # seconds between two looks at the engine while something trains
FIRST_LOOK = 0.1  # in a crowd, what a run that has not moved yet counts for: it is looked at three times as often
IDLE_LOOK = 4.0  # and while nothing does: often enough to keep what is shown alive
SETTLING = 0.4  # but soon again where the viewer came to another moment, which the link does not name yet
BREATH = 0.6  # seconds that a page opened at a moment waits for it: a browser still reading scripts asks again later


class Track(NamedTuple):
    """One run on the bench: what it is called, and the digest of the run it was forked from."""

    spec: RunSpec
    label: str
    parent: RunSpec | None = None


class Figure(NamedTuple):
    """One of the numbers that matter: an array of the moments, what it is called, which way is better."""

    name: str
    label: str
    better: str | None = "lower"
    percent: bool = False


class Report(NamedTuple):
    """What the browser said last: `at` is the step on show where it does not follow the newest.

    `rolling` is whether it plays what is past, so that `at` changes although the run may be over.
    """

    playing: bool = True
    at: int | None = None
    goal: int | None = None
    rolling: bool = False


# --------------------------------------------------------------------------- what the page asks


def session() -> str:
    """Return the name of this browser session, the owner of all it runs."""
    return st.session_state.setdefault("dlviz.session", uuid.uuid4().hex)


def watch(key: str, spec: RunSpec, place: int = 0) -> Watch | None:
    """Return this session's hold on the run at `place` on the bench `key`, None while the workers warm up."""
    return engine.current().watch(spec, f"{session()}/{key}/{place}", session())


def report(key: str) -> Report:
    """Return what the browser said last about the bench `key`, and what it was told since as if it had said so."""
    return _read(_said(key), _memory(key).get("command", {}))


def _read(said: Mapping[str, object], told: Mapping[str, object]) -> Report:
    """Return what the browser said, where it has not yet carried out what it was told as if it had."""
    if told.get("number", 0) > (said.get("command") or 0):
        at = told.get("at", said.get("at"))
        playing = told.get("playing", said.get("playing", True))
        rolling = bool(playing) and at not in (None, "newest")  # told to play from there on
        said = {**said, "playing": playing, "at": at, "goal": None, "rolling": rolling}
    at, goal = said.get("at"), said.get("goal")
    at = None if at in (None, "newest") else int(at)
    rolling = bool(said.get("rolling", False))
    return Report(bool(said.get("playing", True)), at, None if goal is None else int(goal), rolling)


def snapshot(key: str, spec: RunSpec) -> Snapshot | None:
    """Return the run as it stands, None while the workers warm up."""
    held = watch(key, spec)
    return held.snapshot() if held else None


def shown(key: str, spec: RunSpec) -> Moment | None:
    """Return the moment on show: under the cursor, or the newest."""
    now = snapshot(key, spec)
    if now is None or not now.recording.moments:
        return None
    at = report(key).at
    return now.recording.at(at) if at is not None else now.recording.moments[-1]


def moves(key: str, spec: RunSpec, place: int = 0) -> bool:
    """Return whether the run at `place` on the bench (0: the current one) goes on or is about to, for this viewer.

    So does the current one where only the moment on show changes, because what is past is played again.
    """
    if place == 0 and report(key).rolling:
        return True
    now = snapshot(key, spec)
    return now is None or (now.state not in OVER and _goal(key, place) > now.step)


def hear(state: Mapping[str, object], key: str, said: Mapping[str, object]) -> None:
    """Take in what a browser says of the bench `key` before its page does; where that is to pause, its runs stay.

    state: its session's. Called in the thread by which all words come: it waits for nothing.
    Raises: KeyError where the session has no such bench; TypeError or ValueError where the browser talks nonsense.
    """
    memory = state[f"dlviz.bench.{key}"]
    memory["heard"] = said
    report = _read(said, memory.get("command", {}))
    if not report.playing and report.goal is None:
        for hold in memory.get("held", ()):
            hold.stay()


def open_at(key: str, step: int | None) -> None:
    """Show the moment after `step` as soon as the run has come that far, and stay there; None follows the newest.

    A page calls it when it is opened by a link to a moment.
    """
    memory = _memory(key)
    if step is None:
        memory.pop("open_at", None)
        move(key, playing=True, at="newest")
    else:
        memory |= {"open_at": step, "breath": True}


def move(key: str, **command: object) -> None:
    """Move the player from Python: playing=bool, at=step or "newest", speed=…"""
    memory = _memory(key)
    memory["command"] = {"number": memory.get("command", {}).get("number", 0) + 1, **command}


# ------------------------------------------------------------------------------------ the bench


def bench(
    key: str,
    tracks: Sequence[Track],
    figures: Sequence[Figure],
    *,
    on_fork: Callable[[int], None] | None = None,
    on_settle: Callable[[int | None], None] | None = None,
) -> None:
    """Put the bench on the page; the first track is the current one.

    `on_fork` is called with the step where the viewer wants a new future, then the page runs again.
    `on_settle` is called with the step on show (None: the newest) whenever the viewer has come to rest at another.
    """
    busy = _busy(key, tracks)
    look = part(_look, partial(_pace, key, tracks[0].spec) if busy else partial(_idle_pace, key))
    with st.container(key=f"bench.{key}"):
        look(key, tuple(tracks), tuple(figures), on_fork, on_settle, busy)


def _pace(key: str, spec: RunSpec) -> float:
    """Return the seconds to the next look at a bench on which something moves: in a crowd fewer until it is seen to."""
    now = snapshot(key, spec)
    moved = now is not None and bool(now.recording.moments) and now.recording.moments[-1].step > 0
    return crowd.pace(LOOK) if moved else max(LOOK, crowd.pace(FIRST_LOOK))


def _idle_pace(key: str) -> float:
    """Return the seconds to the next look at a bench on which nothing moves but perhaps the viewer."""
    return crowd.pace(SETTLING) if _memory(key).get("unsettled") else IDLE_LOOK


def _look(
    key: str,
    tracks: tuple[Track, ...],
    figures: tuple[Figure, ...],
    on_fork: Callable[[int], None] | None,
    on_settle: Callable[[int | None], None] | None,
    busy: bool,
) -> None:
    """Look at the engine once: say what is wanted, show what is new, do what the browser asked for."""
    held = [watch(key, track.spec, place) for place, track in enumerate(tracks)]
    _memory(key)["held"] = [hold for hold in held if hold is not None]
    for place, hold in enumerate(held):
        if hold is not None:
            hold.want(_goal(key, place))
    _hold_breath(key, held[0])
    _obey(key, held, on_fork)
    now = [hold.snapshot() if hold else None for hold in held]
    _arrive(key, now[0])
    mount(
        "bench",
        key=key,
        data=_message(key, tracks, now, figures, on_fork is not None),
        default={"bench": {}, "need": {}},
    )
    _settle(key, on_settle)
    if busy != _busy(key, tracks):
        st.rerun()


def _busy(key: str, tracks: Sequence[Track]) -> bool:
    """Return whether anything on the bench moves or is about to."""
    return any(moves(key, track.spec, place) for place, track in enumerate(tracks))


def _goal(key: str, place: int) -> float:
    """Return how far this viewer wants the run at `place` to go."""
    said, arriving = report(key), _memory(key).get("open_at")
    if arriving is not None and place == 0:
        return arriving
    if said.playing:
        return PLAY
    return said.goal if said.goal is not None and place == 0 else HOLD


def _arrive(key: str, now: Snapshot | None) -> None:
    """Show the moment that the page was opened at, once the run has come that far."""
    memory = _memory(key)
    step = memory.get("open_at")
    if step is not None and now is not None and _is_there(step, now):
        del memory["open_at"]
        move(key, playing=False, at=step)


def _is_there(step: int, now: Snapshot) -> bool:
    """Return whether the run has recorded the step, or will never come that far."""
    moments = now.recording.moments
    newest = moments[-1].step if moments else -1  # word of a step may come before what was recorded there
    return newest >= step or (now.state in OVER and (now.state != "finished" or newest >= now.step))


def _hold_breath(key: str, hold: Watch | None) -> None:
    """Wait a little, and once, for the moment that the page was opened at."""
    memory = _memory(key)
    if hold is None or "open_at" not in memory or not memory.pop("breath", False):
        return
    until = monotonic() + crowd.patience(BREATH)
    with turns.aside():
        while monotonic() < until and not _is_there(memory["open_at"], hold.snapshot()):
            sleep(0.01)


def _settle(key: str, on_settle: Callable[[int | None], None] | None) -> None:
    """Tell the page where the viewer came to rest: the same place at two looks."""
    memory = _memory(key)
    said = report(key)
    at = said.at
    rested = memory.get("seen_at", at) == at and not said.rolling
    memory["seen_at"] = at
    if on_settle is not None and rested and "open_at" not in memory and memory.get("settled_at") != at:
        memory["settled_at"] = at
        on_settle(at)
    memory["unsettled"] = on_settle is not None and not said.rolling and memory.get("settled_at") != at


def _obey(key: str, held: list[Watch | None], on_fork: Callable[[int], None] | None) -> None:
    """Do what the browser asked for since the last look, each thing once."""
    memory = _memory(key)
    for number, event, step in _said(key).get("events", []):
        if number <= memory.get("obeyed", 0):
            continue
        memory["obeyed"] = number
        if event == "again":
            for hold in filter(None, held):
                hold.again()
        if event == "fork" and on_fork is not None:
            on_fork(int(step))
            st.rerun()


# ------------------------------------------------------------------------------------ messages


def _message(
    key: str, tracks: Sequence[Track], now: Sequence[Snapshot | None], figures: Sequence[Figure], forks: bool
) -> bytes:
    """Return what the browser does not know yet as one buffer; the last one again where there is no news."""
    memory = _memory(key)
    sent: dict[str, list[int]] = memory.setdefault("sent", {})
    _forget_what_was_lost(key, sent)
    headers, arrays = [], {}
    for place, (track, one) in enumerate(zip(tracks, now, strict=True)):
        header, new = _track(place, track, one, sent)
        headers.append(header)
        arrays |= {f"{place}/{i}/{name}": values for i, row in enumerate(new) for name, values in row.arrays.items()}
    news = {
        "player": key,
        "tracks": headers,
        "numbers": [{**figure._asdict(), "digits": 3} for figure in figures],
        "words": _words(),
        "actions": {"fork": forks},
        "command": memory.get("command"),
    }
    if arrays or news != memory.get("news"):
        memory["news"] = news
        memory["sequence"] = memory.get("sequence", 0) + 1
        memory["buffer"] = pack({**news, "sequence": f"{session()}{memory['sequence']}"}, arrays)
    return memory["buffer"]


def _track(
    place: int, track: Track, now: Snapshot | None, sent: dict[str, list[int]]
) -> tuple[dict[str, object], Sequence[Moment]]:
    """Return a track's header and the moments that have not been sent."""
    header = {"run": _run(track, now), "label": track.label, "current": place == 0, "epochs": track.spec.epochs}
    if now is None:
        return {**header, "from": 0, "moments": [], "state": "starting", "message": _starting()}, ()
    rows = now.recording.moments
    steps = [row.step for row in rows]
    known = sent.get(header["run"], [])
    first = next((i for i, (a, b) in enumerate(zip(steps, known, strict=False)) if a != b), min(len(steps), len(known)))
    sent[header["run"]] = steps
    return {
        **header,
        "from": first,
        "moments": [[row.step, row.epoch] for row in rows[first:]],
        "state": now.state,
        "place": now.place or None,
        "message": _said_of(now),
        "total_steps": now.total_steps,
        "diverged_at": now.recording.diverged_at,
        "forked_at": common_past(track.spec, track.parent) if track.parent else None,
        "parent": track.parent.digest if track.parent else None,
        "edits": [{"step": edit.step, "label": ""} for edit in track.spec.edits],
    }, rows[first:]


def common_past(one: RunSpec, other: RunSpec) -> int | None:
    """Return the last step up to which two runs are the same by their specs, None where they never differ."""
    turns = sorted({edit.step for edit in (*one.edits, *other.edits)})
    if one.knobs_at(0) != other.knobs_at(0):
        return 0
    return next((step for step in turns if _done_at(one, step) != _done_at(other, step)), None)


def _done_at(spec: RunSpec, step: int) -> tuple[object, object]:
    """Return what holds at a step: the knobs, and the weights set by hand there."""
    return spec.knobs_at(step), spec.weights_set_at(step)


def _run(track: Track, now: Snapshot | None) -> str:
    return now.recording.spec.digest if now else track.spec.digest


def _starting() -> str:
    """Return why nothing runs yet, in the viewer's language."""
    error = engine.current().error
    return t("bench.no_engine", reason=error) if error else t("bench.warming_up")


def _said_of(now: Snapshot) -> str:
    """Return what there is to say of a run's state, in the viewer's language."""
    if now.state == "diverged":
        return t("bench.diverged", step=f"{now.recording.diverged_at:,}")
    if now.state == "lost":
        return t("bench.lost", step=f"{now.step:,}")
    return reasons.say(now.message, markdown=False) if now.state == "failed" else ""


def _forget_what_was_lost(key: str, sent: dict[str, list[int]]) -> None:
    """Send again what the browser says it does not have (messages may overtake each other)."""
    if not _said(key):  # nothing was heard of the browser yet: its first message may have come before its script
        sent.clear()
    need: Mapping[str, object] = _state(key).get("need") or {}
    memory = _memory(key)
    if need and need != memory.get("needed"):
        memory["needed"] = dict(need)
        sent[str(need.get("run"))] = sent.get(str(need.get("run")), [])[: int(need.get("have", 0))]


def _words() -> dict[str, str]:
    """Return all that the bench says by itself, in the viewer's language."""
    place = catalogue.LANGUAGES.index(language())
    return {name: both[place] for name, both in catalogue.words("bench").items()}


# -------------------------------------------------------------------------------------- memory


def _state(key: str) -> Mapping[str, object]:
    return st.session_state.get(key) or {}


def _said(key: str) -> Mapping[str, object]:
    """Return the browser's last report; Streamlit forgets it with the page, a bench that comes back does not."""
    memory = _memory(key)
    memory["said"] = memory.get("heard") or _state(key).get("bench") or memory.get("said", {})
    return memory["said"]


def _memory(key: str) -> dict[str, object]:
    """Return what this session remembers of the bench between two looks."""
    return st.session_state.setdefault(f"dlviz.bench.{key}", {})
