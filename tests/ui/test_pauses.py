"""A pause is heard when the word of it arrives, before the page runs; nothing else is heard so, and nonsense is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession

from dlviz.engine.followed import Followed, Watch
from dlviz.engine.host import HOLD, PLAY
from dlviz.spec import RunSpec
from dlviz.ui import pauses
from dlviz.ui.pauses import hearing

RUN = RunSpec(device="cpu")


class Visit:
    """A visitor of a page with the bench "b", whose run plays."""

    def __init__(self) -> None:
        self.run, self.asked = Followed(RUN), []
        engine = SimpleNamespace(hurry=lambda: self.asked.append("hurry"))
        self.memory: dict[str, object] = {"held": [Watch(engine, self.run, "viewer", "owner")]}
        self.run.renew("viewer", PLAY, "owner")
        self.session = SimpleNamespace(session_state={"dlviz.bench.b": self.memory})
        self._request = hearing(lambda *_: self.asked.append("page"))

    def say(self, text: str, widget: str = "$$ID-0123-b") -> float:
        """Send what a component holds, and return how far its run is wanted as the page is asked for."""
        states = WidgetStates(widgets=[WidgetState(id=widget, json_value=text)])
        self._request(self.session, ClientState(widget_states=states))
        return self.run.want().goal


def word(**said: object) -> str:
    """Return what the bench in a browser says."""
    return json.dumps({"bench": {"playing": True, "at": None, "goal": None, **said}, "need": {}})


def test_a_pause_is_heard_before_the_page_is_asked_for() -> None:
    visit = Visit()
    assert visit.say(word(playing=False)) == HOLD
    assert visit.asked == ["hurry", "page"]


@pytest.mark.parametrize("said", [{"playing": True}, {"playing": False, "goal": 12}])
def test_whoever_plays_on_or_steps_is_heard_by_the_page(said: dict[str, object]) -> None:
    visit = Visit()
    assert visit.say(word(**said)) == PLAY
    assert visit.asked == ["page"]


def test_what_the_browser_says_before_it_was_told_to_play_on_pauses_nothing() -> None:
    visit = Visit()
    visit.memory["command"] = {"number": 2, "playing": True}
    assert visit.say(word(playing=False, command=1)) == PLAY
    assert visit.say(word(playing=False, command=2)) == HOLD


@pytest.mark.parametrize(
    "text",
    [
        '{"bench": ',
        '["bench"]',
        '{"bench": 3}',
        '{"bench": {}}',
        '{"chart": {"playing": false}}',
        word(playing=False, at="there"),
        word(playing=False, command="x"),
    ],
)
def test_nonsense_is_passed_on_for_the_page_to_judge(text: str) -> None:
    visit = Visit()
    visit.memory["command"] = {"number": 1, "playing": True}
    assert visit.say(text) == PLAY
    assert visit.asked == ["page"]


def test_another_bench_is_not_touched() -> None:
    visit = Visit()
    assert visit.say(word(playing=False), "$$ID-0123-c") == PLAY
    assert visit.say(word(playing=False), "$$ID-0123-None") == PLAY


def test_a_second_start_of_the_server_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    plain: Callable[..., None] = lambda *_: None  # noqa: E731 - stands for Streamlit's own
    monkeypatch.setattr(AppSession, "request_rerun", plain)
    pauses.hear_at_once()
    changed = AppSession.request_rerun
    assert changed.__wrapped__ is plain
    pauses.hear_at_once()
    assert AppSession.request_rerun is changed
