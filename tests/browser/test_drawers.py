"""On a phone the stage comes first, and its controls wait in a drawer; on a wide screen they lie open beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.drawers import open_drawer

Visit = Callable[..., Page]
PHONE = {"width": 360, "height": 740}


def parts(page: Page, name: str) -> tuple[Locator, Locator]:
    """Return the button of a drawer, and the drawer."""
    return page.locator(f".st-key-handle-{name} button"), page.locator(f".st-key-drawer-{name}")


@pytest.mark.parametrize("name", ["linear_regression", "gradient_descent"])
def test_a_drawer_is_shut_at_first_and_opens_by_click_and_by_key(name: str, visit: Visit) -> None:
    page = visit(name, **PHONE)
    handle, drawer = parts(page, name)
    expect(handle).to_have_text("Controls")
    expect(handle).to_have_attribute("aria-expanded", "false")
    expect(drawer).to_be_attached()
    expect(drawer).to_be_hidden()
    handle.click()
    expect(drawer).to_be_visible()
    expect(handle).to_have_attribute("aria-expanded", "true")
    assert handle.evaluate("node => node.ariaControlsElements[0].className").find(f"st-key-drawer-{name}") >= 0
    handle.press("Enter")
    expect(drawer).to_be_hidden()
    handle.press("Space")
    expect(drawer).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("name", ["linear_regression", "gradient_descent"])
def test_a_drawer_stays_open_when_a_control_is_used_and_when_the_page_is_loaded_again(name: str, visit: Visit) -> None:
    page = visit(name, link={"lang": "zh"}, **PHONE)
    handle, drawer = parts(page, name)
    expect(handle).to_have_text("调节")
    open_drawer(page, name)
    before = page.url
    drawer.locator("input[type=range]:visible").first.press("ArrowRight")
    page.wait_for_url(lambda url: url != before)
    expect(drawer).to_be_visible()
    page.reload()
    expect(handle).to_have_attribute("aria-expanded", "true")
    expect(drawer).to_be_visible()


@pytest.mark.parametrize("name", ["linear_regression", "gradient_descent"])
def test_on_a_wide_screen_there_is_no_drawer(name: str, visit: Visit) -> None:
    page = visit(name)
    handle, drawer = parts(page, name)
    expect(drawer).to_be_visible()
    expect(handle).to_be_hidden()
