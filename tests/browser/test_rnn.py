"""Recurrent networks in a real browser: a name is read while it is typed, and any step can be looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.waiting import until_so

QUICK = {"names": "50", "embedding": "4", "state": "8", "epochs": "2"}
RECALL = {"part": "recall", "data": "recall", "delay": "4", "examples": "100", "state": "8", "epochs": "2"}


def test_a_name_is_read_while_it_is_typed_and_any_letter_can_be_looked_at(visit: Callable[..., Page]) -> None:
    page = visit("rnn", QUICK)
    unrolled = page.locator(".st-key-rnn-unrolled")
    expect(unrolled.locator(".said")).to_contain_text(re.compile(r"^“kowalski” → .+\s%"))
    field = unrolled.locator("input")
    field.fill("Rossi")
    expect(unrolled.locator(".said")).to_contain_text("“rossi”")
    expect(page).to_have_url(re.compile("typed=Rossi"))
    picture = unrolled.locator(".picture")
    picture.focus()
    picture.press("Home")
    expect(unrolled.locator(".said")).to_contain_text("“r”")
    picture.press("ArrowRight")
    expect(unrolled.locator(".said")).to_contain_text("“ro”")
    field.fill("Müller 李")
    expect(unrolled.locator(".trouble")).to_contain_text("none of the letters a to z")
    expect(unrolled.locator(".trouble")).to_be_in_viewport()
    expect(unrolled.locator(".said")).to_contain_text("“rossi”")
    field.fill("Rossi")
    expect(unrolled.locator(".trouble")).to_be_hidden()


def test_gates_come_with_the_network_that_has_them_on_a_phone_too(visit: Callable[..., Page]) -> None:
    page = visit("rnn", {**RECALL, "network": "lstm"}, width=360, theme="dark")
    parts = page.locator(".st-key-rnn-unrolled section:not([hidden])")
    expect(parts).to_have_count(7)  # what is read, the answer, the state, three gates, the gradient
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator(".st-key-rnn-reach canvas").last).to_be_visible()


def finished(page: Page) -> None:
    """Wait until the run on the bench is over."""
    expect(page.locator(".st-key-rnn .state")).to_have_text("finished", timeout=60_000)


def film(page: Page, moments: int) -> Locator:
    """Return the unrolled picture, once it holds so many moments of the run."""
    unrolled = page.locator(".st-key-rnn-unrolled .unrolled")
    expect(unrolled).to_have_attribute("data-moments", str(moments), timeout=60_000)
    return unrolled


def test_the_bench_moves_the_unrolled_picture_moment_by_moment(visit: Callable[..., Page]) -> None:
    page = visit("rnn", RECALL)
    finished(page)
    unrolled = film(page, 3)  # the start and two epochs
    before = unrolled.get_attribute("data-step")
    said = unrolled.locator(".said").inner_text()
    page.locator(".st-key-rnn button.reset").click()
    expect(unrolled).to_have_attribute("data-step", "0")
    expect(unrolled.locator(".said")).not_to_have_text(said)
    page.locator(".st-key-rnn button.step").click()
    page.locator(".st-key-rnn button.step").click()
    expect(unrolled).to_have_attribute("data-step", before)
    expect(unrolled.locator(".said")).to_have_text(said)


def test_years_and_letters_are_unrolled_too(visit: Callable[..., Page]) -> None:
    page = visit("rnn", {"data": "sunspots", "state": "8", "epochs": "2", "origin": "1950"})
    said = page.locator(".st-key-rnn-unrolled .said")
    expect(said).to_contain_text(re.compile(r"^After 1949 \(135 spots\) it foretells .+ for 1950; there were 83.9$"))
    until_so(lambda: pressed(page, "Home").inner_text().startswith("After 1930 "))
    page = visit("rnn", {"data": "writing", "state": "8", "epochs": "1", "typed": "li"}, width=360)
    said = page.locator(".st-key-rnn-unrolled .said")
    expect(said).to_contain_text(re.compile(r"^After “li” it expects .+; there comes end \(.+%\)$"), timeout=60_000)
    until_so(lambda: bool(re.match(r"After “” .+; there comes l \(", pressed(page, "Home").inner_text())))


def pressed(page: Page, key: str) -> Locator:
    """Press a key on the unrolled network and return what it says; a busy machine may just put another picture."""
    page.locator(".st-key-rnn-unrolled .picture").press(key)
    return page.locator(".st-key-rnn-unrolled .said")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_a_phone_no_name_of_a_language_covers_another(visit: Callable[..., Page], lang: str) -> None:
    page = visit("rnn", {**QUICK, "lang": lang}, width=360)
    heads = page.locator(".st-key-rnn-matrix thead th span")
    expect(heads).to_have_count(8)
    heads.first.scroll_into_view_if_needed()
    places = heads.evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
    assert all(before["right"] <= after["left"] for before, after in pairwise(places))
    first = page.locator(".st-key-rnn-matrix tbody td").first.bounding_box()
    assert all(one["bottom"] <= first["y"] for one in places)


WRITTEN = """() => {
  const written = (window.written = []);
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, ...rest) {
    const half = this.measureText(text).width / 2;
    const names = this.canvas.closest("section")?.dataset.part === "symbols";
    if (names) written.push({ text, left: x - half, right: x + half });
    return fillText.call(this, text, x, ...rest);
  };
}"""


@pytest.mark.parametrize("years_read", [30, 60])
def test_on_a_phone_no_year_covers_another(visit: Callable[..., Page], years_read: int) -> None:
    link = {"data": "sunspots", "window": str(years_read), "state": "4", "epochs": "1", "origin": "1964"}
    page = visit("rnn", link, width=360)
    finished(page)
    page.evaluate(WRITTEN)

    def years() -> list[dict]:
        page.evaluate("window.written.length = 0")
        pressed(page, "ArrowLeft")
        return page.evaluate("window.written")

    until_so(lambda: len(years()) > 2)
    for _ in range(6):
        places = sorted(years(), key=lambda one: one["left"])
        assert all(before["right"] < after["left"] for before, after in pairwise(places)), places
