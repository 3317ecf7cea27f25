"""The loss around the weights: the landscape that the run on the stage walks down, and where on it the run stands.

The landscape is cut through the weights of the moment on show. While the run plays, its marker walks over the
cut that there is; wherever it comes to rest, the landscape is cut anew, so that the height under it is its loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import streamlit as st

from dlviz.concepts.playground.panels import places, runs
from dlviz.concepts.playground.panels.stage import COMPUTE, HAND
from dlviz.concepts.playground.recording import Valley
from dlviz.concepts.playground.spec import DEFAULT, Directions, View
from dlviz.recording import pack
from dlviz.spec import MOST_WEIGHTS, RunSpec
from dlviz.ui import bench, crowd, fields, futures, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.buttons import pressed
from dlviz.ui.components import mount
from dlviz.ui.language import now as language
from dlviz.ui.language import t
from dlviz.ui.parts import have_page_follow, part
from dlviz.words import catalogue

LOOK = 1.2  # seconds between two looks for whether the run has come to rest, or an answer has come
ASKED = "playground.valley.asked"  # the question on show
KEY = "landscape"
LONGEST = 300  # recorded weights that a path is made of
MOST_NUMBERS = 2_000_000  # of all weights of a path
WALKS = 20_000  # weights of the largest network whose way is followed in the browser
OFFERED = 400  # weights to choose from: those that moved most
PATIENCE = 2.0
FOLLOWS = 0.97  # correlation from which on two weights make the same movement
WORDS = (
    "label",
    "loss",
    "here",
    "start",
    "way",
    "ahead",
    "marker",
    "cut",
    "away",
    "pointed",
    "none",
    "use",
    "use_help",
)


class Question(NamedTuple):
    """What a landscape is cut through: the weights (D,) of a run at a step, by its path (R, D) and some directions."""

    run: RunSpec
    step: int
    weights: np.ndarray
    path: np.ndarray
    directions: Directions
    pair: tuple[int, int]

    @property
    def name(self) -> tuple[str, int, str, tuple[int, int]]:
        """What tells this cut from others, whatever of the path has been recorded since."""
        return (self.run.digest, self.step, self.directions, self.pair if self.directions == "weights" else (0, 0))


def panel(_: View) -> None:
    """Show the loss around the weights of the moment on show."""
    with st.container(key="playground-valley"):
        part(_valley, crowd.pace(LOOK))()


def _valley() -> None:
    view, asked = links.current(DEFAULT), st.session_state.get(ASKED)
    now = question(view)
    anew = _chosen(view, now)
    if now is not None and (asked is None or anew or _wanted(view, asked, now)):
        st.session_state[ASKED] = question(links.current(DEFAULT))
    if st.session_state.get(ASKED) is None:
        st.caption(t("bench.warming_up"))
    else:
        _show(st.session_state[ASKED])


def _wanted(view: View, asked: Question, now: Question) -> bool:
    """Return whether another cut is due: of another run at once, of the same one wherever it comes to rest.

    While it moves, the cut stays, so that one sees it walk; only a way that has become twice as long has another map.
    """
    if asked.run != now.run or len(now.path) >= 2 * len(asked.path):
        return True
    return asked.name != now.name and not bench.moves(runs.BENCH, view.run)


# ---------------------------------------------------------------------------------- what is asked


def question(view: View) -> Question | None:
    """Return what to ask of the moment on show, None where nothing is recorded yet."""
    shown, one = runs.shown(view), runs.now(view)
    if shown is None or one is None:
        return None
    rows = [m["weights"] for m in one.recording.moments if "weights" in m and np.isfinite(m["weights"]).all()]
    at = one.recording.at(shown.step)
    if not rows or "weights" not in at:
        return None
    most = max(2, min(LONGEST, MOST_NUMBERS // len(rows[0])))
    kept = np.unique(np.linspace(0, len(rows) - 1, min(len(rows), most)).round().astype(int))
    path = np.stack([rows[i] for i in kept])
    return Question(runs.settled(view), at.step, at["weights"], path, view.directions, pair(view, path))


def pair(view: View, path: np.ndarray) -> tuple[int, int]:
    """Return the places of the two weights that the view names, or else of two that moved far on the path (R, D).

    The two scores of two classes move as mirror images, and a plane through both would show one movement twice:
    the second is the one that moved farthest of those that did not just follow the first.
    """
    named = [place for place in (view.weight_across, view.weight_up) if place is not None and place < path.shape[1]]
    far = [place for place in movement(path) if place not in named]
    first = named[0] if view.weight_across in named else far.pop(0)
    if view.weight_up in named and view.weight_up != first:
        return first, view.weight_up
    free = [place for place in far if place != first]
    return first, next((place for place in free if not _follows(path[:, first], path[:, place])), free[0])


def _follows(one: np.ndarray, other: np.ndarray) -> bool:
    one, other = one - one.mean(dtype=float), other - other.mean(dtype=float)
    return abs(one @ other) > FOLLOWS * np.sqrt((one @ one) * (other @ other))


def movement(path: np.ndarray) -> list[int]:
    """Return the places of all weights, those first that moved most on the path (R, D)."""
    return np.argsort(-np.ptp(path, axis=0), kind="stable").tolist()


def _chosen(view: View, now: Question | None) -> bool:
    """Show what the cut may go along, and return whether the visitor wants another one."""
    names = lambda one: t(f"playground.valley.{one}")  # noqa: E731
    words, help = t("playground.valley.ask"), t("playground.valley.ask.help")
    with st.container(horizontal=True, vertical_alignment="bottom", key="playground-valley-ask"):
        options, label = Directions.__args__, t("playground.valley.directions")
        chosen = fields.choice(label, options, view.directions, "playground.directions", names=names)
        anew = pressed(words, "playground.valley.ask", icon=":material/landscape:", help=help)
    changes: dict[str, object] = {"directions": chosen}
    if chosen == "weights" and now is not None:
        with st.container(horizontal=True, key="playground-valley-pair"):
            changes |= _pair(now)
    changed = {name: value for name, value in changes.items() if value != getattr(view, name)}
    if changed:
        links.write(view.model_copy(update=changed), DEFAULT)
    return anew or bool(changed)


def _pair(now: Question) -> dict[str, int]:
    """Show the two weights, and return what the visitor made of them."""
    offered = sorted({*movement(now.path)[:OFFERED], *now.pair})
    names = {place: places.name_of(now.run, place) for place in offered}
    taken = {}
    for name, place, other in (("weight_across", *now.pair), ("weight_up", *now.pair[::-1])):
        options = [one for one in offered if one != other]
        words = t(f"playground.valley.{name}")
        help = t("playground.valley.weight.help")
        taken[name] = fields.choice(words, options, place, f"playground.{name}", names=names.get, help=help, segments=0)
    return taken


# ------------------------------------------------------------------------------- what is shown


def _show(asked: Question) -> None:
    try:
        found = ask("playground.valley", f"{COMPUTE}:valley", *asked, note=asked, wait=PATIENCE)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    if found is None:
        st.caption(t("playground.valley.looking"))
        return
    mount("landscape", key=KEY, data=picture(found.note, found.value), on_change={"place": _placed})
    st.caption(said(found.note, found.value))


def picture(asked: Question, found: Valley) -> bytes:
    """Return all that the component draws, in the visitor's language."""
    place, both = catalogue.LANGUAGES.index(language()), catalogue.words("playground")
    walks = len(found.origin) <= WALKS
    offset = found.origin[list(asked.pair)] if asked.directions == "weights" else np.zeros(2)
    header = {
        "player": runs.BENCH,
        "run": asked.run.digest,
        "cut": f"{asked.name}",
        "step": asked.step,
        "loss": found.here,
        "offset": offset.tolist(),
        "usable": asked.directions == "weights" or len(found.origin) <= MOST_WEIGHTS,
        "words": {name: both[f"landscape.{name}"][place] for name in (*WORDS, "use_help")} | axes(asked, found),
    }
    arrays = {"heights": found.heights.astype(np.float32)}
    arrays |= {"across": found.across + offset[0], "along": found.along + offset[1]}
    nothing = np.zeros(0, np.float32)
    for name in ("origin", "directions", "measures"):
        arrays[name] = getattr(found, name).astype(np.float32) if walks else nothing
    return pack(header, arrays)


