"""The edge of stability: how sharply the loss of the real network bends while it learns, and how sharply it may.

Every moment is measured once; while the runs go on, the lines grow. The steps that are measured lie on a grid that
becomes twice as wide whenever a run has become twice as long, so that all that is known stays of use.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

from dlviz.concepts.gradient_descent.panels.walkers import (
    BENCH,
    PAGE,
    SOLUTIONS,
    Walker,
    moving,
    names,
    significant,
    walkers,
)
from dlviz.concepts.gradient_descent.recording import Edge
from dlviz.concepts.gradient_descent.spec import DEFAULT
from dlviz.recording import Moment, pack
from dlviz.spec import MOST_MAPPED, Linear
from dlviz.ui import links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.fields import option
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import keep_looking, looked
from dlviz.ui.stacks import readable

KEY = "edge"
LOOK = 0.5
PATIENCE = 0.15  # seconds to wait for each run's answer
PART = f"{PAGE}.edge"  # of the page, that waits for an answer
KNOWN = f"{PAGE}.edge.known"  # what was measured of which run
MOST = 96  # moments of a run that are measured
AT_ONCE = 16  # moments that one question asks about
REMEMBERED = 8  # runs
NEAR = 0.15  # of the limit: a mean sharpness that is closer hovers there


class Measured(NamedTuple):
    """What is known of one run: at R steps and epochs, rising, the same as in Edge."""

    steps: np.ndarray
    epochs: np.ndarray
    values: np.ndarray
    errors: np.ndarray
    limits: np.ndarray


def panel() -> None:
    """Show the largest eigenvalues of both runs' Hessians, step by step, and the limit of stability."""
    st.markdown(t(f"{PAGE}.edge.lead"))
    with st.container(key=f"{PAGE}-edge"):
        keep_looking(PART, _edge, LOOK)


def _edge(waiting: bool) -> None:
    given = links.current(DEFAULT).real
    found = walkers(given)
    if given.run.parameters > MOST_MAPPED:
        st.caption(t(f"{PAGE}.edge.large", count=f"{MOST_MAPPED:,}"))
        looked(PART, waiting, owed=False)
    elif found is None:
        st.caption(t("bench.warming_up"))
        looked(PART, waiting, owed=True)
    else:
        missing = [_measure(one, place) for place, one in enumerate(found)]
        _show(found)
        looked(PART, waiting, owed=any(missing) or moving(given))


# ------------------------------------------------------------------------------------ measuring


def marks(moments: tuple[Moment, ...], over: bool, most: int = MOST) -> list[Moment]:
    """Return the moments to measure: those at multiples of a power of two, and the last one of a run that is over.

    At most `most` and two; as a run goes on, the power grows, and what was measured on its multiples stays of use.
    """
    steps = np.array([moment.step for moment in moments])
    wide = 1
    while steps[-1] / wide > most:
        wide *= 2
    places = np.searchsorted(steps, np.arange(steps[0], steps[-1] + 1, wide), side="right") - 1
    chosen = {int(place) for place in places} | ({len(moments) - 1} if over else set())
    return [moments[place] for place in sorted(chosen)]


def _measure(one: Walker, place: int) -> bool:
    """Ask about moments of a run that are not known yet; return whether there are any."""
    known = _remembered().setdefault(one.run.digest, {})
    missing = [moment for moment in marks(one.moments, one.over) if moment.step not in known][:AT_ONCE]
    if not missing:
        return False
    steps, rows = np.array([moment.step for moment in missing]), np.stack([moment["weights"] for moment in missing])
    note = (one.run.digest, steps.tolist())
    try:
        found = ask(f"{PAGE}.edge.{place}", f"{SOLUTIONS}:edge", one.run, steps, rows, note=note, wait=PATIENCE)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return False
    if found is not None:
        learn(_remembered(), *found.note, found.value)
    return True


def learn(known: dict[str, dict[int, tuple]], run: str, steps: list[int], found: Edge) -> None:
    """Add what was found of a run to what is known of all, and forget runs that were asked about long ago."""
    rows = zip(found.values, found.errors, found.limits, strict=True)
    known[run] = {**known.pop(run, {}), **dict(zip(steps, rows, strict=True))}
    for old in list(known)[:-REMEMBERED]:
        del known[old]


