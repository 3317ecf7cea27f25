"""What a busy browser still holds when it only looks for news takes nothing back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.server import Server, served

LOOKS = 3


@pytest.fixture(scope="module")
def app(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield the served page."""
    with served("tests/browser/apps/echoes_app.py", tmp_path_factory.mktemp("echoes")) as server:
        yield server


class Line:
    """The line between browser and server, on which the server's words can be held up."""

    def __init__(self, page: Page) -> None:
        self.held: list[bytes | str] | None = None
        self.asked = 0
        page.route_web_socket(re.compile(".*"), self._join)

    def _join(self, browser: WebSocketRoute) -> None:
        self.browser, server = browser, browser.connect_to_server()
        server.on_message(self._said)

        def ask(message: bytes | str) -> None:
            self.asked += 1
            server.send(message)

        browser.on_message(ask)

    def _said(self, message: bytes | str) -> None:
        if self.held is None:
            self.browser.send(message)
        else:
            self.held.append(message)

    def let_go(self) -> None:
        """Let the browser hear all that was held up, and all that comes."""
        held, self.held = self.held, None
        for message in held:
            self.browser.send(message)


def times(page: Page) -> int:
    """Return how often the part was shown."""
    return int(page.get_by_text(re.compile(r"^value \d shown")).inner_text().split()[-1])


def test_what_was_put_stays_although_the_browser_looks_for_news_before_it_hears_of_it(
    app: Server, window: Callable[..., Page]
) -> None:
    page = window()
    line = Line(page)
    page.goto(app.url)
    expect(page.get_by_text(re.compile("^value 2 shown"))).to_be_visible()
    line.held = []
    page.locator(".st-key-put button").click()
    before = line.asked
    while line.asked < before + LOOKS:
        page.wait_for_timeout(50)
    line.let_go()
    expect(page.get_by_text(re.compile("^value 7 shown"))).to_be_visible()
    shown = times(page)
    while times(page) < shown + LOOKS:
        page.wait_for_timeout(50)
    expect(page.get_by_text(re.compile("^value 7 shown"))).to_be_visible()
    expect(page.locator(".st-key-knob input[type=range]")).to_have_value("7")


def test_what_the_visitor_turns_is_taken_from_a_look_as_from_any_other_word(
    app: Server, window: Callable[..., Page]
) -> None:
    page = window()
    page.goto(app.url)
    for value in (3, 4):
        page.locator(".st-key-knob input[type=range]").press("ArrowRight")
        expect(page.get_by_text(re.compile(f"^value {value} shown"))).to_be_visible()
    shown = times(page)
    while times(page) < shown + LOOKS:
        page.wait_for_timeout(50)
    expect(page.get_by_text(re.compile("^value 4 shown"))).to_be_visible()
