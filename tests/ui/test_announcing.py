"""The answer with which a page opens names the scripts that draw it, all of them and no others."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

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


def headers(scope: dict, status: int = 200) -> list[tuple[bytes, bytes]]:
    """Return the headers with which a request is answered by a server that itself sends one."""
    sent: list[dict] = []

    async def app(_: dict, __: object, send: Callable) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [(b"x", b"y")]})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(announcing.Announcing(app)(scope, None, send))
    assert [one["type"] for one in sent] == ["http.response.start", "http.response.body"]
    return sent[0]["headers"]


@pytest.mark.parametrize("path", ["/playground", "/base/playground"])
def test_the_answer_to_a_page_has_the_header(path: str) -> None:
    (_, own), (name, announced) = headers({"type": "http", "path": path})
    assert (own, name) == (b"y", b"link")
    assert b"<_stcore/bidi-components/dlviz.network/network.js>; rel=modulepreload" in announced


def test_other_answers_stay_as_they_are() -> None:
    assert headers({"type": "http", "path": "/static/js/index.js"}) == [(b"x", b"y")]
    assert headers({"type": "http", "path": "/playground"}, status=404) == [(b"x", b"y")]
