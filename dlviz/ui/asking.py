"""Asking the engine from a page: the newest answer there is, never holding the page up for long.

A page runs again and again, and while a network learns its questions change each time. So every
question has a slot: one question at a time is under way in it, its answer is shown as soon as it
is there, and only then is the next one, by now the newest, asked. Nothing piles up behind a slow
answer, and what is shown is at most one question old.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from functools import wraps
from typing import NamedTuple

import streamlit as st

from dlviz import engine
from dlviz.engine.fingerprint import fingerprint
from dlviz.ui import links
from dlviz.ui.crowd import pace, patience

WAIT = 0.2  # seconds a page may hold its breath
_MEMORY, _PARTS = "dlviz.asked", "dlviz.parts"


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


# ------------------------------------------------------------- parts of a page that wait for an answer


def keep_looking(part: str, show: Callable[[bool], None], seconds: float) -> None:
    """Show a part of the page as a fragment; while it waits for an answer, it is shown again every so many seconds.

    `show` is told whether the part waits, and at its end calls `looked`, which decides for the next time. It waits
    at first.
    """
    waiting = st.session_state.get(f"{part}.waiting", True)

    @wraps(show)
    def shown(waiting: bool) -> None:
        st.session_state.setdefault(_PARTS, {})[part] = links.state()
        show(waiting)

    st.fragment(shown, run_every=pace(seconds) if waiting else None)(waiting)


def looked(part: str, waiting: bool, owed: bool, *, news: bool = False) -> None:
    """Note whether a worker still owes the part an answer; the page runs again where that changed, or there is news."""
    st.session_state[f"{part}.waiting"] = owed
    if owed != waiting or news:
        st.rerun()


def overtaken() -> bool:
    """Return whether a part that waits for nothing shows an older state than the page has.

    A fragment that changes the state asks for a run of the page, and of two requests that meet on the way one may get
    lost. The frame looks now and then, so that no part has to send its picture again for that.
    """
    now = links.state()
    waiting = (st.session_state.get(f"{part}.waiting") for part in _parts())
    return any(shown != now for shown in _parts().values()) and not any(waiting)


def begin() -> None:
    """Forget which parts were shown; the frame calls it before every run of a page, which shows them again."""
    st.session_state[_PARTS] = {}


def _parts() -> dict[str, object]:
    """Return the state that each part of this page showed last, by its name."""
    return st.session_state.get(_PARTS, {})
