"""Many seeds: was it luck? The setting on the stage from other seeds, each a whole run, a dot for each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from dlviz.concepts.logistic_regression.panels.lab import COMPUTE, KEY, LAB
from dlviz.concepts.logistic_regression.recording import Trial
from dlviz.concepts.logistic_regression.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.spec import RunSpec
from dlviz.ui import bench, crowd, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import have_page_follow, part

SEEDS = f"{KEY}.seeds"
LEARNING = f"{SEEDS}.learning"  # what was asked for, and what has come of it
COUNT = 10
AT_ONCE = 2  # runs under way
LOOK = 0.5  # seconds between two looks


@dataclass
class Learning:
    """A setting and what its runs have come to so far: of each seed its trial, None where it diverged."""

    run: RunSpec
    trials: dict[int, Trial | None] = field(default_factory=dict)
    failure: str = ""

    @property
    def due(self) -> bool:
        """Whether there is more to come."""
        return not self.failure and len(self.trials) < COUNT


def setting(run: RunSpec) -> RunSpec:
    """Return what the runs of all seeds have in common: the run as it began, without what was turned on the way."""
    return run.model_copy(update={"seed": 0, "edits": ()})


def panel() -> None:
    """Let the setting on the stage begin from many seeds, and show how they all ended."""
    learning = st.session_state.get(LEARNING)
    due = learning is not None and learning.due
    part(_seeds, crowd.pace(LOOK) if due else None)(due)


def _seeds(due: bool) -> None:
    view, learning = links.current(DEFAULT), st.session_state.get(LEARNING)
    st.markdown(t(f"{SEEDS}.lead", count=COUNT))
    if learning is not None and learning.due:
        _advance(learning)
    running = learning is not None and learning.due
    look = {"icon": ":material/casino:", "type": "primary", "disabled": running}
    st.button(t(f"{SEEDS}.ask", count=COUNT), key=f"{SEEDS}.ask", on_click=_begin, **look)
    if learning is not None:
        _show(view, learning)
    if due != running:
        st.rerun()


def _begin() -> None:
    st.session_state[LEARNING] = Learning(setting(links.current(DEFAULT).run))


def _advance(learning: Learning) -> None:
    """Take in what has come, and ask for the next seeds."""
    waiting = 0
    for seed in range(COUNT):
        if seed in learning.trials or waiting == AT_ONCE:
            continue
        run = learning.run.model_copy(update={"seed": seed})
        try:
            found = ask(f"{SEEDS}.{seed}", f"{COMPUTE}:trial", run, wait=0)
        except Failed as failure:
            learning.failure = str(failure)
            return
        if found is not None and found.fresh:
            learning.trials[seed] = found.value
        else:
            waiting += 1


# ---------------------------------------------------------------------------------- what came out


def _show(view: View, learning: Learning) -> None:
    if learning.failure:
        st.warning(reasons.say(learning.failure))
    if setting(view.run) != learning.run:
        st.caption(t(f"{SEEDS}.other"))
    if learning.due:
        st.caption(t(f"{SEEDS}.so_far", done=len(learning.trials), count=COUNT))
    known = {seed: trial for seed, trial in sorted(learning.trials.items()) if trial is not None}
    if known:
        mount("luck", key=f"{SEEDS}.picture", data=picture(view, learning.run, known), on_change={"open": _open})
        st.caption(t(f"{SEEDS}.spread"))
    lost = len(learning.trials) - len(known)
    if lost:
        st.caption(t(f"{SEEDS}.lost", lost=lost))


def judged(trials: dict[int, Trial]) -> str:
    """Return on which part the trials are judged: on test rows where there are some, which nothing was chosen by."""
    parts = next(iter(trials.values())).scores
    return next(part for part in ("test", "validation", "train") if part in parts)


def picture(view: View, run: RunSpec, trials: dict[int, Trial]) -> bytes:
    """Return a row of dots for each measure, with its mean and standard deviation in words."""
    part = judged(trials)
    scores = [trial.scores[part] for trial in trials.values()]
    rows = {"accuracy": [score.accuracy for score in scores], "area": [score.area for score in scores]}
    rows = {name: values for name, values in rows.items() if None not in values}
    header = {
        "percent": False,
        "seeds": list(trials),
        "rows": [{"label": _label(name, part), "mean": spread(values)} for name, values in rows.items()],
        "stage": view.run.seed if setting(view.run) == run and not view.run.edits else None,
        "words": {"label": t(f"{SEEDS}.label"), "at": t(f"{SEEDS}.at")},
    }
    return pack(header, {"values": np.array(list(rows.values()), np.float32)})


def _label(name: str, part: str) -> str:
    return t(f"{SEEDS}.{name}", part=t(f"{KEY}.judge.{part}"))


def spread(values: list[float]) -> str:
    """Return mean ± standard deviation (over one less than there are) as text; of one value itself alone."""
    if len(values) < 2:
        return f"{values[0]:.3f}"
    return f"{np.mean(values):.3f} ± {np.std(values, ddof=1):.3f}"


def _open() -> None:
    """Put the run of a seed on the stage, and keep the one that was there beside it."""
    said = (st.session_state.get(f"{SEEDS}.picture") or {}).get("open") or {}
    view, learning, seed = links.current(DEFAULT), st.session_state.get(LEARNING), said.get("seed")
    if learning is None or seed not in learning.trials:
        return
    run = learning.run.model_copy(update={"seed": seed})
    if run == view.run:
        return
    links.put(LAB.keep(view, view.run).model_copy(update={"run": run, "at": None}))
    bench.move(KEY, playing=True, at="newest")
    have_page_follow()
