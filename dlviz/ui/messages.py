"""How the pieces of a page go to its browser: together, not one by one.

A page is some two hundred messages. Streamlit hands each of them to the server's own thread by itself, lets that
thread look for other work after each, and gives each to the operating system alone. Every one of these steps lets go
of the interpreter, and where thirty visitors' pages are made at the same time, it takes its turn among all of them to
get it back: most of a visitor's waiting was that. Here what has gathered since the last look goes on in one go; what
is sent and its order stay as they are.
"""

from __future__ import annotations

from asyncio import AbstractEventLoop, Transport
from collections import deque
from collections.abc import Callable
from functools import wraps

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

AT_ONCE = 100  # messages sent before others have their turn; a connection holds no more than 500 that are not sent


def go_together() -> None:
    """Have messages go together from now on; called when the server starts."""
    if hasattr(AppSession.flush_browser_queue, "__wrapped__"):  # a server was started in this process before
        return
    AppSession._call_soon_on_event_loop = handed_over_together(AppSession._call_soon_on_event_loop)
    AppSession.flush_browser_queue = bundled(AppSession.flush_browser_queue)
    Runtime._send_message = bundles_sent(Runtime._send_message)
    Runtime._enqueued_some_message = told_once(Runtime._enqueued_some_message)
    WebSocketsSansIOProtocol.connection_made = written_together(WebSocketsSansIOProtocol.connection_made)


class Waiting:
    """What threads want done in the loop's own thread: the first to come rings the bell, the others just queue."""

    def __init__(self, loop: AbstractEventLoop):
        self.loop = loop
        self.callbacks: deque[Callable[[], None]] = deque()
        self.rung = False

    def add(self, callback: Callable[[], None], ring: Callable[[Callable[[], None]], None]) -> None:
        """Queue a callback; `ring` has the loop hand over what waits. May be called from any thread."""
        self.callbacks.append(callback)
        if not self.rung:
            self.rung = True
            ring(self.hand_over)

    def hand_over(self) -> None:
        """Give all that waits to the loop, in its order (called by the loop)."""
        self.rung = False  # first: what is queued from here on rings again, or is handed over now
        while self.callbacks:
            self.loop.call_soon(self.callbacks.popleft())


def handed_over_together(call_soon: Callable[..., None]) -> Callable[..., None]:
    """Return Streamlit's way from a page's thread into the server's, with one bell for all that comes in a rush."""
    waiting: list[Waiting] = []  # one, of the server's loop; tests begin further loops

    @wraps(call_soon)
    def together(session: AppSession, callback: Callable[[], None]) -> None:
        if not waiting or waiting[0].loop is not session._event_loop:
            waiting[:] = [Waiting(session._event_loop)]
        waiting[0].add(callback, lambda hand_over: call_soon(session, hand_over))

    return together


def bundled(flush: Callable[..., list[ForwardMsg]]) -> Callable[..., list[list[ForwardMsg]]]:
    """Return what takes a session's messages out of their queue, in bundles instead of one by one."""

    @wraps(flush)
    def bundles(session: AppSession) -> list[list[ForwardMsg]]:
        messages = flush(session)
        return [messages[start : start + AT_ONCE] for start in range(0, len(messages), AT_ONCE)]

    return bundles


def bundles_sent(send: Callable[..., None]) -> Callable[..., None]:
    """Return what sends a message, for bundles of them."""

    @wraps(send)
    def all_sent(runtime: Runtime, session: object, messages: list[ForwardMsg]) -> None:
        for message in messages:
            send(runtime, session, message)

    return all_sent


def told_once(tell: Callable[..., None]) -> Callable[..., None]:
    """Return what tells the server that there is something to send, silent where it has been told already."""

    @wraps(tell)
    def once(runtime: Runtime) -> None:
        if not runtime._get_async_objs().need_send_data.is_set():
            tell(runtime)

    return once


def written_together(made: Callable[..., None]) -> Callable[..., None]:
    """Return what takes a new connection, with all that is written to it in one go of the loop sent in one piece."""

    @wraps(made)
    def with_writing_together(protocol: WebSocketsSansIOProtocol, transport: Transport) -> None:
        made(protocol, Together(transport, protocol.loop))

    return with_writing_together


class Together:
    """A connection that gathers what is written to it until the loop has done what it had to do by then."""

    def __init__(self, transport: Transport, loop: AbstractEventLoop):
        self._transport, self._loop = transport, loop
        self._written: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Send the data with whatever else is written before the loop goes on."""
        if not self._written:
            self._loop.call_soon(self._send)
        self._written.append(data)

    def _send(self) -> None:
        written, self._written = self._written, []
        if written and not self._transport.is_closing():
            self._transport.write(b"".join(written))

    def close(self) -> None:
        """Send what was written, and close."""
        self._send()
        self._transport.close()

    def __getattr__(self, name: str) -> object:
        return getattr(self._transport, name)
