"""One question at a time in a slot: nothing piles up, nothing starves, and what went wrong is said."""

from concurrent.futures import CancelledError, Future

import pytest
import streamlit as st

from dlviz import engine
from dlviz.engine import Hardware
from dlviz.ui import asking
from dlviz.ui.asking import Answer, Failed, ask


class Slow:
    """An engine that answers when it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.ready, self.owners = True, 1
        self.asked: list[tuple] = []
        self.futures: list[Future] = []

    def hardware(self) -> Hardware:
        """Return a machine that is ready, or not."""
        return Hardware("CPU", 1, 0, self.ready)

    def ask(self, name: str, *arguments: object) -> Future:
        """Take the question."""
        self.asked.append((name, *arguments))
        self.futures.append(Future())
        return self.futures[-1]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    """Return the engine of a session that has just begun."""
    slow = Slow()
    monkeypatch.setattr(engine, "current", lambda: slow)
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(asking, "WAIT", 0)
    return slow


def look(question: object, slot: str = "a", **options: object) -> Answer | None:
    """Ask as a page does in one of its runs."""
    return ask(slot, "module:function", question, wait=0, **options)


def test_while_workers_warm_up_nothing_is_asked(slow: Slow) -> None:
    slow.ready = False
    assert look(1) is None
    assert slow.asked == []


def test_an_answer_is_there_as_soon_as_it_has_come(slow: Slow) -> None:
    assert look(1, note="first") is None
    assert look(1, note="again") is None
    assert slow.asked == [("module:function", 1)]
    slow.futures[0].set_result("one")
    assert look(1, note="third") == Answer("one", "first", True)  # the note of the question that was asked
    assert look(1) == Answer("one", "first", True)
    assert len(slow.asked) == 1


def test_an_answer_that_is_there_at_once_is_shown_at_once(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    done: Future = Future()
    done.set_result("one")
    monkeypatch.setattr(slow, "ask", lambda *_: done)
    assert look(1, note=7) == Answer("one", 7, True)


def test_the_newest_question_follows_and_those_between_are_never_asked(slow: Slow) -> None:
    for question in (1, 2, 3, 4):
        assert look(question) is None
    assert [asked[1] for asked in slow.asked] == [1]
    slow.futures[0].set_result("one")
    assert look(5, note="five") == Answer("one", None, False)
    assert [asked[1] for asked in slow.asked] == [1, 5]
    slow.futures[1].set_result("five")
    assert look(5) == Answer("five", "five", True)


def test_a_slot_never_starves_while_its_question_changes_at_every_look(slow: Slow) -> None:
    shown = []
    for question in range(30):
        if question % 3 == 2:  # every answer takes three looks
            slow.futures[-1].set_result(slow.asked[-1][1])
        found = look(question)
        shown.append(found.value if found else None)
    assert len(slow.asked) == 10 + 1
    assert [value for value in dict.fromkeys(shown) if value is not None] == [asked[1] for asked in slow.asked[:-1]]


def test_what_went_wrong_is_said_and_can_be_asked_again(slow: Slow) -> None:
    look(1)
    slow.futures[0].set_exception(ValueError("no such cell"))
    with pytest.raises(Failed, match="no such cell"):
        look(1)
    assert look(1) is None
    assert [asked[1] for asked in slow.asked] == [1, 1]
    slow.futures[1].set_result("one")
    assert look(1).value == "one"


def test_an_old_answer_stands_after_a_failure(slow: Slow) -> None:
    look(1)
    slow.futures[0].set_result("one")
    look(1), look(2)
    slow.futures[1].set_exception(ValueError("two is impossible"))
    with pytest.raises(Failed, match="two"):
        look(2)
    assert look(1) == Answer("one", None, True)


def test_a_question_whose_worker_went_is_asked_again(slow: Slow) -> None:
    look(1)
    slow.futures[0].set_exception(CancelledError())
    assert look(1) is None
    assert len(slow.asked) == 2


def test_slots_do_not_wait_for_each_other(slow: Slow) -> None:
    assert look(1, "a") is None
    assert look(1, "b") is None
    slow.futures[1].set_result("b")
    assert look(1, "b").value == "b"
    assert look(1, "a") is None


def test_only_the_question_at_hand_is_waited_for(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    class Never(Future):
        def result(self, timeout: float | None = None) -> None:
            """Note how long somebody waits, in vain."""
            waits.append(timeout)
            raise TimeoutError

    monkeypatch.setattr(slow, "ask", lambda *_: Never())
    ask("a", "m:f", 1, wait=5)
    ask("a", "m:f", 1, wait=5)
    ask("a", "m:f", 2, wait=5)
    assert waits == [5, 5, 0]


def test_an_answer_that_is_ready_is_shown_while_the_next_question_waits(slow: Slow) -> None:
    assert look(1) is None
    slow.futures[0].set_result("one")
    assert look(2) == Answer("one", None, False)
    assert slow.asked == [("module:function", 1), ("module:function", 2)]
