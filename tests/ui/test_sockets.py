"""What is sent to a browser goes out at once, on every connection that the server accepts."""

import asyncio
import socket
from contextlib import closing

import pytest

from dlviz.ui.sockets import send_at_once


def test_connections_to_a_socket_that_names_no_protocol_send_at_once() -> None:
    with closing(socket.socket(socket.AF_INET)) as listening, closing(socket.socket(socket.AF_INET)):
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert send_at_once() >= 1
        with closing(socket.create_connection(listening.getsockname())):
            accepted, _ = listening.accept()
            with closing(accepted):
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_sockets_that_are_closed_or_wait_for_nobody_are_left_alone() -> None:
    with closing(socket.socket(socket.AF_INET)) as waiting_for_nobody:
        socket.socket(socket.AF_INET).close()
        send_at_once()
        assert not waiting_for_nobody.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_app_says_so_when_its_socket_is_bound_and_before_anybody_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    import app  # the door, which only a server imports

    done: list[str] = []
    monkeypatch.setattr(app, "start", lambda: done.append("engine"))
    monkeypatch.setattr(app, "stop", lambda: done.append("stop"))
    monkeypatch.setattr(app.sockets, "send_at_once", lambda: done.append("sockets"))

    async def serve() -> None:
        async with app.lifespan(None):  # uvicorn binds its socket, enters this, and then accepts
            done.append("serving")

    asyncio.run(serve())
    assert done[0] == "sockets" and done[-1] == "stop" and "serving" in done
