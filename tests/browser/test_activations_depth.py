"""A visitor looks into a deep stack: reads its layers, moves its depth, gives each layer a scale of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

SECTION = {"section": "depth"}  # what opens the panel on its page


class Stack:
    """One window in which the stack is open."""

    def __init__(self, page: Page):
        self.page = page
        self.charts = page.locator(".st-key-depth .charts")
        self.said = page.locator(".st-key-depth .said")
        self.cards = page.locator(".st-key-depth .card")
        self.own = page.locator(".st-key-depth .own")

    def drawn(self, part: str) -> str:
        """Return what a chart shows."""
        return self.page.locator(f".st-key-depth [data-part={part}] canvas").last.evaluate("one => one.toDataURL()")


@pytest.fixture
def opened(visit: Callable[..., Page]) -> Callable[..., Stack]:
    """Return a function that opens the panel and waits until it is drawn."""

    def open_stack(link: dict[str, str] | None = None, **look: object) -> Stack:
        stack = Stack(visit("activations", {**SECTION, **(link or {})}, **look))
        expect(stack.cards.first.locator(".big")).to_have_text(re.compile(r"^× [\d.]"))
        return stack

    return open_stack


def slider(page: Page, name: str) -> Locator:
    """Return the thumb of a slider."""
    return page.locator(f".st-key-activations-{name} input").first


def test_layers_are_read_by_pointer_and_by_key(opened: Callable[..., Stack]) -> None:
    stack = opened()
    hint = stack.said.inner_text()
    stack.charts.scroll_into_view_if_needed()
    box = stack.charts.bounding_box()
    stack.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    expect(stack.said).to_contain_text(re.compile(r"^Layer \d+: signals [\d.]+ \(theory [\d.]+\)"))
    stack.page.mouse.move(2, 2)
    expect(stack.said).to_have_text(hint)
    stack.charts.focus()
    stack.page.keyboard.press("End")
    expect(stack.said).to_contain_text("Layer 20:")
    stack.page.keyboard.press("ArrowLeft")
    expect(stack.said).to_contain_text("Layer 19:")


def test_a_scale_of_its_own_shows_shapes_at_once_and_is_in_the_link(opened: Callable[..., Stack]) -> None:
    stack = opened({"deep_bend": "relu"})
    shared = stack.drawn("signals")
    stack.own.click()
    assert stack.drawn("signals") != shared
    expect(stack.own).to_have_attribute("aria-pressed", "true")
    stack.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("deep_own") == ["1"])
    stack.own.click()
    stack.page.wait_for_url(lambda url: "deep_own" not in url)
    assert stack.drawn("signals") == shared


def test_another_depth_is_drawn_and_stands_in_the_link(opened: Callable[..., Stack]) -> None:
    stack = opened({"deep_layers": "12"})
    expect(stack.cards.first).to_contain_text("after 12 layers")
    lines = stack.drawn("lines")
    slider(stack.page, "deep_layers").press("ArrowRight")
    expect(stack.cards.first).to_contain_text("after 13 layers")
    stack.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("deep_layers") == ["13"])
    assert stack.drawn("lines") != lines


def test_a_narrow_dark_page_in_chinese_holds_fifty_layers(opened: Callable[..., Stack]) -> None:
    stack = opened({"lang": "zh", "deep_layers": "50"}, width=360, theme="dark")
    expect(stack.cards.first).to_contain_text("50 层之后")
    assert stack.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = stack.page.locator(".st-key-depth canvas").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().right > innerWidth).length"
    )
    assert wide == 0
