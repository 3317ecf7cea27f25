"""A real network in a real browser: its sharpness against the limit, and the straight line between two solutions."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_gradient_descent import number

SMALL = {"section": "network", "trained": "points=100|hidden=4|epochs=60", "batch_a": "1024", "batch_b": "1024"}
AT_ITS_END = re.compile(r"^60$")


def row(page: Page, key: str, place: int) -> Locator:
    """Return the cells of a line of a component's table."""
    return page.locator(f".st-key-{key} tbody tr").nth(place).locator("td")


def numbers(cells: Locator) -> list[float]:
    """Return what the cells say, as numbers."""
    return [number(text) for text in cells.all_inner_texts()]


def test_the_sharpness_is_measured_while_it_learns_and_read_at_any_step(visit: Callable[..., Page]) -> None:
    page = visit("gradient_descent", {**SMALL, "aspect": "edge", "rate_a": "0.2"})
    expect(row(page, "edge", 0).first).to_have_text(AT_ITS_END)
    step, first, second, third, limit = numbers(row(page, "edge", 0))
    assert first >= second >= third
    assert (step, limit) == (60, 10)
    expect(row(page, "edge", 1).last).to_have_text("none")  # Adam's limit is no number
    canvas = page.locator(".st-key-edge canvas").first
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.mouse.move(0, 0)
    expect(row(page, "edge", 0).first).not_to_have_text(AT_ITS_END)
    middle = numbers(row(page, "edge", 0))
    assert 20 < middle[0] < 40
    assert middle[1:4] != [first, second, third]


def test_one_walks_along_the_line_and_chooses_another(visit: Callable[..., Page]) -> None:
    page = visit("gradient_descent", {**SMALL, "aspect": "line"})
    said = page.locator(".st-key-between .said")
    expect(said).to_contain_text(re.compile(r"^At \d+\s%"))
    slider = page.get_by_label("Place on the line")
    slider.focus()
    slider.press("Home")
    expect(said).to_contain_text(re.compile(r"^At −25\s% of the way"))
    for _ in range(10):
        slider.press("ArrowRight")
    expect(said).to_contain_text(re.compile(r"^At 0\s% of the way, training loss"))
    at_start = number(re.search(r"training loss (\S+?),", said.inner_text())[1])
    assert at_start == number(row(page, "between", 0).first.inner_text())
    page.locator(".st-key-gradient_descent-between").get_by_text("start → Adam").click()
    head = page.locator(".st-key-between tbody th").first
    expect(head).to_have_text("start")
    expect(page).to_have_url(re.compile("between=second"))


@pytest.mark.parametrize("aspect", ["edge", "line"])
def test_on_a_phone_and_in_chinese_nothing_leaves_the_screen(visit: Callable[..., Page], aspect: str) -> None:
    page = visit("gradient_descent", {**SMALL, "aspect": aspect, "lang": "zh"}, width=360, height=740, theme="dark")
    key = {"edge": "edge", "line": "between"}[aspect]
    expect(row(page, key, 1).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    inside = page.locator(f".st-key-{key} table").bounding_box()
    assert inside["x"] >= 0 and inside["x"] + inside["width"] <= 360


def test_on_a_phone_each_line_between_two_seeds_can_be_read_and_chosen(visit: Callable[..., Page]) -> None:
    link = {**SMALL, "aspect": "line", "optimizer_a": "adam", "rate_a": "0.01", "seed_b": "1"}
    page = visit("gradient_descent", link, width=360, height=740)
    lines = page.locator(".st-key-gradient_descent-between").get_by_role("radio")
    expect(lines).to_have_text(["seed 0 → seed 1", "start → seed 0", "start → seed 1"])
    fits = "node => node.scrollWidth <= node.clientWidth + 1 && node.getBoundingClientRect().right <= 360"
    assert lines.evaluate_all(f"nodes => nodes.every({fits})")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_a_phone_the_table_of_two_seeds_has_a_column_for_each(visit: Callable[..., Page], lang: str) -> None:
    link = {**SMALL, "aspect": "line", "optimizer_a": "adam", "rate_a": "0.01", "seed_b": "1", "lang": lang}
    page = visit("gradient_descent", link, width=360, height=740)
    expect(row(page, "between", 3)).to_have_count(2)
    expect(page.locator(".st-key-between thead th")).to_have_count(3)
    lines = page.locator(".st-key-between tbody th").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert max(lines) <= 1.5 * min(lines)  # each name stands in one line
    table = page.locator(".st-key-between table").bounding_box()
    assert table["x"] >= 0 and table["x"] + table["width"] <= 360