def _remembered() -> dict[str, dict[int, tuple]]:
    return st.session_state.setdefault(KNOWN, {})


def known_of(one: Walker) -> Measured | None:
    """Return what is known of a run, in the order of its steps; None where that is nothing yet."""
    known = _remembered().get(one.run.digest)
    if not known:
        return None
    epochs = {moment.step: moment.epoch for moment in one.moments}
    steps = sorted(known.keys() & epochs)
    values, errors, limits = (np.array([known[step][i] for step in steps], np.float64) for i in range(3))
    return Measured(np.array(steps), np.array([epochs[step] for step in steps]), values, errors, limits)


def complete(one: Walker) -> Measured | None:
    """Return what is known of a run that is over and has been measured to its end, None before."""
    told = known_of(one) if one.over else None
    return told if told and {moment.step for moment in marks(one.moments, True)} <= set(told.steps.tolist()) else None


# -------------------------------------------------------------------------------------- showing


def _show(found: tuple[Walker, Walker]) -> None:
    told = {one.run.digest: (one, known) for one in found if (known := known_of(one))}
    if not told:
        st.caption(t(f"{PAGE}.edge.measuring"))
        return
    over = "step" if len({one.run.knobs.batch_size for one in found}) == 1 else "epoch"
    words = {**all_below(f"{PAGE}.edges."), "x": t(f"{PAGE}.edges.x.{over}")}
    header = {"player": BENCH, "runs": list(told), "over": over, "words": words}
    mount("edge", key=KEY, data=pack(header, arrays([known for _, known in told.values()], over)))
    labels = dict(zip((one.run.digest for one in found), names((found[0].run, found[1].run)), strict=True))
    for run, (one, known) in told.items():
        st.caption(said(one, known, labels[run]))
    error = max(float(known.errors.max()) for _, known in told.values())
    st.caption(t(f"{PAGE}.edge.how", error=readable(error)))


def arrays(told: list[Measured], over: str) -> dict[str, np.ndarray]:
    """Return the numbers that the picture draws, over steps or epochs."""
    places = {"step": "steps", "epoch": "epochs"}[over]
    kinds = {"places": places, "values": "values", "limits": "limits"}
    return {
        f"{place}/{name}": getattr(one, what).astype(np.float32)
        for place, one in enumerate(told)
        for name, what in kinds.items()
    }


def late(told: Measured) -> np.ndarray:
    """Return the sharpness at what was measured in the second half of the steps."""
    return told.values[told.steps >= told.steps[-1] / 2, 0]


def where(told: Measured) -> str:
    """Return whether the second half was, on average, "below" the limit, "hovers" around it, or "above"; or "none"."""
    mean, limit = late(told).mean(), told.limits[-1]
    if not np.isfinite(limit):
        return "none"
    return "below" if mean < (1 - NEAR) * limit else "above" if mean > (1 + NEAR) * limit else "hovers"


def said(one: Walker, told: Measured, name: str) -> str:
    """Return what the numbers of a run say about its limit: how sharp the second half of its steps was."""
    half, limit = late(told), float(told.limits[-1])
    numbers = {"mean": half.mean(), "low": half.min(), "high": half.max(), "limit": limit}
    words = {one_: significant(value) for one_, value in numbers.items()}
    optimizer = option(one.run.knobs.optimizer)
    text = t(f"{PAGE}.edge.said.{where(told)}", name=name, optimizer=optimizer, **words)
    if level(one):
        return f"{text} {t(f'{PAGE}.edge.said.level')}"
    if all_at_once(one) or not np.isfinite(limit):
        return text
    return f"{text} {t(f'{PAGE}.edge.said.some', count=one.run.knobs.batch_size)}"


def level(one: Walker) -> bool:
    """Return whether the loss is a paraboloid, which bends alike wherever the weights stand."""
    run = one.run
    return isinstance(run.network, Linear) and run.data.about == "number" and run.knobs.fault == "squared"


def all_at_once(one: Walker) -> bool:
    """Return whether the run sees all of its points in every step: then an epoch is one step."""
    last = one.moments[-1]
    return last.step <= last.epoch * (1 + 1e-9)
