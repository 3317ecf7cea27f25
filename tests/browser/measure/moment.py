"""How long until a shared link to a trained moment shows that moment, in a session that has never seen its run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlencode

from playwright.sync_api import Playwright, sync_playwright

from tests.browser.measure import marks, servers
from tests.browser.measure.numbers import Comparison, Wish

TIMES = 5
STEP = 2500
AT_MOST = 2000
NETWORKS = {
    "2-4-2-2 circle": {},
    "2-8-8-2 spiral": {"data": "spiral", "hidden": "8,8", "activation": "tanh"},
}
PLAYER = "/_stcore/bidi-components/dlviz.player/player.js"
# a script that is asked for before a page has put its component there is missing for good in that document
HELD = (
    "(window.played ??= under('network', 'canvas').length"
    f" ? import('{PLAYER}').then((found) => {{ window.played = found.player('playground'); }}) : null)"
)
ARRIVED = f"{HELD}?.step === {STEP}"
WANTED = {"title": marks.TITLE, "moment": ARRIVED}


def moment(wish: Wish) -> Iterator[Comparison]:
    """A link to a trained moment: to the moment on show, computed from its seed and read from the shelf."""
    seen = defaultdict(list)
    with servers.app(wish.shelf) as ours, sync_playwright() as playwright:
        servers.wait_until_quiet(ours)
        for number in range((wish.times or TIMES) + 1):
            for name, link in NETWORKS.items():
                # a seed that nobody has asked for: all of the run is still to be computed
                address = f"{ours.url}/playground?{urlencode({**link, 'seed': 1000 + number, 'at': STEP})}"
                for state in ("from its seed", "from the shelf"):
                    found = _visit(playwright, address)
                    for mark, when in found.items() if number else ():  # the first visit fills the server's caches
                        seen[name, state, mark].append(when)
    for (name, state, mark), values in seen.items():
        yield Comparison(f"{name}, {state}: {mark}", values, at_most=AT_MOST if mark == "moment" else None)


def _visit(playwright: Playwright, address: str) -> dict[str, float]:
    browser = servers.browser(playwright)
    try:
        return marks.visit(marks.window(browser, WANTED), address, WANTED)
    finally:
        browser.close()
