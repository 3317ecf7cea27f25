"""What every section of the look inside stands on: the moment and the digit on show, and answers about them."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import streamlit as st

from dlviz.concepts.cnn.panels import draw, runs
from dlviz.concepts.cnn.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.ui import fields, links
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.language import t

COMPUTE = "dlviz.concepts.cnn.compute"
PACE = 2.0  # seconds between two costly questions about a network that learns


def is_moving() -> bool:
    """Return whether the network on the stage changes, or an answer is still on its way."""
    return runs.changes(links.current(DEFAULT)) or bool(st.session_state.get("cnn.pending"))


def wanted(name: str, *arguments: object, latest: bool = True) -> object | None:
    """Return the engine's answer, or None (and say so) while there is none.

    While the network learns, an answer may be one moment old; with latest=False only the very answer counts.
    """
    found = ask(f"cnn.{name}", f"{COMPUTE}:{name}", *arguments)
    if found is None or not found.fresh:
        st.session_state["cnn.pending"] = True
    if found is None or not (found.fresh or latest):
        st.caption(t("cnn.busy"))
        return None
    return found.value


def paced(name: str, run: object, now: object) -> object:
    """Return `now`, or what it was up to PACE seconds ago while the same run moves on.

    For what takes half a second to compute: asked at every look, it would leave the run half of its time.
    """
    memory = st.session_state.setdefault("cnn.paced", {})
    before, when, then = memory.get(name, (None, 0.0, None))
    if before == run and time.monotonic() - when < PACE and (is_moving() or draw.learning()):
        return then
    memory[name] = (run, time.monotonic(), now)
    return now


def here(view: View) -> tuple[object, int] | None:
    """Return the run on the stage and the step on show, None where nothing is computed yet."""
    moment = runs.shown(view)
    if moment is None:
        runs.not_yet(view)
        return None
    return runs.settled(view), moment.step


def picture() -> np.ndarray | None:
    """Return the picture the networks read at the moment: drawn, or a validation digit."""
    found = st.session_state.get("cnn.picture")
    if found is None:
        st.session_state["cnn.pending"] = True
        st.caption(t("cnn.busy"))
    return found


def kept(view: View, name: str, widget: Callable[..., object], *arguments: object, **options: object) -> View:
    """Show a widget for a field of the page's state, and return the state with what it holds now, kept for the link."""
    key = f"cnn.{name}"
    fields.follow(key, getattr(view, name))
    chosen = widget(*arguments, key=key, **options)
    fields.report(key, chosen)
    changed = view.model_copy(update={name: chosen})
    links.write(changed, DEFAULT)
    return changed


def heat_map(key: str, values: np.ndarray, ramp: str, label: str, bare: bool = False) -> None:
    """Show values (H, W) as colours; ramp: grey (ink on paper), signed (around zero) or sequential.

    bare: without the scale and the values, as a small picture to recognise.
    """
    header = {"ramp": ramp, "bare": bare, "words": {"label": label, "value": t("cnn.heat.value")}}
    mount("heat", key=key, data=pack(header, {"values": np.ascontiguousarray(values, np.float32)}))
