"""Pauses: who presses pause is heard as soon as the word arrives, not when it is the page's turn.

What a browser says of the bench waits until the part of the page that is being made is through, and in a class until
other pages are; the run would go on meanwhile. So the bench hears of it beforehand, in the thread that all words come
by, and tells the engine. The page follows when it can.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import wraps

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.state.common import user_key_from_element_id


def hear_at_once() -> None:
    """Have pauses heard at once from now on; called when the server starts, before what looks at words otherwise."""
    if not getattr(AppSession.request_rerun, "hears_pauses", False):  # no server was started in this process before
        AppSession.request_rerun = hearing(AppSession.request_rerun)


def hearing(request_rerun: Callable[..., None]) -> Callable[..., None]:
    """Return what asks for a run of a page, or of a part of it, and lets every bench hear first what is said of it."""

    @wraps(request_rerun)
    def asked(session: AppSession, client_state: ClientState | None) -> None:
        from dlviz.ui import bench  # it brings the engine along, for which no server that starts should wait

        if client_state is not None:
            for key, said in words(client_state):
                with suppress(KeyError, TypeError, ValueError):  # anything may come by the wire: the page will judge
                    bench.hear(session.session_state, key, said)
        request_rerun(session, client_state)

    asked.hears_pauses = True
    return asked


def words(client_state: ClientState) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the key of each bench of which the browser says something, and what it says."""
    for one in client_state.widget_states.widgets:
        key = user_key_from_element_id(one.id) if '"bench"' in one.json_value else None
        said = _report(one.json_value) if key else None
        if said is not None:
            yield key, said


def _report(text: str) -> Mapping[str, object] | None:
    """Return what a component says of a bench, None where it says nothing of one; anything may come by the wire."""
    try:
        said = json.loads(text)
    except ValueError:
        return None
    report = said.get("bench") if isinstance(said, dict) else None
    return report if isinstance(report, dict) and report else None
