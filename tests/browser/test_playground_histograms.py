"""A visitor looks inside every layer: reads what stands where, goes back in time, and sees the numbers of then."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import Playground

SHORT = {"closer": "histograms", "epochs": "60", "seed": "61"}
PLACE = ".st-key-playground-histograms"


@pytest.fixture
def opened(visit: Callable[..., Page]) -> Callable[..., Playground]:
    """Return a function that opens the tab on a run that is over, and waits until all of it is counted."""

    def open_page(link: dict[str, str] | None = None, **look: object) -> Playground:
        page = Playground(visit("playground", {**SHORT, **(link or {})}, **look)).wait_until_open()
        page.until("p.track.ended && p.track.moments.at(-1)?.epoch === 60")
        page.pause()
        page.page.locator(".st-key-playground [role=slider]").press("End")
        expect(marked(page)).to_contain_text("60")
        return page

    return open_page


def marked(page: Playground) -> Locator:
    """Return what says which moment the bars are of."""
    return page.page.locator(f"{PLACE} .marked")


def drawn(cell: Locator) -> str:
    """Return what a strip shows."""
    return cell.locator("canvas").evaluate("canvas => canvas.toDataURL()")


def test_the_marked_moment_follows_the_player_and_a_click_takes_it_there(opened: Callable[..., Playground]) -> None:
    page = opened()
    cells = page.page.locator(f"{PLACE} .cell")
    expect(cells).to_have_count(9)
    signs = page.page.locator(f"{PLACE} .signs").first
    late, numbers = drawn(cells.first), signs.inner_text()
    page.page.locator(".st-key-playground [role=slider]").press("Home")
    expect(marked(page)).to_have_text("Bars and numbers: epoch 0, after 0 updates")
    expect(signs).not_to_have_text(numbers)
    assert drawn(cells.first) != late
    cells.first.scroll_into_view_if_needed()
    cells.first.click(position={"x": 120, "y": 50})
    page.until("p.step > 0 && !p.atNewest")
    expect(marked(page)).not_to_contain_text("epoch 0,")


def test_the_arrow_keys_read_one_cell_after_the_other(opened: Callable[..., Playground]) -> None:
    page = opened()
    cell, tip = page.page.locator(f"{PLACE} .cell").first, page.page.locator(f"{PLACE} .tip")
    cell.focus()
    for _ in range(3):
        page.page.keyboard.press("ArrowLeft")
    expect(tip).to_have_text(re.compile(r"^Epoch \d+: \d of 8 \(\d+\.\d.%\) lie between −?[\d.]+ and −?[\d.]+$"))
    step = page.asked("p.step")
    page.page.keyboard.press("Enter")
    page.until(f"p.step < {step}")
    page.page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_narrow_page_shows_one_kind_at_a_time(opened: Callable[..., Playground]) -> None:
    page = opened(width=360, theme="dark")
    visible = page.page.locator(f"{PLACE} .cell:visible")
    expect(visible).to_have_count(3)
    page.page.locator(f"{PLACE} [role=radio]").nth(1).click()
    expect(visible.first).to_have_attribute("data-kind", "gradients")
    expect(visible).to_have_count(3)
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
