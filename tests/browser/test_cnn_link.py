"""The address of the digit lab is its state: opened by somebody else, left and come back to, in either language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.digit_lab import LONG, SMALL, DigitLab

SHORT = {**SMALL, "epochs": "3", "learning_rate": "0.005", "batch_size": "128", "seed": "41"}
SEVEN = [[(80, 70), (130, 68), (200, 66), (170, 130), (145, 180), (125, 230)], [(110, 150), (190, 150)]]


def settled(open_lab: DigitLab) -> dict[str, str]:
    """Return what the address says once the run is over and a drawing, a moment, a cell and a filter are chosen."""
    expect(open_lab.state).to_have_text("finished", timeout=60_000)
    open_lab.draw(SEVEN)
    open_lab.read()
    open_lab.slider.press("PageDown")
    maps = open_lab.page.locator(".st-key-cnn-maps")
    tile = maps.locator("[data-stage=conv1] .map").nth(2)
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    tile.click(position={"x": box["width"] * 9.5 / 26, "y": box["height"] * 15.5 / 26})
    maps.get_by_role("button", name="Mute this filter").click()
    return open_lab.wait_for_link(at=r"\d+", operations="conv1.2", row="15", column="9", channel="2", drawing="20:.+")


def seen(open_lab: DigitLab) -> dict[str, object]:
    """Return what is on show of all that the address says."""
    page = open_lab.page
    maps = page.locator(".st-key-cnn-maps")
    expect(maps.locator(".panel")).to_have_attribute("aria-busy", "false")
    expect(maps.locator(".map.muted")).to_have_count(1)
    return {
        "step": open_lab.asked("p.step"),
        "filters": open_lab.asked("Array.from(p.moment.arrays.filters.data).join()"),
        "answer": open_lab.read(),
        "cell": maps.locator(".panel h4").inner_text(),
        "sum": maps.locator(".panel .sentence").inner_text(),
        "rate": page.locator(".st-key-cnn-learning_rate input").get_attribute("aria-valuetext"),
        "batch": page.locator(".st-key-cnn-batch_size input").get_attribute("aria-valuetext"),
    }


def test_a_link_restores_what_was_on_show(lab: Callable[..., DigitLab]) -> None:
    ann = lab(SHORT)
    link = settled(ann)
    assert {name: text for name, text in link.items() if name in SHORT} == SHORT
    bob = lab(link)
    bob.until(f"p.step === {link['at']}")
    assert seen(bob) == seen(ann)
    inked, there = ann.ink(), bob.ink()
    assert inked[0] > 0 and abs(inked[0] - there[0]) < 0.05 * inked[0]
    assert bob.link() == link


def test_the_page_is_as_it_was_left_after_a_visit_to_another(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab(SHORT)
    link, before = settled(open_lab), seen(open_lab)
    page = open_lab.page
    page.locator(".st-key-menu-page-home a").click()
    page.locator(".st-key-hero").wait_for()
    expect(open_lab.canvas).to_have_count(0)
    page.locator(".st-key-menu-page-cnn a").click()
    open_lab.wait_until_open()
    open_lab.until(f"p.step === {link['at']}")
    assert seen(open_lab) == before
    assert open_lab.link() == link


def test_a_link_to_a_moment_trains_to_it_and_stops_there(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "42", "at": "60"})
    open_lab.until("p.step === 60")
    assert open_lab.stands() == 60
    expect(open_lab.state).to_have_text("paused")


def test_nonsense_in_a_link_is_named_in_one_sentence(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({"learning_rate": "fast", "epochs": "-3", "colour": "red"}, locale="zh-CN")
    page = open_lab.page
    expect(page.locator("h1")).to_have_text("数字实验室")  # the browser speaks Chinese, and the link names no language
    warning = page.locator('[data-testid="stAlert"]')
    expect(warning).to_have_count(1)
    for name in ("learning_rate", "epochs", "colour"):
        expect(warning).to_contain_text(name)
    assert page.evaluate("document.documentElement.lang").startswith("zh")


@pytest.mark.parametrize("name", ["drawing", "kept", "nobody"])
def test_a_link_of_a_megabyte_opens_the_page(lab: Callable[..., DigitLab], name: str) -> None:
    open_lab = lab({name: "7" * 1_000_000, "number": "5"})
    expect(open_lab.page.locator('[data-testid="stAlert"]')).to_contain_text(name)
    expect(open_lab.page.get_by_text("validation digit 5,")).to_be_visible()


def language(page: Page, name: str) -> None:
    """Press one side of the language switch."""
    page.locator(".st-key-language").get_by_role("radio", name=name).click()


def test_the_language_is_in_the_link_and_a_switch_leaves_all_as_it_is(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "43", "lang": "zh", "section": "mistakes"})
    page = open_lab.page
    expect(page.locator("h1")).to_have_text("数字实验室")
    open_lab.trains_beyond(10)
    open_lab.draw(SEVEN)
    answer = open_lab.read()
    run, past = open_lab.asked("p.track.run"), open_lab.newest
    language(page, "EN")
    expect(page.locator("h1")).to_have_text("The digit lab")
    expect(page.locator(".st-key-cnn-section [aria-checked=true]")).to_have_text("Mistakes")
    expect(open_lab.state).to_have_text("training")
    link = open_lab.wait_for_link(lang="en", seed="43", section="mistakes", drawing="20:.+")
    assert open_lab.read() == answer
    open_lab.until(f"p.track.run === '{run}' && p.track.moments.at(-1).step > {past}")
    language(page, "中文")
    expect(page.locator("h1")).to_have_text("数字实验室")
    assert open_lab.wait_for_link(lang="zh") == {**link, "lang": "zh"}
    expect(open_lab.state).to_have_text(re.compile("训练中"))
