"""Turns are fair between people, places in the queue are told, and silence ends a want."""

import threading
import time

import pytest

from dlviz.engine import host as module
from dlviz.engine.host import HOLD, NOBODY, PLAY, Host, Want, turn_at_death
from tests.waiting import until_so


def test_goal_is_the_farthest_anybody_wants():
    host = Host(4)
    host.hear("a", {"run": Want(10, ("ann",))})
    host.hear("b", {"run": Want(HOLD, ())})
    assert host.want("run") == Want(10, ("ann",))
    host.hear("b", {"run": Want(PLAY, ("bob",))})
    assert host.want("run") == Want(PLAY, ("ann", "bob"))
    assert host.want("other") == NOBODY


def test_wants_of_a_silent_app_are_forgotten(monkeypatch):
    host = Host(4)
    host.hear("a", {"run": Want(PLAY, ("ann",))})
    now = time.monotonic()
    monkeypatch.setattr(module.time, "monotonic", lambda: now + module.SILENCE + 1)
    assert host.want("run").goal == HOLD


def test_a_run_is_watched_as_long_as_somebody_looks_at_it(monkeypatch):
    host, now = Host(4), 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    host.hear("app", {"held": Want(HOLD, ())})
    assert host.is_watched("held") and not host.is_watched("left")
    now += 11
    assert not host.is_watched("held")


def take_turns(host: Host, digests: list[str], turns: int) -> list[str]:
    """Let one thread per run ask for turns until `turns` were served; return who had them."""
    served: list[str] = []
    start = threading.Barrier(len(digests))

    def work(digest: str) -> None:
        start.wait()
        while len(served) < turns:
            with host.turn(digest):
                served.append(digest)
                time.sleep(0.002)  # everybody else is back in line before the next turn is given

    threads = [threading.Thread(target=work, args=(digest,)) for digest in digests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return served[:turns]


def test_one_with_many_runs_gets_no_more_than_one_with_one():
    host = Host(32)
    mine = [f"many{i}" for i in range(6)]
    host.hear("app", {**{d: Want(PLAY, ("ann",)) for d in mine}, "single": Want(PLAY, ("bob",))})
    served = take_turns(host, [*mine, "single"], 60)
    share = served[6:].count("single") / len(served[6:])
    assert 0.35 < share <= 0.6
    assert {digest for digest in served} == {*mine, "single"}  # nobody starves


def test_only_so_many_are_let_in_and_the_rest_know_their_place():
    host = Host(1)
    told: list[int] = []
    let_in = threading.Event()
    with host.place("first", told.append, lambda: False) as inside:
        assert inside

        def second() -> None:
            with host.place("second", told.append, lambda: False) as inside:
                assert inside
                let_in.set()

        thread = threading.Thread(target=second)
        thread.start()
        while not told:
            time.sleep(0.01)
        assert told == [1] and host.crowded and host.waiting == 1 and not let_in.is_set()
    thread.join()
    assert let_in.is_set() and not host.crowded


def test_the_queue_is_fair_to_people_and_everybody_hears_of_their_place(monkeypatch):
    monkeypatch.setattr(module, "SILENCE", 600)  # a busy machine is slow, not silent
    host, order = Host(1), []
    owners = {"ann's first": "ann", "ann's second": "ann", "bob's": "bob"}
    host.hear("app", {run: Want(PLAY, (owner,)) for run, owner in owners.items()})
    told = {run: [] for run in owners}

    def wait(run: str) -> None:
        with host.place(run, told[run].append, lambda: False):
            order.append(run)

    threads = [threading.Thread(target=wait, args=(run,)) for run in ("ann's second", "bob's")]
    with host.place("ann's first", told["ann's first"].append, lambda: False):
        with host.turn("ann's first"):
            pass  # ann has been served, and bob has not
        for thread in threads:  # bob comes last
            before = host.waiting
            thread.start()
            until_so(lambda before=before: host.waiting == before + 1)
        until_so(lambda: told["ann's second"] == [1, 2])
        assert told["bob's"] == [1]
    for thread in threads:
        thread.join()
    assert order == ["bob's", "ann's second"]


def test_who_gives_up_waiting_leaves_the_queue():
    host = Host(1)
    with (
        host.place("first", lambda k: None, lambda: False),
        host.place("other", lambda k: None, lambda: True) as inside,
    ):
        assert not inside
    assert host.waiting == 0


def test_the_run_that_had_the_turn_can_be_read_from_outside(tmp_path):
    file = tmp_path / "turns"
    host = Host(1, file)
    assert turn_at_death(file) is None
    with host.turn("0123456789abcdef01234567"):
        assert turn_at_death(file) == "0123456789abcdef01234567"
    assert turn_at_death(file) is None
    assert turn_at_death(tmp_path / "nowhere") is None


def test_a_turn_ends_when_the_run_fails():
    host = Host(1)
    with pytest.raises(ZeroDivisionError), host.turn("a"):
        raise ZeroDivisionError
    with host.turn("b"):
        pass


def test_runs_let_questions_go_first_but_not_for_ever(monkeypatch):
    monkeypatch.setattr(module, "COURTESY", 0.2)
    host, served = Host(1), threading.Event()

    def run() -> None:
        with host.turn("a"):
            served.set()

    with host.ask():
        thread = threading.Thread(target=run)
        thread.start()
        assert not served.wait(0.05)
        assert served.wait(2)
    thread.join()
