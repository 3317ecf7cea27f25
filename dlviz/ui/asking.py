"""Asking the engine from a page: the answer when it comes quickly, else nothing yet, and never twice.

A page runs again and again with the same questions. What was answered in this session is answered
at once; what is still being computed is `None` until it is there, and the page looks again.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from concurrent.futures import CancelledError

import streamlit as st

from dlviz import engine

REMEMBERED = 48  # answers, of some tens of kilobytes each
WAIT = 0.5  # seconds a page may hold its breath
_MEMORY = "dlviz.asked"


class Failed(Exception):
    """The computation failed; its message says what was wrong with the question."""


def ask(name: str, *arguments: object, wait: float = WAIT) -> object | None:
    """Return the answer of `module:function` to these arguments, or None where it is not there within `wait` seconds.

    Raises: Failed with the computation's own message.
    """
    if not engine.current().hardware().ready:
        return None
    asked: OrderedDict[str, object] = st.session_state.setdefault(_MEMORY, OrderedDict())
    key = hashlib.sha256(pickle.dumps((name, arguments))).hexdigest()
    if key not in asked:
        asked[key] = engine.current().ask(name, *arguments)
        while len(asked) > REMEMBERED:
            asked.popitem(last=False)
    asked.move_to_end(key)
    return _answer(asked, key, wait)


def _answer(asked: OrderedDict[str, object], key: str, wait: float) -> object | None:
    future = asked[key]
    if not hasattr(future, "result"):
        return future
    try:
        asked[key] = future.result(timeout=wait)
    except TimeoutError:
        return None
    except CancelledError:  # its worker went; ask again next time
        del asked[key]
        return None
    except Exception as error:
        del asked[key]
        raise Failed(str(error)) from error
    return asked[key]
