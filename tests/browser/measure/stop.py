"""How long from a click on pause to the last update of the run: the worker itself tells when it has come to rest.

The workers are started here, and the app is sent to them, so that what they tell is heard here as well: a run that
rests says so right after its last turn, before it files anything.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from distributed import Client, LocalCluster
from playwright.sync_api import Page, sync_playwright

from dlviz.engine.engine import Engine
from dlviz.engine.worker import TOPIC
from tests.browser.measure import marks, servers
from tests.browser.measure.numbers import Comparison, Wish
from tests.browser.server import served

TIMES = 20
AT_MOST = 200
GOES_ON = 1500  # milliseconds that a run trains before it is stopped, each time from another place of an update
FURTHER = 37
STILL = 8.0  # seconds in which no run tells anything
STANDS = 1.0  # seconds in which nothing more may come
PAGES = {
    "cnn: the article's network": ("cnn", "bench", {"epochs": "60", "seed": "71"}),
    "playground: 2-4-2-2": ("playground", "playground", {"epochs": "10000", "batch_size": "1", "seed": "71"}),
}
PRESSED = """(key) => document.querySelector(`.st-key-${key}`).addEventListener(
  "click", () => { window.pressed = Date.now(); }, true)"""


class Heard:
    """What workers tell of their runs, and when it came: (seconds since 1970, news)."""

    def __init__(self, address: str):
        self.news: list[tuple[float, dict[str, object]]] = []
        self.client = Client(address, set_as_default=False)
        self.client.subscribe_topic(TOPIC, lambda event: self.news.append((time.time(), event[1])))

    def wait_until_still(self) -> None:
        """Return when no run has told anything for a while: those that the house begins by itself are through."""
        while not self.news or time.time() - self.news[-1][0] < STILL:
            time.sleep(0.5)

    def rest(self, after: float) -> float:
        """Return when a run was told to rest after that time. Raises: AssertionError where it then went on."""
        told = [(when, news) for when, news in self.news if when > after and "step" in news]
        rested = [(when, news) for when, news in told if news.get("state") == "paused"]
        assert len(rested) == 1, f"a run that is stopped rests once, but it was told {len(rested)} times"
        (when, news) = rested[0]
        steps = [other["step"] for _, other in told if other["digest"] == news["digest"]]
        assert max(steps) == news["step"], "an update came after the rest"
        return when


def stop(wish: Wish) -> Iterator[Comparison]:
    """Click on pause to the last update of the run, as its worker tells it."""
    options = Engine._local_options(type("OneWorker", (), {"workers": 1}))
    with tempfile.TemporaryDirectory() as folder, LocalCluster(**options) as cluster, sync_playwright() as playwright:
        address = cluster.scheduler_address
        with served("app.py", Path(folder), DLVIZ_SCHEDULER=address, DLVIZ_SHELF=f"{folder}/shelf") as ours:
            heard = Heard(address)
            heard.wait_until_still()
            servers.wait_until_quiet(ours)
            for name, (slug, key, link) in PAGES.items():
                browser = servers.browser(playwright)
                page = marks.window(browser, {})
                page.goto(f"{ours.url}/{slug}?{urlencode(link)}")
                page.wait_for_selector(f".st-key-{key} button.play", timeout=60_000)
                page.evaluate(PRESSED, key)
                yield Comparison(name, list(_stops(page, key, heard, wish.times or TIMES)), at_most=AT_MOST, of="p95")
                browser.close()
            heard.client.close()


def _stops(page: Page, key: str, heard: Heard, times: int) -> Iterator[float]:
    """Yield the milliseconds that each stop took."""
    button, state = page.locator(f".st-key-{key} button.play"), page.locator(f".st-key-{key} .state")
    for number in range(times):
        page.wait_for_function("(node) => node.textContent === 'training'", arg=state.element_handle(), timeout=60_000)
        page.wait_for_timeout(GOES_ON + FURTHER * number)
        button.click()
        page.wait_for_function("(node) => node.textContent === 'paused'", arg=state.element_handle(), timeout=60_000)
        time.sleep(STANDS)
        pressed = page.evaluate("window.pressed") / 1000
        yield 1000 * (heard.rest(pressed) - pressed)
        button.click()
