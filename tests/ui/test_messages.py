"""What a page has to say goes to its browser together: nothing lost, nothing twice, everything in its order."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from dlviz.ui import messages
from dlviz.ui.messages import Together, bundled, bundles_sent, handed_over_together, told_once, written_together

THREADS, EACH = 8, 500


class Line:
    """A connection that notes what is written to it."""

    def __init__(self) -> None:
        self.sent: list[bytes | str] = []
        self.closing = False

    def write(self, data: bytes) -> None:
        """Note what is sent."""
        self.sent.append(data)

    def close(self) -> None:
        """Note the end."""
        self.sent.append("closed")

    def is_closing(self) -> bool:
        """Return whether the other side has gone."""
        return self.closing

    def get_extra_info(self, name: str) -> str:
        """Return something about the connection."""
        return f"the {name}"


def test_all_that_threads_hand_over_is_done_once_and_in_the_order_of_each() -> None:
    done: list[tuple[int, int]] = []
    rung: list[object] = []

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        session = SimpleNamespace(_event_loop=loop)

        def ring(session: SimpleNamespace, callback: Callable[[], None]) -> None:
            rung.append(callback)
            session._event_loop.call_soon_threadsafe(callback)

        together = handed_over_together(ring)

        def make(name: int) -> None:
            for number in range(EACH):
                together(session, lambda number=number: done.append((name, number)))

        threads = [threading.Thread(target=make, args=(name,)) for name in range(THREADS)]
        for thread in threads:
            thread.start()
        while len(done) < THREADS * EACH:
            await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(serve(), 60))
    for name in range(THREADS):
        assert [number for who, number in done if who == name] == list(range(EACH))
    assert len(done) == THREADS * EACH
    assert len(rung) < len(done)


def test_what_comes_in_a_rush_rings_once_and_later_news_rings_again() -> None:
    done: list[str] = []
    rung: list[object] = []

    async def serve() -> None:
        session = SimpleNamespace(_event_loop=asyncio.get_running_loop())

        def ring(session: SimpleNamespace, callback: Callable[[], None]) -> None:
            rung.append(callback)
            session._event_loop.call_soon_threadsafe(callback)

        together = handed_over_together(ring)
        for word in "abc":
            together(session, lambda word=word: done.append(word))
        while len(done) < 3:
            await asyncio.sleep(0)
        together(session, lambda: done.append("d"))
        while len(done) < 4:
            await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(serve(), 60))
    assert (done, len(rung)) == (["a", "b", "c", "d"], 2)


def test_one_that_fails_takes_no_other_with_it() -> None:
    done: list[str] = []
    said: list[object] = []

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: said.append(context["exception"]))
        session = SimpleNamespace(_event_loop=loop)
        together = handed_over_together(lambda session, callback: session._event_loop.call_soon_threadsafe(callback))
        together(session, lambda: 1 / 0)
        together(session, lambda: done.append("next"))
        while not done:
            await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(serve(), 60))
    assert [type(error) for error in said] == [ZeroDivisionError]


@pytest.mark.parametrize("count", [0, 1, messages.AT_ONCE, messages.AT_ONCE + 1, 1000])
def test_messages_go_in_bundles_and_come_out_as_they_were(count: int) -> None:
    queued = list(range(count))
    bundles = bundled(lambda session: queued)(None)
    sent: list[int] = []
    for bundle in bundles:
        bundles_sent(lambda runtime, session, message: sent.append(message))(None, None, bundle)
    assert sent == queued
    assert all(0 < len(bundle) <= messages.AT_ONCE for bundle in bundles)


def test_a_server_that_knows_is_not_told_again() -> None:
    need, told = asyncio.Event(), []
    runtime = SimpleNamespace(_get_async_objs=lambda: SimpleNamespace(need_send_data=need))

    def tell(runtime: SimpleNamespace) -> None:
        told.append("told")
        need.set()

    once = told_once(tell)
    once(runtime)
    once(runtime)
    assert told == ["told"]
    need.clear()
    once(runtime)
    assert told == ["told", "told"]


def test_what_is_written_in_one_go_is_sent_in_one_piece() -> None:
    line = Line()

    async def serve() -> None:
        protocol = SimpleNamespace(loop=asyncio.get_running_loop())
        written_together(lambda protocol, transport: setattr(protocol, "transport", transport))(protocol, line)
        both = protocol.transport
        assert both.get_extra_info("peername") == "the peername"  # all else is the connection's own
        both.write(b"one ")
        both.write(b"two")
        assert line.sent == []
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        both.write(b"three")
        both.close()

    asyncio.run(serve())
    assert line.sent == [b"one two", b"three", "closed"]


def test_nothing_is_sent_to_whom_has_gone() -> None:
    line = Line()

    async def serve() -> None:
        together = Together(line, asyncio.get_running_loop())
        together.write(b"late")
        line.closing = True
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    asyncio.run(serve())
    assert line.sent == []


def test_streamlit_is_told_once_however_often_a_server_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in [
        (AppSession, "_call_soon_on_event_loop"),
        (AppSession, "flush_browser_queue"),
        (Runtime, "_send_message"),
        (Runtime, "_enqueued_some_message"),
        (WebSocketsSansIOProtocol, "connection_made"),
    ]:
        now = getattr(owner, name)
        monkeypatch.setattr(owner, name, getattr(now, "__wrapped__", now))  # put back afterwards
    messages.go_together()
    once = AppSession.flush_browser_queue
    messages.go_together()
    assert AppSession.flush_browser_queue is once
