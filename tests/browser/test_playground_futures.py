"""A visitor sees what other futures answer over the plane at the same step, how far they are apart, and swaps them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import Playground

LINK = {"epochs": "40", "seed": "71", "kept": "learning_rate=0.1|epochs=40|seed=71~hidden=2|epochs=40|seed=71"}
PLACE = ".st-key-playground-futures"
OVER = "p.tracks.length === 3 && p.tracks.every((track) => track.ended && track.moments.at(-1).epoch === 40)"
APART = """async () => {
    const { difference } = await import('/_stcore/bidi-components/dlviz.futures/difference.js');
    const map = (...data) => ({ data: Uint8Array.from(data), shape: [1, data.length] });
    const plain = (one) => one && [[...one.values], one.most, one.signed, one.sides];
    return [
        plain(difference(map(255, 0, 255, 51), map(0, 0, 255, 102), 'two', 'two')),
        plain(difference(map(255, 1), map(128, 128), 'number', 'number')),
        plain(difference(map(64 + 3, 5), map(64 + 60, 128), 'classes', 'classes')),
        plain(difference(map(1), map(1), 'two', 'number')),
        plain(difference(map(1), map(1, 2), 'two', 'two')),
    ];
}"""


@pytest.fixture
def opened(visit: Callable[..., Page]) -> Callable[..., Playground]:
    """Return a function that opens the playground with two runs kept, and waits until all are over."""

    def open_page(**look: object) -> Playground:
        page = Playground(visit("playground", LINK, **look)).wait_until_open()
        page.until(OVER)
        page.pause()
        return page

    return open_page


def tiles(page: Playground) -> Locator:
    """Return the small maps with their captions."""
    return page.page.locator(f"{PLACE} figure")


def map_of(tile: Locator) -> str:
    """Return what a tile's map shows."""
    return tile.locator(".map canvas").evaluate("canvas => canvas.toDataURL()")


def test_other_maps_follow_the_player_and_a_click_puts_one_on_the_stage(opened: Callable[..., Playground]) -> None:
    page = opened()
    expect(tiles(page)).to_have_count(2)
    scrubber = page.page.locator(".st-key-playground [role=slider]")
    scrubber.press("End")
    expect(tiles(page).first).to_contain_text("at epoch 40")
    loss = page.asked("p.tracks[1].moments.at(-1).arrays.validation_loss.data[0]")
    late, said = map_of(tiles(page).first), tiles(page).first.locator(".numbers b").first.inner_text()
    assert float(said.replace("×10⁻³", "e-3").replace("×10⁻⁴", "e-4")) == pytest.approx(loss, rel=6e-3)
    scrubber.press("Home")
    expect(tiles(page).first).to_contain_text("at epoch 0")
    assert map_of(tiles(page).first) != late
    digest = page.asked("p.tracks[2].run")
    tiles(page).nth(1).locator("button.map").click()
    page.wait_for_link("hidden", "2")
    page.until(f"p.track.run === '{digest}' && p.tracks.length === 3")
    expect(tiles(page)).to_have_count(2)


def test_the_difference_is_shown_on_demand_with_its_scale(opened: Callable[..., Playground]) -> None:
    page = opened(width=360, theme="dark")
    page.page.locator(".st-key-playground [role=slider]").press("End")
    expect(tiles(page).first).to_contain_text("at epoch 40")
    plain = map_of(tiles(page).first)
    expect(tiles(page).first.locator(".ramp")).to_be_hidden()
    page.page.locator(f"{PLACE} .switch").click()
    page.wait_for_link("difference", "1")
    expect(tiles(page).first.locator(".ends")).to_have_text(re.compile(r"^−([\d.]+)0\1$"))
    expect(tiles(page).first.locator(".apart")).to_have_text(re.compile(r"^other answer on \d+\.\d.% of the plane$"))
    assert map_of(tiles(page).first) != plain
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_differences_are_those_of_the_answers(opened: Callable[..., Playground]) -> None:
    two, number, classes, *none = opened().page.evaluate(APART)
    assert two == [pytest.approx([1, 0, 0, -0.2]), 1, True, 0.25]
    assert number == [pytest.approx([1, -1]), 1, True, None]
    assert classes == [[0, 1], 1, False, 0.5]
    assert none == [None, None]


def test_of_several_classes_each_has_the_colour_that_it_is_called_by(visit: Callable[..., Page]) -> None:
    link = {"data": "arms", "epochs": "40", "seed": "72", "kept": "data=arms|learning_rate=0.03|epochs=40|seed=72"}
    page = Playground(visit("playground", link)).wait_until_open()
    page.until("p.tracks.length === 2 && p.tracks.every((track) => track.ended && track.moments.at(-1).epoch === 40)")
    page.pause()
    page.page.locator(".st-key-playground [role=slider]").press("End")
    expect(tiles(page).first).to_contain_text("at epoch 40")
    levels = page.asked("[...p.tracks[1].moments.at(-1).arrays.output_map.data]")
    pixels = (
        tiles(page)
        .first.locator("canvas")
        .first.evaluate("canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]")
    )
    orange, blue = (max((level & 63, i) for i, level in enumerate(levels) if level >> 6 == one)[1] for one in (0, 1))
    assert pixels[4 * orange] > pixels[4 * orange + 2]
    assert pixels[4 * blue] < pixels[4 * blue + 2]


def test_a_change_that_the_check_up_suggests_runs_beside_and_what_it_does_is_told(visit: Callable[..., Page]) -> None:
    link = {"data": "spiral", "hidden": "6,6", "learning_rate": "0.000001", "epochs": "40", "seed": "5"}
    page = Playground(visit("playground", link)).wait_until_open()
    page.until("p.track.ended && p.track.moments.at(-1).epoch === 40")
    page.page.get_by_role("button", name="Try it beside mine: Learning rate 0.00001").click()
    page.until("p.tracks.length === 2 && p.track.moments.at(-1)?.epoch > 40")
    expect(page.page.locator(".st-key-playground-checkup")).to_contain_text(
        re.compile(r"At epoch \d+ the validation loss is [\d.]+ with the change and [\d.]+ without it. So far it")
    )


def test_a_link_to_a_run_with_a_knob_turned_on_the_way_keeps_it(visit: Callable[..., Page]) -> None:
    edits = {"edits": "500:learning_rate=0.05", "epochs": "30", "seed": "72"}
    page = Playground(visit("playground", edits)).wait_until_open()
    page.until("p.track.ended && !p.running && p.step === 750")
    expect(page.page.locator(".st-key-playground-learning_rate")).to_contain_text("0.05")
    assert page.link() == edits
