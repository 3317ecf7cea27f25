"""The answer with which a page opens names what draws it, all of that and nothing else, and where its server is."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_routes import create_host_config_routes

from dlviz.ui import announcing
from dlviz.words import pages
from tests.lab import shown, until


@pytest.mark.parametrize("slug", [slug for slug in announcing.PAGES if slug])
@pytest.mark.xdist_group("quick engine")
def test_every_component_that_is_announced_is_on_the_page(open_lab: Callable[..., AppTest], slug: str) -> None:
    until(open_lab(slug=slug), lambda app: set(announcing.PAGES[slug]) <= set(shown(app)))


def test_every_page_announces_something() -> None:
    assert set(announcing.PAGES) == {"", *(page.slug for page in pages.existing())}


def test_what_a_script_imports_is_announced_with_it_to_the_last_file() -> None:
    found = announcing.scripts("playground")
    assert {"network/network.js", "bench/scrubber.js", "player/track.js", "curves/axes.js"} <= set(found)
    assert len(set(found)) == len(found)
    for script in found:
        text = (announcing.FOLDER / script).read_text(encoding="utf-8")
        for path in re.findall(r'from "([^"]+)"', text):
            folder, _, file = path.rpartition("/")
            folder = script.partition("/")[0] if folder == "." else folder.removeprefix("../dlviz.")
            assert f"{folder}/{file}" in found


def test_streamlits_own_scripts_are_announced_with_all_that_they_need_and_none_that_its_page_names() -> None:
    page = (announcing.STATIC / "index.html").read_text(encoding="utf-8")
    found = announcing.chunks("playground")
    assert {one.partition(".")[0] for one in found} > {*announcing.EVERYWHERE, *announcing.WIDGETS["playground"]}
    assert [one for one in found if one in page] == []
    for one in found:
        text = (announcing.STATIC / announcing.SCRIPTS / one).read_text(encoding="utf-8")
        assert [name for name in re.findall(r'from"\./([^"]+)"', text) if name not in found and name not in page] == []


PAGE = b"<html><head><title>x</title></head><body></head></body></html>"


def answer(scope: dict, status: int = 200, kind: bytes = b"text/html; charset=utf-8") -> tuple[list, bytes, dict]:
    """Return the headers and the body with which a request is answered, and what the server itself was asked."""
    sent: list[dict] = []
    asked: dict = {}

    async def app(passed_on: dict, __: object, send: Callable) -> None:
        asked.update(passed_on)
        headers = [(b"content-type", kind), (b"content-length", str(len(PAGE)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": PAGE[:20], "more_body": True})
        await send({"type": "http.response.body", "body": PAGE[20:]})

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(announcing.Announcing(app)({"type": "http", "method": "GET", "headers": [], **scope}, None, send))
    return sent[0]["headers"], b"".join(one.get("body", b"") for one in sent), asked


@pytest.mark.parametrize("path", ["/playground", "/base/playground"])
def test_a_page_says_at_the_end_of_its_head_what_it_needs(path: str) -> None:
    headers, body, _ = answer({"path": path})
    before, after = PAGE.split(b"</head>", 1)
    assert body.startswith(before) and body.endswith(b"</head>" + after)
    assert b'href="./_stcore/bidi-components/dlviz.network/network.js"' in body
    assert b'as="style" href="./_stcore/bidi-components/dlviz.network/network.css"' in body
    assert re.search(rb'rel="modulepreload" href="\./static/js/Slider\.[^"]+\.js"', body)
    assert dict(headers)[b"content-length"] == str(len(body)).encode()


def test_what_a_page_says_of_its_server_is_what_the_server_says_itself() -> None:
    _, body, _ = answer({"path": "/playground"})
    said = re.search(rb"window\.__streamlit \?\?= \{BACKEND_BASE_URL: (.+), HOST_CONFIG: (\{.+?\})\}<", body)
    assert said[1] == b'new URL(".", location.href).href'
    route = next(iter(create_host_config_routes(None)))
    answered = asyncio.run(route.endpoint(Request({"type": "http", "method": "GET", "headers": []})))
    assert json.loads(said[2]).items() <= json.loads(answered.body).items()


def test_a_page_comes_whole_and_unpacked() -> None:
    asked = [(b"Accept-Encoding", b"gzip"), (b"if-none-match", b"x"), (b"range", b"bytes=0-3"), (b"accept", b"*/*")]
    assert answer({"path": "/playground", "headers": asked})[2]["headers"] == [(b"accept", b"*/*")]


@pytest.mark.parametrize(
    "scope, status, kind",
    [
        ({"path": "/static/js/index.js"}, 200, b"text/javascript"),
        ({"path": "/playground"}, 404, b"text/html"),
        ({"path": "/playground"}, 200, b"application/json"),
        ({"path": "/playground", "method": "HEAD"}, 200, b"text/html"),
    ],
)
def test_other_answers_stay_as_they_are(scope: dict, status: int, kind: bytes) -> None:
    headers, body, _ = answer(scope, status, kind)
    assert (headers, body) == ([(b"content-type", kind), (b"content-length", str(len(PAGE)).encode())], PAGE)
