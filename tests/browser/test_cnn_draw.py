"""A digit drawn with a real mouse on the real canvas is read, whatever its size, place, pen and slant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests import strokes
from tests.browser.chromium import FLAGS, SECONDS_TO_WAIT, executable
from tests.browser.digit_lab import DigitLab
from tests.browser.server import Server, served

AUGMENTED = ".st-key-cnn-readers section:first-child"
SHARE = 0.95  # of the drawn digits must be read correctly
HANDS = range(10, 16)  # six drawings of each digit; a thousand are read in tests/concepts/cnn/test_drawing.py
WINDOWS = 2  # people who draw at once: a mouse moves no faster than the screen, and most of the time is spent waiting
SEVEN = [[(80, 70), (130, 68), (200, 66), (170, 130), (145, 180), (125, 230)]]


def wait_until_learnt(page: Page) -> None:
    """Wait until the network trained on changed digits has seen all its epochs."""
    expect(page.locator(f"{AUGMENTED} header p")).to_have_text(re.compile(r"^(\d+) of \1 epochs"), timeout=180_000)


def test_the_first_link_to_a_fresh_server_shows_the_lab_at_work(window: Callable[..., Page], tmp_path: Path) -> None:
    with served("app.py", tmp_path) as server:
        page = window()
        page.goto(f"{server.url}/cnn")
        expect(page.locator(".st-key-chrome")).to_be_visible()
        expect(page.locator(".st-key-drawing canvas").last).to_be_visible()
        expect(page.locator(".st-key-answer")).to_have_text(re.compile(r"^\s*(\d|–)\s*$"))
        expect(page.locator(".st-key-bench .state")).to_have_text(re.compile("^(training|finished)$"), timeout=60_000)
        expect(page.locator(".st-key-answer")).to_have_text(re.compile(r"^\s*\d\s*$"), timeout=60_000)
        page.close()  # or it would complain of the server's end
        assert server.errors() == ""


def test_a_drawn_seven_is_read_as_seven(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab()
    wait_until_learnt(open_lab.page)
    open_lab.draw(SEVEN)
    assert open_lab.read() == 7
    expect(open_lab.answer).to_have_text("7")
    expect(open_lab.page.locator(".st-key-cnn-sure")).to_contain_text(re.compile(r"\d+\.\d\u202f%"))
    digits = open_lab.page.locator(".st-key-cnn-readers .digit")
    expect(digits).to_have_count(3)
    expect(digits.first).to_have_text("7")
    assert open_lab.wait_for_link(drawing=r"20:.+")["drawing"].count(";") == 0


def test_a_stroke_may_begin_in_any_corner(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab()
    for x, y in [(5, 5), (275, 5), (275, 275), (5, 275)]:
        open_lab.page.mouse.move(0, 0)  # where the mouse does not hover, the canvas hides its tools
        open_lab.page.wait_for_timeout(300)
        open_lab.draw([[(x, y), (140, 140)]])
    count, left, top, right, bottom = open_lab.ink()
    assert count > 0 and max(left, top) < 10 and min(right, bottom) > 270


def test_an_empty_canvas_reads_a_real_digit_and_the_next_on_request(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({"number": "3"})
    page = open_lab.page
    expect(page.get_by_text("validation digit 3,")).to_be_visible()
    open_lab.draw(SEVEN)
    open_lab.read()
    open_lab.button("cnn-another").click()
    expect(page.get_by_text("validation digit 4,")).to_be_visible()
    expect(page.locator(".st-key-cnn-stages")).to_have_count(0)
    open_lab.wait_until_blank()
    assert "drawing" not in open_lab.wait_for_link(number="4")


def test_a_step_of_the_preparation_is_left_out(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab()
    open_lab.draw([[(x / 3, y / 3) for x, y in stroke] for stroke in SEVEN])  # small and in a corner
    open_lab.read()
    picture = open_lab.page.locator(".st-key-cnn-stages canvas").last
    before = picture.evaluate("canvas => canvas.toDataURL()")
    switch = open_lab.page.locator(".st-key-cnn-stages").get_by_role("switch", name=re.compile("^cut to the ink"))
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    open_lab.wait_for_link(crop="0")
    open_lab.page.wait_for_function("([c, old]) => c.toDataURL() !== old", arg=[picture.element_handle(), before])
    switch.click()
    open_lab.page.wait_for_function("([c, old]) => c.toDataURL() === old", arg=[picture.element_handle(), before])


def test_a_finger_draws_on_a_phone(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab(width=360, height=740, has_touch=True, is_mobile=True, device_scale_factor=2)
    page = open_lab.page
    wait_until_learnt(page)
    open_lab.canvas.scroll_into_view_if_needed()
    box = open_lab.canvas.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    scrolled = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    touch = page.context.new_cdp_session(page)
    for stroke in SEVEN:
        points = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in stroke]
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
        for point in points[1:]:
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.locator(".st-key-cnn-stages canvas").first.wait_for()
    expect(open_lab.answer).to_have_text("7")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == scrolled  # the page stood still


# ---------------------------------------------------------------------------- many hands, many digits


class Drawn(NamedTuple):
    """One drawing: which digit was meant, with which hand, and what was read."""

    digit: int
    hand: int
    read: int


@contextmanager
def visitor(url: str) -> Iterator[DigitLab]:
    """Yield the digit lab in a browser of its own, for use in a thread of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(playwright), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-US")
        page.set_default_timeout(SECONDS_TO_WAIT * 1000)
        page.goto(f"{url}/cnn")
        yield DigitLab(page).wait_until_open()
        browser.close()


def drawn_by_one(url: str, wanted: list[tuple[int, int]]) -> list[Drawn]:
    """Return what was read of these (hand, digit), drawn one after the other; the pen goes from thin to thick."""
    found = []
    with visitor(url) as open_lab:
        wait_until_learnt(open_lab.page)
        for hand, digit in sorted(wanted, key=lambda one: strokes.thickness(one[0])):
            open_lab.set_pen(strokes.thickness(hand))
            drawn = strokes.strokes(digit, hand)
            open_lab.draw(drawn)
            open_lab.wait_for_link(drawing=rf"{strokes.thickness(hand)}:[^;]+(;[^;]+){{{len(drawn) - 1}}}")
            found.append(Drawn(digit, hand, open_lab.read()))
            open_lab.clear()
    return found


@pytest.mark.slow
def test_nineteen_of_twenty_digits_drawn_by_mouse_are_read(server: Server, window: Callable[..., Page]) -> None:
    wanted = [(hand, digit) for hand in HANDS for digit in range(10)]
    with ThreadPoolExecutor(WINDOWS) as people:
        rows = people.map(lambda k: drawn_by_one(server.url, wanted[k::WINDOWS]), range(WINDOWS))
        found = [one for row in rows for one in row]
    wrong = [one for one in found if one.read != one.digit]
    assert len(found) == 10 * len(HANDS)
    assert len(wrong) <= (1 - SHARE) * len(found), f"{len(wrong)} of {len(found)} were read wrongly: {wrong}"
