"""Asking the engine from a page: the newest answer there is, never holding the page up for long.

A page runs again and again, and while a network learns its questions change each time. So every
question has a slot: one question at a time is under way in it, its answer is shown as soon as it
is there, and only then is the next one, by now the newest, asked. Nothing piles up behind a slow
answer, and what is shown is at most one question old.
"""

from __future__ import annotations

from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit as st

from dlviz import engine
from dlviz.engine.fingerprint import fingerprint
from dlviz.ui import turns
from dlviz.ui.crowd import patience

WAIT = 0.2  # seconds a page may hold its breath
_MEMORY = "dlviz.asked"


class Failed(Exception):
    """The computation failed; its message says what was wrong with the question."""


class Answer(NamedTuple):
    """An answer, what the asker noted with its question, and whether it answers the question just asked."""

    value: object
    note: object
    fresh: bool


@dataclass
class _Slot:
    answered: str = ""  # digest of the question that `value` answers
    value: object = None
    note: object = None
    asked: str = ""  # digest of the question under way
    asked_note: object = None
    future: object = field(default=None, repr=False)


def ask(slot: str, name: str, *arguments: object, note: object = None, wait: float = WAIT) -> Answer | None:
    """Return the newest answer in the slot to `module:function` with these arguments, None where there is none yet.

    `note` comes back with the answer of this question. Raises: Failed with the computation's own message.
    """
    if not engine.current().hardware().ready:
        return None
    memory: dict[str, _Slot] = st.session_state.setdefault(_MEMORY, {})
    here = memory.setdefault(slot, _Slot())
    question, wait = fingerprint(name, arguments), patience(wait)
    _collect(here, wait if here.asked == question else 0)
    if here.future is None and here.answered != question:
        here.asked, here.asked_note = question, note
        here.future = engine.current().ask(name, *arguments)
        _collect(here, wait)
    return Answer(here.value, here.note, here.answered == question) if here.answered else None


def _collect(slot: _Slot, wait: float) -> None:
    """Take in the answer under way, if it comes within `wait` seconds."""
    if slot.future is None:
        return
    try:
        with turns.aside():
            value = slot.future.result(timeout=wait)
    except TimeoutError:
        return
    except CancelledError:  # its worker went; the question will be asked again
        slot.future = None
        return
    except Exception as error:
        slot.future = None
        raise Failed(str(error)) from error
    slot.future = None
    slot.value, slot.note, slot.answered = value, slot.asked_note, slot.asked
