"""What an address may be, and who wrote it: one longer than any state of any page is cut short at the door.

Streamlit ignores all of an address that is longer than 512 Ki characters or has more than 1,000
fields, and says nothing; then a page could not name what it could not read. So such a request is
answered with the same address without the fields that cannot be meant, and with their names.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl, urlencode

from streamlit.runtime.scriptrunner import get_script_run_ctx
from uvicorn.protocols.http import h11_impl

DROPPED = "dropped"  # the field that names what was left out
LONGEST_VALUE = 12_000  # as in dlviz/codec.py: characters of the longest value
LONGEST_STATE = 32_000  # characters of all names and values together
LONGEST_QUERY = 13 * LONGEST_STATE  # a character beyond ASCII may take twelve when it is written as %F0%9F%98%80
MOST_FIELDS = 200
NAMED = 3  # fields left out that are named; the rest is counted
MOST_COUNTED = 100_000
LONGEST_ADDRESS = 2 * 2**20  # bytes of the request's first line that the server reads at all

Asgi = Callable[[dict, Callable, Callable], Awaitable[None]]


def admit_long_addresses() -> None:
    """Let the server read addresses up to LONGEST_ADDRESS, so that they can be cut short instead of refused.

    uvicorn's own setting for it is out of reach behind `streamlit run`.
    """
    h11_impl.DEFAULT_MAX_INCOMPLETE_EVENT_SIZE = LONGEST_ADDRESS


def shortened(query: str) -> str | None:
    """Return the query string without the fields that are too long or too many, or None where all may stay."""
    few = query.count("&") < MOST_FIELDS
    done = query.rpartition("&")[2].startswith(f"{DROPPED}=") and len(query) <= LONGEST_QUERY  # it comes from here
    if few and (done or len(query) <= LONGEST_VALUE):
        return None
    short: list[tuple[str, str]] = []
    left: list[str] = []
    room = LONGEST_STATE
    for name, text in parse_qsl(query, keep_blank_values=True):
        if len(name) + len(text) <= min(LONGEST_VALUE, room) and len(short) < MOST_FIELDS - 1:
            short.append((name, text))
            room -= len(name) + len(text)
        else:
            left.append(name[:40].replace(",", " "))
    return urlencode([*short, (DROPPED, ",".join([*left[:NAMED], str(len(left))]))]) if left else None


def dropped(fields: Mapping[str, str]) -> list[str]:
    """Return the names of the fields that were left out of this address; "…" stands for each one not named."""
    *names, count = fields.get(DROPPED, "0")[:LONGEST_VALUE].split(",")
    unnamed = min(int(count), MOST_COUNTED) - len(names) if count.isdecimal() and len(count) < 9 else 0
    return [*names[:NAMED], *["…"] * unnamed]


def by_history() -> bool:
    """Return whether this run was asked for by Back or Forward in the browser."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


class ShortAddresses:
    """Wraps the server: a request for a page with an impossibly long address is sent to the short one."""

    def __init__(self, app: Asgi):
        self.app = app

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:
        """Answer one request, or pass it on."""
        query = shortened(scope["query_string"].decode("latin-1")) if scope["type"] == "http" else None
        if query is None or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        headers = [(b"location", f"?{query}".encode()), (b"content-length", b"0"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 302, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
