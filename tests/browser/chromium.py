"""Chromium for tests: where it is on this machine, and the hand that uses it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SECONDS_TO_WAIT = 60  # for anything on a page: a crowded machine is slow, not wrong
INSTALLED_AS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STAYS_HERE = {"data", "blob", "about", "chrome-error"}  # addresses that reach no host
STANDS_STILL = """(selector) => {
  const place = JSON.stringify(document.querySelector(selector)?.getBoundingClientRect());
  const same = place === window.stoodAt;
  window.stoodAt = place;
  return same;
}"""
"""Whether what a selector finds has not moved since this was last asked."""


def executable(playwright: Playwright) -> str:
    """Return the path of a Chromium: Playwright's own where it is installed, else the system's.

    Where there is none, the test is skipped with its reason, and fails in continuous integration.
    """
    own = playwright.chromium.executable_path
    found = own if Path(own).exists() else next(filter(None, map(shutil.which, INSTALLED_AS)), None)
    return found or without_browser(f"no Chromium here: none of Playwright's, and no {' or '.join(INSTALLED_AS)}")


def in_ci() -> bool:
    """Return whether this is continuous integration."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def without_browser(reason: str) -> str:
    """Skip the test, or fail it where CI is set: there a missing browser must not go unseen."""
    if in_ci():
        pytest.fail(reason)
    pytest.skip(reason)


def wait_for_run(page: Page) -> None:
    """Return when the page is connected and its script has come to an end once."""
    page.wait_for_timeout(150)  # the browser tells of a new run with this delay at most
    page.wait_for_selector(
        '[data-testid="stApp"][data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]',
        state="attached",
    )


def draw_stroke(page: Page, key: str, points: Iterable[tuple[float, float]]) -> None:
    """Draw one stroke with the mouse on the canvas of the widget `key`; points in its own pixels from its corner."""
    canvas = page.locator(f".st-key-{key.replace('.', '-')} canvas").last
    canvas.scroll_into_view_if_needed()
    corner = canvas.bounding_box()
    (x, y), *others = points
    page.mouse.move(corner["x"] + x, corner["y"] + y)
    page.mouse.down()
    for x, y in others:
        page.mouse.move(corner["x"] + x, corner["y"] + y)
    page.mouse.up()


class Complaints:
    """What went wrong in the browser: scripts that failed, and errors in its console."""

    def __init__(self, page: Page):
        self.texts: list[str] = []
        page.on("pageerror", lambda error: self.texts.append(str(error)))
        page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        # to find the server's root, Streamlit asks for its paths below every page's own address first
        probing = re.search(r"/[^/]+/_stcore/(host-config|health)$", message.location.get("url", ""))
        if message.type == "error" and not probing:
            self.texts.append(f"{message.text} ({message.location.get('url', '')})")


class Requests:
    """The addresses that a page asked for."""

    def __init__(self, page: Page):
        self.addresses: list[str] = []
        page.context.on("request", lambda request: self.addresses.append(request.url))
        page.on("websocket", lambda socket: self.addresses.append(socket.url))

    def outside(self, host: str = "127.0.0.1") -> list[str]:
        """Return the addresses that left the host."""
        places = ((address, urlsplit(address)) for address in self.addresses)
        return [address for address, place in places if place.scheme not in STAYS_HERE and place.hostname != host]
