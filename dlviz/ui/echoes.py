"""Echoes: what a browser still says of its widgets, before it hears that somebody else turned them.

A part of the page that looks for news, or a chart that tells where it was clicked, sends all that the browser's widgets
hold. Where the browser is busy or the way to it is long, that is what they held before a preset, a chart or a run that
plays past other knobs turned them, and Streamlit takes it for the visitor's own turn: what was put there is lost. What
the visitor does turn, the browser tells at once, so of such a message only that is taken which it has not said before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils import script_requests

COMPONENTS = ("json_value", "json_trigger_value")  # how components speak, and they alone
PRESSES = ("trigger_value", "chat_input_value")  # how the names of what happens once end


def pass_over() -> None:
    """Have echoes passed over from now on; called when the server starts."""
    if hasattr(AppSession.request_rerun, "__wrapped__"):  # a server was started in this process before
        return
    AppSession.request_rerun = only_news(AppSession.request_rerun)
    script_requests._coalesce_widget_states = nothing_lost(script_requests._coalesce_widget_states)


def only_news(request_rerun: Callable[..., None]) -> Callable[..., None]:
    """Return what asks for a run of a page, or of a part of it, and takes only what is new of what may be an echo."""

    @wraps(request_rerun)
    def asked(session: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None and _is_taken(session, client_state):
            said, before = client_state.widget_states.widgets, getattr(session, "dlviz_said", {})
            session.dlviz_said = {one.id: one for one in said}
            if client_state.is_auto_rerun or _is_word_of_component(said, before):
                client_state = _with(client_state, [one for one in said if before.get(one.id) != one])
        request_rerun(session, client_state)

    return asked


def _is_taken(session: AppSession, client_state: ClientState) -> bool:
    """Return whether Streamlit takes the message in: one for a part that is there no more it passes over."""
    return not client_state.fragment_id or session.has_fragment(client_state.fragment_id)


def _is_word_of_component(said: Iterable[WidgetState], before: Mapping[str, WidgetState]) -> bool:
    """Return whether a component has the browser send this: then nothing else was turned in the same moment."""
    return any(one.WhichOneof("value") in COMPONENTS and before.get(one.id) != one for one in said)


def _with(client_state: ClientState, widgets: list[WidgetState]) -> ClientState:
    """Return the message with these widgets only."""
    changed = ClientState()
    changed.CopyFrom(client_state)
    changed.widget_states.CopyFrom(WidgetStates(widgets=widgets))
    return changed


def nothing_lost(coalesce: Callable[..., WidgetStates | None]) -> Callable[..., WidgetStates | None]:
    """Return what makes one message of two that wait for the same run, where the newer does not say everything."""

    @wraps(coalesce)
    def both(old: WidgetStates | None, new: WidgetStates | None) -> WidgetStates | None:
        made = coalesce(old, new)
        if not old or not made:
            return made
        known = {one.id for one in made.widgets}
        left = [one for one in old.widgets if one.id not in known and not one.WhichOneof("value").endswith(PRESSES)]
        return WidgetStates(widgets=[*left, *made.widgets])

    return both
