"""Answers from the workers: the newest there is at once, and another look as soon as the one asked for is there."""

from __future__ import annotations

import streamlit as st

from dlviz.ui import crowd
from dlviz.ui.asking import Answer, Failed, ask
from dlviz.ui.parts import part

COMPUTE = "dlviz.concepts.activations.compute"
LOOK = 0.3  # seconds between two looks for an answer that is being computed


def answer(slot: str, name: str, *arguments: object, note: object = None) -> Answer | None:
    """Return the newest answer in the slot, None where there is none yet; the page runs again when a newer one comes.

    `note` comes back with the answer to this question. Raises: Failed with the computation's own message.
    """
    found = ask(slot, f"{COMPUTE}:{name}", *arguments, note=note)
    if found is None or not found.fresh:
        part(_look, crowd.pace(LOOK))(slot, name, arguments, note)
    return found


def _look(slot: str, name: str, arguments: tuple[object, ...], note: object) -> None:
    try:
        found = ask(slot, f"{COMPUTE}:{name}", *arguments, note=note)
    except Failed:
        st.rerun()
    if found is not None and found.fresh:
        st.rerun()
