"""What a further session costs the server: real windows of a real browser, opened one after the other and kept open."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import sync_playwright

from tests.browser.measure import marks, servers
from tests.browser.measure.numbers import Comparison, Wish
from tests.browser.measure.pages import PAGES

SESSIONS = 12
FIRST = 2  # sessions that fill what all share
REST = 1000  # milliseconds after a page is complete
AT_MOST = 10


def memory(wish: Wish) -> Iterator[Comparison]:
    """Memory of the serving process for each further session that holds a page open."""
    for name, (address, wanted) in PAGES.items():
        with servers.app(wish.shelf) as ours, sync_playwright() as playwright:
            servers.wait_until_quiet(ours)
            browser, grown = servers.browser(playwright), []
            for _ in range(FIRST + (wish.times or SESSIONS)):
                page = marks.window(browser, wanted)
                marks.visit(page, ours.url + address, wanted)
                page.wait_for_timeout(REST)
                grown.append(servers.memory(ours))
            browser.close()
        serving, workers = [row[0] for row in grown[FIRST - 1 :]], [sum(row[1:]) for row in grown[FIRST - 1 :]]
        sessions = len(serving) - 1
        yield Comparison(f"{name}: a session", [(serving[-1] - serving[0]) / sessions], unit="MB", at_most=AT_MOST)
        yield Comparison(f"{name}: a session, in all workers", [(workers[-1] - workers[0]) / sessions], unit="MB")
        yield Comparison(f"{name}: the serving process at last", [serving[-1]], unit="MB")
