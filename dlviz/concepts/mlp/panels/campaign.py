"""A campaign: many real runs; those that differ in their seeds only learn side by side, and are judged together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import streamlit as st

from dlviz.concepts.mlp.recording import Outcome
from dlviz.concepts.mlp.spec import DEFAULT, Part, View
from dlviz.recording import pack
from dlviz.spec import RunSpec
from dlviz.ui import crowd, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import part

COMPUTE = "dlviz.concepts.mlp.compute"
LOOK = 0.5  # seconds between two looks for the next runs
SEEDS = 5
Value = Callable[[RunSpec, Outcome], float]


class Row(NamedTuple):
    """One row of the picture: what it is called, the heading over it where there is one, and whether it stands out."""

    label: str
    group: str = ""
    chosen: bool = False


@dataclass
class Campaign:
    """Runs (one for each row and seed), what has come of them by digest, and whether somebody stopped it."""

    part: Part
    about: RunSpec  # the run on the stage as it was when this was asked
    runs: tuple[RunSpec, ...]
    found: dict[str, Outcome] = field(default_factory=dict)
    stopped: bool = False
    failure: str = ""

    @property
    def due(self) -> tuple[RunSpec, ...]:
        """The runs that come next, alike but for their seeds; none where nothing is left to do."""
        if self.stopped or self.failure:
            return ()
        left = [run for run in self.runs if run.digest not in self.found]
        return tuple(run for run in left if _seedless(run) == _seedless(left[0]))

    def scores(self, rows: Sequence[Sequence[RunSpec]], value: Value) -> np.ndarray:
        """Return (R, S) float64: the value of each run of each row, NaN where there is none (yet)."""
        return np.array([[self._score(run, value) for run in row] for row in rows], dtype=np.float64)

    def _score(self, run: RunSpec, value: Value) -> float:
        found = self.found.get(run.digest)
        return float("nan") if found is None else value(run, found)


def _seedless(run: RunSpec) -> RunSpec:
    return run.model_copy(update={"seed": 0})


def begun(key: str, view: View) -> Campaign | None:
    """Return the campaign of this name that was begun on the part on show, None where none was."""
    held: Campaign | None = st.session_state.get(key)
    return held if held is not None and held.part == view.part else None


def panel(key: str, runs_of: Callable[[View], tuple[RunSpec, ...]], show: Callable[[View, Campaign], None]) -> None:
    """Show the button that begins it, how far it is, and what came of it as far as it is."""
    held = begun(key, links.current(DEFAULT))
    due = held is not None and bool(held.due)
    part(_panel, crowd.pace(LOOK) if due else None)(key, runs_of, show, due)


def _panel(
    key: str, runs_of: Callable[[View], tuple[RunSpec, ...]], show: Callable[[View, Campaign], None], due: bool
) -> None:
    view = links.current(DEFAULT)
    held = begun(key, view)
    if held is not None:
        _advance(key, held)
    _button(key, view, held, runs_of)
    if held is not None:
        if held.failure:
            st.warning(reasons.say(held.failure))
        if len(held.found):
            show(view, held)
    if due != (held is not None and bool(held.due)):
        st.rerun()


def _advance(key: str, held: Campaign) -> None:
    """Take in all runs that are through, and ask for the next ones."""
    while runs := held.due:
        try:
            found = ask(key, f"{COMPUTE}:outcomes", runs)
        except Failed as failure:
            held.failure = str(failure)
            return
        if found is None or not found.fresh:
            return
        held.found |= {run.digest: one for run, one in zip(runs, found.value, strict=True)}


def _button(key: str, view: View, held: Campaign | None, runs_of: Callable[[View], tuple[RunSpec, ...]]) -> None:
    if held is not None and held.due:
        words = t("mlp.campaign.stop", done=len(held.found), all=len(held.runs))
        st.button(words, key=f"{key}.stop", icon=":material/stop_circle:", on_click=_stop, args=(key,))
        return
    words = t("mlp.campaign.begin", count=len(runs_of(view)))
    look = {"icon": ":material/casino:", "type": "primary" if held is None else "secondary"}
    st.button(words, key=f"{key}.begin", on_click=_begin, args=(key, runs_of), **look)


def _begin(key: str, runs_of: Callable[[View], tuple[RunSpec, ...]]) -> None:
    view = links.current(DEFAULT)
    st.session_state[key] = Campaign(view.part, view.run, runs_of(view))


def _stop(key: str) -> None:
    st.session_state[key].stopped = True


def plain(run: RunSpec, seed: int) -> RunSpec:
    """Return the run from another seed, on the processor and without turns on the way, so that all are alike."""
    alike = {"data_seed": None, "device": "cpu", "threads": 1, "edits": (), "knobs": run.knobs_at(10**9)}
    return run.model_copy(update={"seed": seed, **alike})


def strips(key: str, rows: Sequence[Row], values: np.ndarray, percent: bool, words: dict[str, str]) -> None:
    """Show a strip with a dot for each run (rows × seeds), the mean and the standard deviation of each row."""
    header = {"rows": [row._asdict() for row in rows], "percent": percent, "words": words}
    mount("strips", key=key, data=pack(header, {"values": values}))
