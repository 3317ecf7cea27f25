"""What the parts below the stage ask for, and how numbers that are none are shown."""

from __future__ import annotations

import math

import streamlit as st

from dlviz.concepts.forward_loss.panels.stage import COMPUTE
from dlviz.ui import reasons, stacks
from dlviz.ui.asking import Failed, ask
from dlviz.ui.language import t

WAITING = "forward_loss.waiting"  # whether an answer is still to come
PATIENCE = 1.0


def answer(function: str, *arguments: object) -> object | None:
    """Return what the computation says; None, after a sentence, where it cannot or has not yet."""
    try:
        found = ask(f"forward_loss.{function}", f"{COMPUTE}:{function}", *arguments, wait=PATIENCE)
    except Failed as failure:
        st.caption(reasons.say(str(failure)))
        return None
    st.session_state[WAITING] = st.session_state.get(WAITING, False) or found is None or not found.fresh
    if found is None:
        st.caption(t("bench.warming_up"))
        return None
    return found.value


def cell(value: float) -> float | str:
    """Return a number as a table takes it: what is none, or has no end, as text."""
    value = float(value)
    if math.isnan(value):
        return "NaN"
    return value if math.isfinite(value) else "∞" if value > 0 else "−∞"


def column(label: str, kind: str, *, strong: bool = False) -> dict[str, object]:
    """Return a column of a table: what it is called, and how its numbers are shown."""
    return {"label": label, "kind": kind, "strong": strong}


def said(value: float) -> str:
    """Return a number with three significant digits, as it stands in a sentence."""
    text = cell(value)
    return text if isinstance(text, str) else stacks.readable(text)
