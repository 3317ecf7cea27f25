"""A visitor watches gradients vanish: plays the lesson, goes back to its first update, cures it, and compares."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

SHORT = {"deep_steps": "100"}


class Lesson:
    """One window in which a lesson is open."""

    def __init__(self, page: Page):
        self.page = page
        self.slider = page.locator(".st-key-vanishing input[type=range]")
        self.output = page.locator(".st-key-vanishing output")
        self.said = page.locator(".st-key-vanishing .said")
        self.heat = page.locator(".st-key-vanishing canvas.heat")
        self.names = page.locator(".st-key-vanishing .top")

    def drawn(self, part: str) -> str:
        """Return what a picture shows."""
        return self.page.locator(f".st-key-vanishing [data-part={part}] > canvas").evaluate("one => one.toDataURL()")

    def link(self) -> dict[str, list[str]]:
        """Return what the address says."""
        return parse_qs(urlsplit(self.page.url).query)

    def wait_for_link(self, name: str, value: str | None) -> None:
        """Wait until the address says so."""
        self.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get(name, [None]) == [value])


@pytest.fixture
def opened(visit: Callable[..., Page]) -> Callable[..., Lesson]:
    """Return a function that opens a lesson and waits until it has been played to its end."""

    def open_lesson(link: dict[str, str] | None = None, end: str = "Update 100 of 100", **look: object) -> Lesson:
        lesson = Lesson(visit("backprop", {**SHORT, **(link or {})}, **look))
        lesson.heat.scroll_into_view_if_needed()
        expect(lesson.output).to_have_text(end)
        return lesson

    return open_lesson


def test_any_update_is_shown_at_once_and_stays_in_the_link(opened: Callable[..., Lesson]) -> None:
    lesson = opened()
    profile, numbers = lesson.drawn("profile"), lesson.said.inner_text()
    lesson.slider.press("Home")
    expect(lesson.output).to_have_text("Update 0 of 100")
    assert lesson.drawn("profile") != profile
    assert lesson.said.inner_text() != numbers
    lesson.wait_for_link("deep_at", "0")
    lesson.heat.focus()
    lesson.page.keyboard.press("Shift+ArrowRight")
    expect(lesson.output).to_have_text("Update 10 of 100")
    lesson.wait_for_link("deep_at", "10")
    lesson.page.locator(".st-key-vanishing .play").click()
    expect(lesson.output).to_have_text("Update 100 of 100")
    lesson.wait_for_link("deep_at", None)


def test_a_cell_is_read_and_a_click_goes_to_its_update(opened: Callable[..., Lesson]) -> None:
    lesson = opened()
    box = lesson.heat.bounding_box()
    lesson.heat.hover(position={"x": box["width"] / 2, "y": 8})
    expect(lesson.page.locator(".st-key-vanishing .tip")).to_have_text(re.compile(r"^scores, update \d+: "))
    lesson.heat.click(position={"x": box["width"] / 2, "y": 100})
    expect(lesson.output).not_to_have_text("Update 100 of 100")


def test_a_cure_stands_beside_the_lesson_before_it(opened: Callable[..., Lesson]) -> None:
    lesson = opened()
    expect(lesson.names.locator("canvas")).to_have_count(1)
    lesson.page.locator(".st-key-backprop-deep_norm").get_by_text("Batch", exact=True).click()
    expect(lesson.names.locator("canvas")).to_have_count(2)
    expect(lesson.names).to_contain_text("normalized (Batch)")
    expect(lesson.output).to_have_text("Update 100 of 100")
    expect(lesson.said).to_contain_text("99.5")
    lesson.wait_for_link("deep_norm", "batch")


def test_what_ran_away_stops_with_a_sentence(opened: Callable[..., Lesson]) -> None:
    lesson = opened({"deep_bend": "relu", "deep_start": "normal", "deep_scale": "0.6"}, "Update 2 of 100")
    expect(lesson.said.locator(".warning")).to_contain_text("no longer finite")


def test_who_wants_no_motion_sees_the_end_on_a_narrow_dark_page(opened: Callable[..., Lesson]) -> None:
    lesson = opened({"lang": "zh"}, "第 100 次更新，共 100 次", width=360, theme="dark", reduced_motion="reduce")
    assert lesson.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
