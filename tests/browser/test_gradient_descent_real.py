"""The map of a real network in a real browser: both runs walk over it, mini-batches are flipped, all is in the link."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SHORT = {"section": "network", "trained": "hidden=4|epochs=4|points=60"}  # 12 updates, three an epoch


class Real:
    """A window in which the map is open."""

    def __init__(self, page: Page):
        self.page = page
        self.ground = page.locator(".st-key-walks .ground canvas")
        self.rows = page.locator(".st-key-walks tbody tr")
        self.batch = page.locator(".st-key-walks .bar output")
        self.pointed = page.locator(".st-key-walks .place b")

    def row(self, name: str) -> list[str]:
        """Return what the table says of both runs."""
        cells = self.rows.filter(has=self.page.get_by_role("rowheader", name=name, exact=True)).locator("td")
        return cells.all_inner_texts()

    def wait_for(self, name: str, *wanted: str) -> None:
        """Wait until the table says so of both runs (regular expressions)."""
        cells = self.rows.filter(has=self.page.get_by_role("rowheader", name=name, exact=True)).locator("td")
        for place, pattern in enumerate(wanted):
            expect(cells.nth(place)).to_have_text(re.compile(f"^{pattern}$"))


@pytest.fixture
def real(visit: Callable[..., Page]) -> Callable[..., Real]:
    """Return a function that opens the map and waits until it is drawn."""

    def open_page(link: dict[str, str] | None = None, **look: object) -> Real:
        page = Real(visit("gradient_descent", {**SHORT, **(link or {})}, **look))
        expect(page.ground).to_be_visible()
        return page

    return open_page


def test_both_runs_walk_over_the_map_and_the_moment_is_in_the_link(real: Callable[..., Real]) -> None:
    page = real()
    page.wait_for("updates made", "12", "12")
    page.wait_for("distance off this map", "0, on it", r"[\d.]+|0, on it")
    page.page.locator(".st-key-gradient_descent-bench button.reset").click()
    page.wait_for("updates made", "0", "0")
    page.wait_for("distance from the start", "0", "0")
    page.page.wait_for_url(re.compile(r"moment=0"))


def test_of_networks_of_other_batch_sizes_the_same_epoch_is_shown(real: Callable[..., Real]) -> None:
    page = real({"batch_b": "5", "cut": "ends"})
    page.wait_for("updates made", "12", "24")
    page.wait_for("distance off this map", "0, on it", "0, on it")


def test_mini_batches_are_flipped_through(real: Callable[..., Real]) -> None:
    page = real({"ground": "batch", "ground_size": "10"})
    expect(page.batch).to_have_text("mini-batch 1 of 3")
    page.wait_for("on this mini-batch", r".*\d.*", r".*\d.*")
    before = page.row("on this mini-batch")
    page.page.locator(".st-key-walks .bar .after").click()
    expect(page.batch).to_have_text("mini-batch 2 of 3")
    page.page.wait_for_url(re.compile(r"ground_batch=1"))
    expect(page.batch).to_have_text("mini-batch 2 of 3")
    assert page.row("on this mini-batch") != before


def test_the_loss_is_read_anywhere_with_the_keyboard(real: Callable[..., Real]) -> None:
    page = real({"cut": "chance"})
    page.ground.focus()
    page.ground.press("ArrowRight")
    expect(page.pointed).to_have_text(re.compile(r"^training loss .*\d"))
    page.ground.press("Escape")
    expect(page.pointed).not_to_have_text(re.compile(r"\d"))


@pytest.mark.parametrize(("theme", "lang"), [("light", "en"), ("dark", "zh")])
def test_on_a_phone_nothing_overflows(real: Callable[..., Real], theme: str, lang: str) -> None:
    page = real({"lang": lang, "ground": "batch"}, width=360, height=740, theme=theme)
    expect(page.batch).to_be_visible()
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.ground.bounding_box()["width"] <= 328
