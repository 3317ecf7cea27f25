"""An address that no page could mean is cut short, what was cut is named, and a short one is left alone."""

import asyncio
from urllib.parse import parse_qs, parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as some
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from dlviz.ui import addresses

FIELDS = some.lists(some.tuples(some.text(max_size=8), some.text(max_size=30)), max_size=300)


def fields(query: str) -> dict[str, str]:
    """Return the fields of a query string, of a repeated name the last."""
    return dict(parse_qsl(query, keep_blank_values=True))


def test_a_usual_address_stays() -> None:
    assert addresses.shortened("") is None
    assert addresses.shortened("seed=3&lang=zh") is None


def test_a_value_of_a_megabyte_is_left_out_and_named() -> None:
    query = addresses.shortened("seed=3&learning_rate=" + "9" * 1_000_000)
    assert query is not None
    assert fields(query)["seed"] == "3"
    assert "learning_rate" not in fields(query)
    assert addresses.dropped(fields(query)) == ["learning_rate"]


def test_a_thousand_fields_are_counted() -> None:
    query = addresses.shortened("&".join(f"x{i}={i}" for i in range(1500)))
    assert query is not None
    assert len(parse_qs(query)) <= addresses.MOST_FIELDS
    left = addresses.dropped(fields(query))
    assert len(left) + len(parse_qs(query)) - 1 == 1500
    assert left[:3] == ["x199", "x200", "x201"]
    assert left[-1] == "…"


@given(FIELDS, some.integers(0, 9_000))
def test_what_was_cut_short_is_short_enough(rows: list[tuple[str, str]], length: int) -> None:
    query = addresses.shortened(urlencode([*rows, ("long", "数" * length)]))
    assert query is None or (addresses.shortened(query) is None and len(query) < 512 * 1024)


@given(some.dictionaries(some.sampled_from([addresses.DROPPED, "x"]), some.text()))
def test_nonsense_about_what_was_dropped_is_harmless(texts: dict[str, str]) -> None:
    assert len(addresses.dropped(texts)) <= addresses.MOST_COUNTED


def answer(scope: dict) -> list[dict]:
    """Return what is sent for a request; a request that is passed on is answered with "passed on"."""
    sent: list[dict] = []

    async def app(*_: object) -> None:
        sent.append({"type": "passed on"})

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(addresses.ShortAddresses(app)(scope, None, send))
    return sent


def test_a_long_address_is_sent_to_the_short_one() -> None:
    scope = {"type": "http", "method": "GET", "query_string": b"a=1&b=" + b"x" * 13_000}
    start, body = answer(scope)
    assert start["status"] == 302
    assert dict(start["headers"])[b"location"] == b"?a=1&dropped=b%2C1"
    assert body["body"] == b""


def test_everything_else_is_passed_on() -> None:
    passed = [{"type": "passed on"}]
    assert answer({"type": "http", "method": "GET", "query_string": b"a=1"}) == passed
    assert answer({"type": "lifespan"}) == passed
    assert answer({"type": "websocket", "query_string": b"a=" + b"x" * 13_000}) == passed


def test_the_server_reads_an_address_of_a_megabyte() -> None:
    addresses.admit_long_addresses()
    seen: list[int] = []

    async def app(scope: dict, *_: object) -> None:
        seen.append(len(scope["query_string"]))

    async def request() -> None:
        config = Config(app, lifespan="off", log_config=None)
        config.load()
        protocol = H11Protocol(config, ServerState(), {})
        protocol.connection_made(QuietTransport())
        protocol.data_received(b"GET /cnn?a=" + b"9" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(0.05)

    asyncio.run(request())
    assert seen == [1_000_002]


class QuietTransport(asyncio.Transport):
    """A connection that goes nowhere."""

    def get_extra_info(self, name: str, default: object = None) -> object:
        """Return nothing about the other side."""
        return default

    def write(self, data: bytes) -> None:
        """Forget what is sent."""

    def is_closing(self) -> bool:
        """Return that it is open."""
        return False

    def close(self) -> None:
        """Do nothing."""
