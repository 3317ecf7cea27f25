"""A page that its visitor leaves has no say any more: what its parts still ask for is not passed on.

A part that is shown again by a timer, or was just used, asks for its run under the name of its page until the browser
has heard of the next one. Streamlit would take such a request that meets the visitor's own for one wish and go to the
page named last, the old one; or, where the next page is on its way already, it would begin a run of the old page in
which nothing is drawn, at which the browser clears away the next.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST = 200_000  # bytes of a message that may say where the visitor is; pictures are longer

Asgi = Callable[[dict, Callable, Callable], Awaitable[None]]


class Leaving:
    """Wraps the server: what a part of a page that was left asks for is not heard; all else is passed on."""

    def __init__(self, app: Asgi):
        self.app = app

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:
        """Pass on what one connection asks for and is told, less what comes from a page that was left."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        way = Way()

        async def hear() -> dict:
            while True:
                message = await receive()
                if way.allows(message):
                    return message

        async def tell(message: dict) -> None:
            way.told(message)
            await send(message)

        await self.app(scope, hear, tell)


class Way:
    """Where one visitor is, or is on the way to: `page` is Streamlit's name of it, empty as long as nobody said."""

    page = ""

    def allows(self, message: dict) -> bool:
        """Return whether a message of the browser is to be heard, and note where it leads."""
        asked = _read(BackMsg, message)
        if asked is None or not asked.HasField("rerun_script"):
            return True
        page = asked.rerun_script.page_script_hash
        if asked.rerun_script.fragment_id:
            return not self.page or not page or page == self.page
        self.page = page
        return True

    def told(self, message: dict) -> None:
        """Note which page the server sends: an address names none, and a script may lead to another one."""
        said = _read(ForwardMsg, message)
        if said is not None and said.HasField("navigation"):
            self.page = said.navigation.page_script_hash


def _read(kind: type, message: dict) -> BackMsg | ForwardMsg | None:
    """Return what a message over the connection says, or None where it is none, or too long to be about pages."""
    data = message.get("bytes")
    if not data or len(data) > LONGEST:
        return None
    try:
        return kind.FromString(data)
    except Exception:  # of protobuf's own kinds; not ours to judge: the server will say what it thinks of it
        return None
