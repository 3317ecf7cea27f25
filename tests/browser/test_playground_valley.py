"""The loss landscape in a real browser: its marker walks with the run, and any place of it can be put on the stage."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

PLANE = "/_stcore/bidi-components/dlviz.landscape/plane.js"
ON_THE_MAP = "The marker is on the map: this height is its loss."
SHORT = {"closer": "valley", "epochs": "40", "at": "1000"}  # the last moment of the run


class Valley(Playground):
    """A window in which the landscape is open."""

    def __init__(self, page: Page):
        super().__init__(page)
        self.ground = page.locator(".st-key-landscape .ground canvas")
        self.loss = page.locator(".st-key-landscape .now b")
        self.step = page.locator(".st-key-landscape .now > span").last
        self.beside = page.locator(".st-key-landscape .beside")
        self.pointed = page.locator(".st-key-landscape .place b")
        self.where = page.locator(".st-key-landscape .place .where")
        self.use = page.locator(".st-key-landscape .use")

    def wait_for_cut(self, step: int) -> None:
        """Wait until the landscape is cut through this step, and the run stands there."""
        expect(self.step).to_have_text(f"after {step:,} updates")
        expect(self.beside).to_have_text(ON_THE_MAP)

    def read(self) -> float:
        """Return the loss at the place that is pointed at, once that is drawn."""
        self.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
        expect(self.pointed).to_have_text(re.compile(r"training loss .*\d"))
        return number(self.pointed.inner_text().removeprefix("training loss"))


def number(text: str) -> float:
    """Return a number as the page writes it: three significant digits."""
    return float(text.strip().replace("×10⁻³", "e-3").replace("×10⁻⁴", "e-4").replace("−", "-"))


@pytest.fixture
def valley(visit: Callable[..., Page]) -> Callable[..., Valley]:
    """Return a function that opens the landscape and waits until it is drawn."""

    def open_page(link: dict[str, str] | None = None, **look: object) -> Valley:
        page = Valley(visit("playground", {**SHORT, **(link or {})}, **look))
        page.wait_until_open()
        expect(page.loss).to_have_text(re.compile(r"\d"))
        return page

    return open_page


def test_the_height_under_the_marker_is_the_loss_on_the_stage_wherever_the_run_rests(
    valley: Callable[..., Valley],
) -> None:
    page = valley({"seed": "61", "l2": "0.003"})
    page.wait_for_cut(1000)
    assert page.loss.inner_text() == page.numbers.first.inner_text()
    page.page.locator(".st-key-playground [role=slider]").first.press("Home")
    page.until("p.step === 0")
    expect(page.step).to_have_text("after 0 updates")  # the marker walked there at once
    page.wait_for_cut(0)  # and then the landscape was cut anew
    assert page.loss.inner_text() == page.numbers.first.inner_text()


def test_a_place_that_keys_have_found_is_put_on_the_stage_and_has_the_loss_that_was_read(
    valley: Callable[..., Valley],
) -> None:
    page = valley({"seed": "62", "directions": "weights", "weight_across": "3", "weight_up": "22"})
    page.wait_for_cut(1000)
    expect(page.use).to_be_disabled()
    page.ground.focus()
    for key in ("Home", "Shift+ArrowRight", "Shift+ArrowRight", "ArrowUp"):
        page.ground.press(key)
    expect(page.where).to_contain_text("x₂ → unit 2 of layer 1: ")
    expect(page.where).to_contain_text("unit 1 of layer 2 → score of orange: ")
    there, before = page.read(), page.loss.inner_text()
    assert page.asked("p.step") == 1000  # the arrows moved the pointer and not the run
    page.ground.press("Enter")
    edits = page.wait_for_link("edits", r"1000:.*")
    assert set(re.findall(r"w(\d+)=", edits)) == {"3", "22"}
    page.until("p.step === 1000 && p.tracks.length === 2")  # the run that knew nothing of it is kept beside
    expect(page.loss).not_to_have_text(before)
    assert number(page.loss.inner_text()) == pytest.approx(there, rel=6e-3)
    assert page.asked("p.moment.arrays.train_loss.data[0]") == pytest.approx(there, rel=6e-3)


def test_a_click_reads_the_loss_and_holds_it_until_another_place_is_pointed_at(
    valley: Callable[..., Valley],
) -> None:
    page = valley({"seed": "63", "directions": "chance"})
    page.wait_for_cut(1000)
    page.ground.click(position={"x": 200, "y": 120})
    held = page.read()
    page.picture.hover()
    assert page.read() == held
    expect(page.use).to_be_enabled()
    page.ground.press("Escape")
    expect(page.use).to_be_disabled()


def test_the_plane_of_the_browser_is_that_of_linear_algebra(valley: Callable[..., Valley]) -> None:
    chance = np.random.default_rng(1)
    origin, directions, weights = chance.normal(size=9), chance.normal(size=(2, 9)), chance.normal(size=9)
    measures, middle = np.linalg.pinv(directions).T, np.array([3.0, -1.0])
    page = valley({"seed": "63"})
    found = page.page.evaluate(
        f"""async ([origin, directions, measures, middle, weights, place]) => {{
        const {{ WeightPlane }} = await import('{PLANE}');
        const array = (values) => ({{ data: Float64Array.from(values) }});
        const parts = {{ origin: array(origin), directions: array(directions), measures: array(measures) }};
        const plane = new WeightPlane(parts, middle);
        return [plane.placeOf(weights), plane.distanceOf(weights), plane.weightsAt(...place)];
        }}""",
        [*(values.ravel().tolist() for values in (origin, directions, measures, middle, weights)), [3.5, 1.0]],
    )
    best, (squares,), *_ = np.linalg.lstsq(directions.T, weights - origin, rcond=None)
    assert found[0] == pytest.approx(best + middle)
    assert found[1] == pytest.approx(np.sqrt(squares))
    assert [place for place, _ in found[2]] == list(range(9))
    assert [value for _, value in found[2]] == pytest.approx(origin + [0.5, 2.0] @ directions, rel=1e-6)


@pytest.mark.parametrize(("theme", "lang"), [("light", "zh"), ("dark", "en")])
def test_on_a_phone_all_of_it_fits(valley: Callable[..., Valley], theme: str, lang: str) -> None:
    page = valley({"seed": "63", "lang": lang, "directions": "weights"}, width=360, height=740, theme=theme)
    assert page.page.evaluate("document.scrollingElement.scrollWidth") <= 360
    box = page.ground.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.ground.click(position={"x": 150, "y": 90})
    expect(page.use).to_be_enabled()
