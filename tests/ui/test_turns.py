"""Pages are made one after the other, in the order in which they were asked for, and nobody waits for ever."""

from __future__ import annotations

import threading

import pytest

from dlviz.ui.turns import Turns
from tests.waiting import until_so

LONG = 60.0


def begin(turns: Turns, name: str, made: list[str], hold: threading.Event) -> threading.Thread:
    """Return a thread that waits for its turn, notes its name, and holds the turn until it is told to go on."""

    def make() -> None:
        with turns.turn():
            made.append(name)
            hold.wait(LONG)

    thread = threading.Thread(target=make)
    thread.start()
    return thread


def test_pages_are_made_one_at_a_time_in_the_order_of_asking() -> None:
    turns, made = Turns(LONG), []
    holds = [threading.Event() for _ in range(5)]
    threads = []
    for number, hold in enumerate(holds):
        threads.append(begin(turns, str(number), made, hold))
        until_so(lambda waiting=number: len(made) + len(turns._waiting) == waiting + 1)
    for number, hold in enumerate(holds):
        until_so(lambda so_far=number: len(made) == so_far + 1)
        assert made == [str(name) for name in range(number + 1)]
        hold.set()
    for thread in threads:
        thread.join(LONG)


def test_a_turn_within_a_turn_is_the_same_turn() -> None:
    turns = Turns(LONG)
    with turns.turn(), turns.turn():
        pass
    with turns.turn():  # it was given back once
        pass


def test_who_waits_for_an_answer_lets_others_go_first() -> None:
    turns, made, hold = Turns(LONG), [], threading.Event()
    hold.set()
    with turns.turn():
        other = begin(turns, "other", made, hold)
        until_so(lambda: len(turns._waiting) == 1)
        assert made == []
        with turns.aside():
            other.join(LONG)
        assert made == ["other"]


def test_to_step_aside_without_a_turn_is_nothing() -> None:
    turns = Turns(LONG)
    with turns.aside():
        pass
    with turns.turn():
        pass


def test_a_page_that_fails_gives_its_turn_back() -> None:
    turns = Turns(LONG)
    with pytest.raises(ZeroDivisionError), turns.turn(), turns.aside():
        _ = 1 / 0
    with turns.turn():
        pass


def test_nobody_waits_for_ever_behind_one_that_hangs() -> None:
    turns, made, hangs, free = Turns(0.05), [], threading.Event(), threading.Event()
    free.set()
    hanging = begin(turns, "hangs", made, hangs)
    until_so(lambda: made == ["hangs"])
    begin(turns, "second", made, free).join(LONG)
    begin(turns, "third", made, free).join(LONG)
    assert made == ["hangs", "second", "third"]
    hangs.set()
    hanging.join(LONG)
    assert turns._taken == 0  # from here on it is one at a time again
