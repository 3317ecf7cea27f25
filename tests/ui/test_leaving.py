"""Of what a browser asks for, only a part of a page that was left is not heard."""

from __future__ import annotations

import asyncio

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dlviz.ui.leaving import Leaving, Way


def asked(page: str, part: str = "") -> dict:
    """Return what a browser sends to have a page, or one part of it, run."""
    message = BackMsg()
    message.rerun_script.page_script_hash, message.rerun_script.fragment_id = page, part
    return {"type": "websocket.receive", "bytes": message.SerializeToString()}


def began(page: str) -> dict:
    """Return what the server sends when a page begins."""
    message = ForwardMsg()
    message.navigation.page_script_hash = page
    return {"type": "websocket.send", "bytes": message.SerializeToString()}


def test_parts_are_heard_as_long_as_nobody_said_where_the_visitor_is() -> None:
    assert Way().allows(asked("home", part="p"))


def test_a_part_of_the_page_that_was_left_is_not_heard_and_the_page_itself_is() -> None:
    way = Way()
    way.told(began("home"))
    assert way.allows(asked("home", part="p"))
    assert way.allows(asked("cnn"))
    assert not way.allows(asked("home", part="p"))
    assert way.allows(asked("cnn", part="q"))
    assert way.allows(asked("home"))  # Back
    assert way.allows(asked("home", part="p"))


def test_a_script_may_lead_to_another_page_too() -> None:
    way = Way()
    assert way.allows(asked("playground"))
    way.told(began("mlp"))
    assert way.allows(asked("mlp", part="p"))
    assert not way.allows(asked("playground", part="q"))


def test_an_address_names_no_page_and_the_server_says_which_it_is() -> None:
    way = Way()
    assert way.allows(asked(""))
    way.told(began("cnn"))
    assert way.allows(asked("cnn", part="p"))


def test_what_is_no_message_about_pages_is_passed_on() -> None:
    way = Way()
    way.told(began("cnn"))
    for message in (
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": "hello"},
        {"type": "websocket.receive", "bytes": b"\xff\xff\xff"},
        {"type": "websocket.receive", "bytes": BackMsg(app_heartbeat=True).SerializeToString()},
    ):
        assert way.allows(message)


def test_the_server_behind_hears_all_but_that() -> None:
    async def connection() -> list[dict]:
        coming = [asked("cnn"), asked("home", part="p"), asked("cnn", part="q")]
        heard: list[dict] = []

        async def server(scope: dict, receive: object, send: object) -> None:
            heard.extend([await receive() for _ in range(2)])

        async def receive() -> dict:
            return coming.pop(0)

        async def send(message: dict) -> None:
            raise AssertionError(message)

        await Leaving(server)({"type": "websocket"}, receive, send)
        return heard

    assert asyncio.run(connection()) == [asked("cnn"), asked("cnn", part="q")]