def axes(asked: Question, found: Valley) -> dict[str, str]:
    """Return the names of the two axes: the two weights, or the directions with their share of the path's variance."""
    if asked.directions == "weights":
        return dict(zip("xy", (places.name_of(asked.run, place) for place in asked.pair), strict=True))
    if asked.directions == "chance":
        return {"x": t("playground.valley.first_chance"), "y": t("playground.valley.second_chance")}
    first, second = (f"{100 * share:.0f}" for share in found.explained)
    return {"x": t("playground.valley.first", share=first), "y": t("playground.valley.second", share=second)}


def said(asked: Question, found: Valley) -> str:
    """Return the sentence under the picture."""
    share = f"{100 * min(1.0, float(found.explained.sum())):.0f}"
    count = f"{found.heights.size:,}"
    return t(f"playground.valley.said.{asked.directions}", step=f"{asked.step:,}", count=count, share=share)


# -------------------------------------------------------------------------------- what it says


def _placed() -> None:
    """Put the weights of a place in the landscape on the stage, as if somebody had set them by hand."""
    view, answered = links.current(DEFAULT), st.session_state.get(ASKED)
    told: Mapping[str, object] = (st.session_state.get(KEY) or {}).get("place") or {}
    if answered is None or told.get("cut") != f"{answered.name}" or runs.settled(view) != answered.run:
        return
    try:
        changes = {int(place): float(value) for place, value in told.get("values", ())}
        weights = np.array(answered.weights, np.float32)
        weights[list(changes)] = list(changes.values())
    except (ValueError, TypeError, IndexError):  # no browser of ours says such a thing
        return
    if not changes:
        return
    moved = futures.weighed(runs.BENCH, view, answered.step, sorted(changes.items()), runs.keep)
    if moved == view:  # a value out of range, which was said
        return
    st.session_state[HAND] = {"digest": moved.run.digest, "step": answered.step, "weights": weights}
    links.put(moved)
    have_page_follow()
