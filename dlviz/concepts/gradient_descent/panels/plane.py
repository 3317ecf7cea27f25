"""The plane: the loss of the real network over a plane through its weights, with the ways of both who train it.

The map is made for the moment on show. While the runs go on, their markers walk over the map that there is;
wherever they come to rest, it is made anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import streamlit as st

from dlviz.concepts.gradient_descent import recording
from dlviz.concepts.gradient_descent.panels.stage import COMPUTE
from dlviz.concepts.gradient_descent.panels.walkers import (
    BENCH,
    PAGE,
    Walker,
    epoch_shown,
    moving,
    names,
    walkers,
)
from dlviz.concepts.gradient_descent.spec import DEFAULT, Cut, Real
from dlviz.recording import pack
from dlviz.ui import bench, crowd, fields, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import part

LOOK = 1.0  # seconds between two looks for whether the runs have come to rest, or an answer has come
PATIENCE = 2.0
KEY = "walks"
ASKED = "gradient_descent.plane.asked"  # the question on show
FLIPPED = "gradient_descent.plane.flipped"  # the mini-batch that the browser said it shows
LAST_BATCH = 1000
LONGEST = 300  # recorded weights that a path is made of
MOST_NUMBERS = 2_000_000  # of all weights of a path
SIZES = (1, 2, 5, 10, 25, 50, 125)


class Question(NamedTuple):
    """What a map is made of: both runs, their recorded weights (R, D), the weights (D,) on show, and how it is cut."""

    given: Real
    runs: tuple[str, str]
    paths: tuple[np.ndarray, np.ndarray]
    here: tuple[np.ndarray, np.ndarray]
    steps: tuple[int, int]
    epoch: float

    @property
    def cut(self) -> Cut:
        """How it is cut, without what only the browser needs."""
        plain = {} if self.given.map.ground == "batch" else {"ground_size": Cut().ground_size}
        return self.given.map.model_copy(update={"ground_batch": 0, **plain})

    @property
    def name(self) -> str:
        """What tells this map from others, whatever of the paths has been recorded since."""
        return f"{self.runs} {self.steps} {self.cut!r}"


def panel() -> None:
    """Show the map of the moment on show."""
    with st.container(key=f"{PAGE}-plane"):
        part(_plane, crowd.pace(LOOK))()


def _plane() -> None:
    _take_over()
    given = links.current(DEFAULT).real
    now, asked = question(given), st.session_state.get(ASKED)
    if now is not None and (asked is None or _wanted(given, asked, now)):
        asked = st.session_state[ASKED] = now
    if asked is None:
        st.caption(t(f"{PAGE}.real.large" if _large(given) else "bench.warming_up"))
    else:
        _show(asked, given)


def _wanted(given: Real, asked: Question, now: Question) -> bool:
    """Return whether another map is due: of other runs or another cut at once, of the same ones where they rest.

    While they move, the map stays, so that one sees them walk; only ways that have become twice as long have another.
    """
    if (asked.runs, asked.cut) != (now.runs, now.cut) or _length(now) >= 2 * _length(asked):
        return True
    return asked.name != now.name and not moving(given)


def _length(asked: Question) -> int:
    return sum(map(len, asked.paths))


def _large(given: Real) -> bool:
    """Return whether the network is so large that its weights are not recorded."""
    now = bench.snapshot(BENCH, given.runs[0])
    return now is not None and any("weights" not in one for one in now.recording.moments)


# ---------------------------------------------------------------------------------- what is asked


def question(given: Real) -> Question | None:
    """Return what to ask of the moment on show, None where nothing is recorded yet."""
    both = walkers(given)
    if both is None:
        return None
    epoch = epoch_shown(both[0])
    here = tuple(one.until(epoch) for one in both)
    at = min(epoch, here[0].epoch)
    return Question(
        given,
        tuple(one.run.digest for one in both),
        tuple(_path(one) for one in both),
        tuple(one["weights"] for one in here),
        tuple(one.step for one in here),
        at,
    )


def _path(one: Walker) -> np.ndarray:
    """Return the recorded weights (R, D), evenly thinned where there are many; the first and the newest stay."""
    count = len(one.moments)
    most = max(2, min(LONGEST, MOST_NUMBERS // len(one.moments[0]["weights"])))
    kept = np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int))
    return np.stack([one.moments[i]["weights"] for i in kept])


# --------------------------------------------------------------------------------- the controls


def controls(given: Real) -> dict[str, object]:
    """Show how the loss is mapped, and return the field that holds what the visitor made of it."""
    now = given.map
    with st.container(key=f"{PAGE}-map"):
        changes = {"cut": _choice("cut", now), "ground": _choice("ground", now)}
        if changes["ground"] == "batch":
            changes["ground_size"] = _size(now)
    changed = any(value != getattr(now, one) for one, value in changes.items())
    return {"map": now.model_copy(update={**changes, "ground_batch": 0}) if changed else now}


def _choice(field: str, now: Cut) -> str:
    options = fields.options_of(Cut.model_fields[field])
    words = {one: t(f"{PAGE}.real.{field}.{one}") for one in options}
    label, help = t(f"{PAGE}.real.{field}"), t(f"{PAGE}.real.{field}.help")
    return fields.choice(label, options, getattr(now, field), f"{PAGE}.{field}", names=words.get, help=help, segments=0)


def _size(now: Cut) -> int:
    key, options = f"{PAGE}.ground_size", sorted({*SIZES, now.ground_size})
    fields.follow(key, now.ground_size, options, options)
    label, help = t(f"{PAGE}.real.ground_size"), t(f"{PAGE}.real.ground_size.help")
    value = st.select_slider(label, options, value=st.session_state[key], key=key, help=help)
    fields.report(key, value, options)
    return value


# ------------------------------------------------------------------------------- what is shown


def _show(asked: Question, given: Real) -> None:
    arguments = (asked.given.runs[0], asked.paths, asked.here, asked.cut)
    try:
        found = ask(f"{PAGE}.plane", f"{COMPUTE}:loss_map", *arguments, note=asked, wait=PATIENCE)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    if found is None:
        st.caption(t(f"{PAGE}.real.mapping"))
        return
    mount(KEY, key=KEY, data=picture(found.note, found.value, given.map.ground_batch), on_change={"batch": _flipped})
    st.caption(said(found.note, found.value))


def _flipped() -> None:
    """Note the mini-batch on show; callbacks write no link."""
    told: Mapping[str, object] = (st.session_state.get(KEY) or {}).get("batch") or {}
    st.session_state[FLIPPED] = told.get("number")


def _take_over() -> None:
    """Let the link name the mini-batch on show."""
    number, view = st.session_state.pop(FLIPPED, None), links.current(DEFAULT)
    if isinstance(number, int) and 0 <= number <= LAST_BATCH:
        cut = view.real.map.model_copy(update={"ground_batch": number})
        links.write(view.model_copy(update={"real": view.real.model_copy(update={"map": cut})}), DEFAULT)


def picture(asked: Question, found: recording.LossMap, batch: int) -> bytes:
    """Return all that the component draws, in the visitor's language."""
    words = all_below(f"{PAGE}.walks.")
    words["height"] = words[f"height.{asked.cut.ground}"]
    header = {
        "player": BENCH,
        "runs": [{"run": run, "label": name} for run, name in zip(asked.runs, names(asked.given.runs), strict=True)],
        "cut": asked.name,
        "epoch": asked.epoch,
        "batch": batch,
        "batches": found.batches,
        "words": words | axes(asked, found),
    }
    floats = ("heights", "here", "origin", "directions", "measures")
    arrays = {one: getattr(found, one).astype(np.float32) for one in floats}
    return pack(header, arrays | {"across": found.across, "along": found.along})


def axes(asked: Question, found: recording.LossMap) -> dict[str, str]:
    """Return the names of both axes."""
    if asked.cut.cut != "main":
        return {one: t(f"{PAGE}.real.{one}.{asked.cut.cut}", name=names(asked.given.runs)[0]) for one in "xy"}
    shares = {one: percent(share) for one, share in zip("xy", found.explained, strict=True)}
    return {one: t(f"{PAGE}.real.{one}.main", share=shares[one]) for one in "xy"}


def percent(share: float) -> str:
    """Return a share of 0 to 1 in per cent, with as many digits as mean something."""
    value = 100 * min(1.0, max(0.0, float(share)))
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 0.1 else f"{value:.2g}"


def said(asked: Question, found: recording.LossMap) -> str:
    """Return the sentence under the map: what it is cut along, and how much of both ways it shows."""
    share = percent(float(found.explained.sum()))
    count = f"{found.heights[0].size:,}"
    return t(f"{PAGE}.real.said.{asked.cut.cut}", share=share, count=count)
