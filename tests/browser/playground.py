"""The playground as a visitor has it: point, click, drag and paint in the picture, and read what is said."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, expect

PLAYER = "/_stcore/bidi-components/dlviz.player/player.js"
WITH_PLAYER = f"async () => {{ const p = (await import('{PLAYER}')).player('playground'); return %s; }}"
HOLD_PLAYER = f"async () => {{ window.p = (await import('{PLAYER}')).player('playground'); }}"
HELD_PLAYER = """() => {
    try { return %s; } catch (error) { if (error instanceof TypeError) return false; throw error; }
}"""  # before the first moment there is nothing to ask
HEAD = 78  # pixels above the large map, as in components/network/layout.js
LONG = {"epochs": "10000"}
"""A run that learns for as long as any test looks."""


class Playground:
    """One window in which the playground is open."""

    def __init__(self, page: Page):
        self.page = page
        self.picture = page.locator(".st-key-network .stage > canvas")
        self.caption = page.locator(".st-key-network .caption")
        self.numbers = page.locator(".st-key-network .output dd")
        self.card = page.locator(".st-key-network .card")
        self.state = page.locator(".st-key-playground .state")

    def wait_until_open(self) -> Playground:
        """Wait until the network is drawn from a recorded moment and its points are there."""
        expect(self.numbers.first).not_to_have_text("–")
        return self

    def link(self) -> dict[str, str]:
        """Return what the address says."""
        return dict(parse_qsl(urlsplit(self.page.url).query))

    def wait_for_link(self, name: str, pattern: str) -> str:
        """Wait until the address says so (a regular expression) and return what it says."""
        self.page.wait_for_url(lambda url: re.fullmatch(pattern, dict(parse_qsl(urlsplit(url).query)).get(name, "")))
        return self.link().get(name, "")

    def asked(self, expression: str) -> object:
        """Return what the browser's player, `p`, says."""
        return self.page.evaluate(WITH_PLAYER % expression)

    def until(self, expression: str) -> None:
        """Wait until the browser's player, `p`, says so."""
        self.page.evaluate(HOLD_PLAYER)  # what is waited for must answer at once: a promise counts as true
        self.page.wait_for_function(HELD_PLAYER % expression, polling=100)

    def pause(self) -> int:
        """Pause, and return the step on show."""
        if self.asked("p.running"):
            self.page.locator(".st-key-playground button.play").click()
        self.until("!p.running")
        return int(self.asked("p.step"))

    def press(self, name: str) -> None:
        """Press one of the bench's buttons."""
        self.page.locator(f".st-key-playground button.{name}").first.click()

    # ------------------------------------------------------------------------------ in the picture

    def on_map(self, x: float, y: float) -> dict[str, float]:
        """Return where on the picture a point of the plane is, from its corner in pixels."""
        head = self.page.locator(".st-key-network .output")
        left, side = head.evaluate("node => [parseFloat(node.style.left), parseFloat(node.style.width)]")
        top = self.picture.bounding_box()["height"] - side if self.narrow else HEAD
        return {"x": left + (x / 6 + 1) / 2 * side, "y": top + (1 - y / 6) / 2 * side}

    @property
    def narrow(self) -> bool:
        """Whether the picture runs downwards."""
        return self.picture.bounding_box()["width"] < 560

    def walk(self, *keys: str) -> None:
        """Give the picture the keys, and walk over its units."""
        self.picture.focus()
        for key in keys:
            self.page.keyboard.press(key)
