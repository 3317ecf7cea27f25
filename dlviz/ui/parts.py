"""Parts of a page: fragments, which run again by themselves without the rest of the page.

A browser that is busy sends what its visitor did together with what one of our pictures had to say, and Streamlit's
browser half then names the picture's fragment alone (`scheduleFlush` in its WidgetStateManager): a knob turned on the
page would be heard and not obeyed. So a part that was run with such news draws itself and has the page run after it.
Drawn first, because a fragment that ends before it has drawn anything is missing in the browser until the next run.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import NamedTuple

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from dlviz.ui import links, turns
from dlviz.ui.crowd import pace

NOTABLE = 0.2  # share by which the time between two looks must change for the browser to be told
MISSED = 15  # looks that a part which waits may miss
_PARTS, _DUE = "dlviz.parts", "dlviz.page_due"


class Shown(NamedTuple):
    """The page's state when a part was last shown, and until when it is shown again if it waits."""

    state: object
    due: float


def part(show: Callable[..., None], seconds: Callable[[], float] | float | None = None) -> Callable[..., None]:
    """Return `show` as a part of the page that is shown again every so many seconds, or only when it is used.

    seconds: a function where that changes with the time; it is asked again each time the part is shown.
    """
    told = seconds() if callable(seconds) else seconds

    @wraps(show)
    def shown(*arguments: object) -> None:
        nonlocal told
        with turns.turn():
            late = _news_for_others()
            show(*arguments)
            now = seconds() if callable(seconds) else told
            if now != told and abs(now / told - 1) > NOTABLE:
                told = now
                _look_again_every(told)
        if st.session_state.pop(_DUE, False) or late:
            st.rerun()

    return st.fragment(shown, run_every=told)


def _look_again_every(seconds: float) -> None:
    """Tell the browser how often to show the part at hand again; Streamlit does so only when the whole page runs."""
    context, here = get_script_run_ctx(), ThreadState.get().fragment_id
    if context is not None and here is not None:
        message = ForwardMsg()
        message.auto_rerun.interval, message.auto_rerun.fragment_id = seconds, here
        context.enqueue(message)


def have_page_follow() -> None:
    """Have the page run once the part at hand is drawn; a callback asks for it where it changes more than the part."""
    st.session_state[_DUE] = True


def in_a_part() -> bool:
    """Return whether this run is one of fragments alone, and not of the whole page."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def _news_for_others() -> bool:
    """Return whether this run brought news of a widget that none of the fragments it is made of draws."""
    context = get_script_run_ctx()
    if context is None or not context.fragment_ids_this_run:
        return False
    state = context.session_state._state  # here is what Streamlit itself asks before it calls a widget's callback
    known, here = state._new_widget_state.widget_metadata, context.fragment_ids_this_run
    news = (name for name in state._new_widget_state if state._widget_changed(name))
    return any(name in known and known[name].fragment_id not in here for name in news)


def keep_looking(name: str, show: Callable[[bool], None], seconds: float) -> None:
    """Show a part of the page; while it waits for an answer, it is shown again every so many seconds.

    `show` is told whether the part waits, and at its end calls `looked`, which decides for the next time. It waits
    at first.
    """
    waiting = st.session_state.get(f"{name}.waiting", True)

    def pause() -> float:
        return pace(seconds)

    @wraps(show)
    def shown(waiting: bool) -> None:
        st.session_state.setdefault(_PARTS, {})[name] = Shown(links.state(), monotonic() + MISSED * pause())
        show(waiting)

    part(shown, pause if waiting else None)(waiting)


def looked(name: str, waiting: bool, owed: bool, *, news: bool = False) -> None:
    """Note whether a worker still owes the part an answer; the page runs again where that changed, or there is news."""
    st.session_state[f"{name}.waiting"] = owed
    if owed != waiting or news:
        st.rerun()


def overtaken() -> bool:
    """Return whether a part that waits is no longer shown again, or, where none waits, one shows an older state.

    A fragment that changes the state asks for a run of the page, and of two requests that meet on the way one may get
    lost; so may the word to a busy browser that a part is to be shown again. The frame looks now and then, so that no
    part has to send its picture again for that.
    """
    now, waiting = links.state(), {name for name in _parts() if st.session_state.get(f"{name}.waiting")}
    if waiting:
        return any(monotonic() > _parts()[name].due for name in waiting)
    return any(shown.state != now for shown in _parts().values())


def begin() -> None:
    """Forget which parts were shown, and that one asked for the page; the frame calls it before every run of a page."""
    st.session_state[_PARTS] = {}
    st.session_state.pop(_DUE, None)


def _parts() -> dict[str, Shown]:
    """Return how each part of this page was shown last, by its name."""
    return st.session_state.get(_PARTS, {})
