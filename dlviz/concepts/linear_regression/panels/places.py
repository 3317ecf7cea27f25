"""A click into a chart of many settings: which place is meant, and the run that begins with it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from dlviz.concepts.linear_regression.panels import runs, stage
from dlviz.concepts.linear_regression.spec import View
from dlviz.spec import Knobs, Linear
from dlviz.ui import bench, links
from dlviz.ui.parts import have_page_follow


def told(key: str) -> int | None:
    """Return the place that was clicked in the chart `key`, None where the browser said nothing that makes sense."""
    said: Mapping[str, object] = (st.session_state.get(key) or {}).get("chosen") or {}
    place = said.get("index")
    st.session_state[f"{key}.heard"] = said.get("seq")
    return place if isinstance(place, int) and place >= 0 else None


def sequence(key: str) -> object:
    """Return what tells the chart which of its clicks was taken in last."""
    return st.session_state.get(f"{key}.heard")


def learn_again(view: View, degree: int | None = None, **knobs: object) -> None:
    """Begin another run with these knobs, or of another degree, and keep the one there was."""
    now = view.run.knobs_at(runs.LAST)
    again = {"knobs": Knobs.model_validate({**now.model_dump(), **knobs}), "edits": ()}
    if degree is not None:
        again["network"] = Linear(degree=degree)
    run = view.run.model_copy(update=again)
    if run == view.run:
        return
    links.put(runs.LAB.keep(view, view.run).model_copy(update={"run": run, "at": None}))
    bench.move(runs.KEY, playing=True, at=0, speed="max")
    have_page_follow()


def factor(view: View) -> float:
    """Return what a weight is multiplied with to be in the units of what is predicted."""
    known = stage.points(view)
    return 1.0 if known is None else float(known.unit[1])


def round_power(value: float) -> bool:
    """Return whether a number is a power of ten."""
    power = np.log10(value)
    return bool(abs(power - round(power)) < 1e-6)
