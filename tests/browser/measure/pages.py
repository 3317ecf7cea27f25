"""How long until a page shows something useful: a warm server, a browser started afresh for each visit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.measure import marks, servers
from tests.browser.measure.numbers import Comparison, Wish
from tests.browser.server import ROOT

VISITS = 7
AT_MOST = 1.2
PAGES = {"home": ("/", marks.HOME), "playground": ("/playground", marks.PLAYGROUND), "cnn": ("/cnn", marks.CNN)}
PAGES |= {name: (f"/{name}", {"useful": f"{marks.TITLE} && {drawn}"}) for name, drawn in marks.PAGES.items()}
Place = tuple[str, Mapping[str, str]]  # an address, and what to wait for there


def pages(wish: Wish) -> Iterator[Comparison]:
    """First useful picture on a page, against bare Streamlit with one Plotly line."""
    with ExitStack() as stack:
        bare = stack.enter_context(servers.bare("bare_line.py"))
        places: dict[str, Place] = {"bare": (bare.url, marks.BARE)}
        for where in filter(None, (ROOT, wish.beside)):
            server = stack.enter_context(servers.app(wish.shelf, Path(where)))
            servers.wait_until_quiet(server)
            before = "" if where == ROOT else f"{where} "
            places |= {f"{before}{name}": (server.url + address, wanted) for name, (address, wanted) in PAGES.items()}
        seen = _visits(places, wish.times or VISITS)
    for name, (_, wanted) in list(places.items())[1:]:
        for mark in wanted:
            at_most = AT_MOST if mark == "useful" else None
            yield Comparison(f"{name}: {mark}", seen[name, mark], seen["bare", "useful"], at_most=at_most)


def _visits(places: Mapping[str, Place], times: int) -> dict[tuple[str, str], list[float]]:
    """Return the milliseconds to each (place, mark), all places in turns."""
    seen = defaultdict(list)
    with sync_playwright() as playwright:
        for number in range(times + 1):
            for name, (address, wanted) in places.items():
                browser = servers.browser(playwright)
                found = marks.visit(marks.window(browser, wanted), address, wanted)
                browser.close()
                for mark, when in found.items() if number else ():  # each server's first visit fills its own caches
                    seen[name, mark].append(when)
    return seen
