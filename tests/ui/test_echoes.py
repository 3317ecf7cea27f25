"""Of what a browser says again nothing is taken, and of what it says for the first time all."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils import script_requests

from dlviz.ui import echoes
from dlviz.ui.echoes import nothing_lost, only_news

PART = "bench"


class Visit:
    """A visitor whose browser sends messages, and what is taken of each."""

    def __init__(self) -> None:
        self.session = SimpleNamespace(has_fragment=lambda name: name == PART)
        self.taken: list[dict[str, object]] = []
        self._request = only_news(lambda _, asked: self.taken.append(values(asked.widget_states)))

    def say(self, *, look: bool = False, part: str = PART, **widgets: object) -> dict[str, object]:
        """Send what the widgets hold, and return what is taken of it."""
        states = WidgetStates(widgets=[widget(name, value) for name, value in widgets.items()])
        self._request(self.session, ClientState(widget_states=states, is_auto_rerun=look, fragment_id=part))
        return self.taken[-1]


def widget(name: str, value: object) -> WidgetState:
    """Return what a widget says: a number, the word of a component (text), or that it was pressed (True)."""
    kind = {float: "double_value", str: "json_value", bool: "trigger_value"}[type(value)]
    return WidgetState(id=name, **{kind: value})


def values(states: WidgetStates) -> dict[str, object]:
    """Return what the widgets say, by name."""
    return {one.id: getattr(one, one.WhichOneof("value")) for one in states.widgets}


def test_a_look_says_nothing_that_was_said_before() -> None:
    visit = Visit()
    assert visit.say(rate=0.1, size=4.0, part="") == {"rate": 0.1, "size": 4.0}
    assert visit.say(rate=0.1, size=4.0, look=True) == {}
    assert visit.say(rate=0.5, size=4.0, look=True) == {"rate": 0.5}  # of it no message had come
    assert visit.say(rate=0.5, size=4.0, look=True) == {}


def test_a_word_of_a_component_says_nothing_of_other_widgets_that_was_said_before() -> None:
    visit = Visit()
    visit.say(rate=0.1)
    assert visit.say(rate=0.1, chart='{"at": 1}') == {"chart": '{"at": 1}'}
    assert visit.say(rate=0.1, chart='{"at": 2}') == {"chart": '{"at": 2}'}
    assert visit.say(rate=0.2, chart='{"at": 3}') == {"rate": 0.2, "chart": '{"at": 3}'}


def test_what_the_visitor_turns_back_is_a_turn_although_it_was_said_before() -> None:
    visit = Visit()
    visit.say(rate=0.1, chart='{"at": 1}')
    assert visit.say(rate=0.1, chart='{"at": 1}') == {"rate": 0.1, "chart": '{"at": 1}'}  # from what a preset put
    assert visit.say(rate=0.1, press=True) == {"rate": 0.1, "press": True}


def test_what_streamlit_passes_over_was_not_said() -> None:
    visit = Visit()
    visit.say(rate=0.1)
    visit.say(rate=0.7, part="a part that is there no more")
    assert visit.say(rate=0.7, look=True) == {"rate": 0.7}


def test_another_visitor_says_it_for_the_first_time() -> None:
    Visit().say(rate=0.1)
    assert Visit().say(rate=0.1, look=True) == {"rate": 0.1}


def test_a_turn_that_waits_is_not_lost_to_a_look() -> None:
    both = nothing_lost(script_requests._coalesce_widget_states)
    turn = WidgetStates(widgets=[widget("rate", 0.5), widget("press", True)])
    assert values(both(turn, WidgetStates())) == {"rate": 0.5, "press": True}
    assert values(both(turn, WidgetStates(widgets=[widget("rate", 0.7)]))) == {"rate": 0.7, "press": True}
    assert values(both(WidgetStates(widgets=[widget("press", False)]), WidgetStates())) == {}
    assert values(both(None, turn)) == values(both(turn, None)) == {"rate": 0.5, "press": True}
    assert both(None, None) is None


@pytest.mark.parametrize("place", [(AppSession, "request_rerun"), (script_requests, "_coalesce_widget_states")])
def test_a_second_start_of_the_server_changes_nothing(
    place: tuple[object, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for owner, name in ((AppSession, "request_rerun"), (script_requests, "_coalesce_widget_states")):
        plain: Callable[..., object] = getattr(owner, name)
        monkeypatch.setattr(owner, name, getattr(plain, "__wrapped__", plain))
    owner, name = place
    plain = getattr(owner, name)
    echoes.pass_over()
    changed = getattr(owner, name)
    assert changed.__wrapped__ is plain
    echoes.pass_over()
    assert getattr(owner, name) is changed
