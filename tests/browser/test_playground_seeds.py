"""Many seeds in a real browser: trained by one click, each dot says how its seed ended and goes onto the stage."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import Playground

LINK = {"closer": "seeds", "many": "5", "many_epochs": "50", "data": "xor", "hidden": "2", "epochs": "20"}
PART = ".st-key-playground-seeds-picture"


@pytest.fixture
def trained(visit: Callable[..., Page]) -> Callable[..., Playground]:
    """Return a function that opens the playground and lets five seeds learn to their end."""

    def open_page(link: dict[str, str] | None = None, **look: object) -> Playground:
        page = Playground(visit("playground", {**LINK, **(link or {})}, **look)).wait_until_open()
        page.page.locator(".st-key-playground-seeds-ask button").click()
        page.page.locator(PART).locator("canvas").first.wait_for()
        expect(page.page.get_by_role("heading", name=re.compile("Solved by|学会了"))).to_be_visible()
        return page

    return open_page


def walked(page: Page, strip: Locator) -> list[tuple[int, float]]:
    """Return the seed and the score in per cent of every dot, as the keys read them out."""
    found = []
    strip.focus()
    for key in ("Home", *["ArrowRight"] * 4):
        page.keyboard.press(key)
        said = re.match(r"Seed (\d+): ([\d.]+)\u202f%", page.locator(f"{PART} .strip .said").inner_text())
        found.append((int(said[1]), float(said[2])))
    return found


def test_every_dot_is_a_seed_and_goes_onto_the_stage(trained: Callable[..., Playground]) -> None:
    page = trained({"solved_from": "0.8"})
    strip = page.page.locator(f"{PART} .strip .picture")
    dots = walked(page.page, strip)
    assert {seed for seed, _ in dots} == {0, 1, 2, 3, 4}
    assert [score for _, score in dots] == sorted(score for _, score in dots)
    solved = sum(score >= 80 for _, score in dots)
    expect(page.page.get_by_role("heading", name=f"Solved by {solved} of 5")).to_be_visible()
    seed, score = next(dot for dot in reversed(dots) if dot[0] != 0)
    while page.page.locator(f"{PART} .strip .said").inner_text().split(":")[0] != f"Seed {seed}":
        page.page.keyboard.press("ArrowLeft")
    before = page.asked("p.track.run")
    page.page.keyboard.press("Enter")
    page.wait_for_link("seed", str(seed))
    ended = "100 * p.latest('validation_accuracy')?.arrays.validation_accuracy.data[0]"
    # one of 250 points may fall on the other side
    page.until(f"p.track?.run !== '{before}' && p.moment?.epoch === 20 && Math.abs({ended} - {score}) < 0.5")
    strip.focus()
    expect(page.page.locator(f"{PART} .kinds")).to_contain_text("on the stage")
    page.page.keyboard.press("Home")
    heard = []
    for _ in range(5):
        heard.append(page.page.locator(f"{PART} .strip .said").inner_text())
        page.page.keyboard.press("ArrowRight")
    assert [text.endswith("on the stage") and f"Seed {seed}:" in text for text in heard].count(True) == 1


def test_the_pointer_reads_the_band_of_an_epoch(trained: Callable[..., Playground]) -> None:
    page = trained()
    chart = page.page.locator(f"{PART} .charts .part").last
    expect(chart.locator(".foot")).to_have_text("epoch 20: median, and 10 to 90 % of the seeds")
    last = chart.locator(".legend b").all_inner_texts()
    chart.locator(".picture").focus()
    page.page.keyboard.press("Home")
    expect(chart.locator(".foot")).to_have_text(re.compile("^epoch 0: "))
    assert chart.locator(".legend b").all_inner_texts() != last
    expect(chart.locator("[aria-live]")).to_have_text(re.compile(r"training \d.*, from .*validation \d"))
    box = chart.locator(".picture").bounding_box()
    chart.locator(".picture").hover(position={"x": box["width"] - 12, "y": 100})
    expect(chart.locator(".foot")).to_have_text(re.compile("^epoch 20: "))


def test_on_a_phone_it_fits_in_chinese(trained: Callable[..., Playground]) -> None:
    page = trained({"lang": "zh"}, width=360, height=780, theme="dark")
    assert page.page.evaluate("document.scrollingElement.scrollWidth") <= 360
    for part in page.page.locator(f"{PART} .part").all():
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
