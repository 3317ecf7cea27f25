"""The race in a real browser: it plays by itself, the start is moved, steps are read, and all is in the link."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import wait_for_run
from tests.browser.server import Server
from tests.browser.test_backprop import Asked

STILL = {"at": "10"}


class Race:
    """A window in which the race is open."""

    def __init__(self, page: Page):
        self.page = page
        self.map = page.locator(".st-key-descent .ground canvas")
        self.where = page.locator(".st-key-descent .where")
        self.said = page.locator(".st-key-descent .said")
        self.racers = page.locator(".st-key-descent .racer")
        self.rows = page.locator(".st-key-descent tbody tr")

    def press(self, name: str) -> None:
        """Press one of the buttons under the map."""
        self.page.locator(f".st-key-descent .bar .{name}").click()

    def wait_for_link(self, **wanted: str) -> None:
        """Wait until the address says so (regular expressions)."""

        def fits(url: str) -> bool:
            said = dict(parse_qsl(urlsplit(url).query))
            return all(re.fullmatch(pattern, said.get(name, "")) for name, pattern in wanted.items())

        self.page.wait_for_url(fits)

    def row(self, name: str) -> list[float]:
        """Return the two numbers of the line of this name."""
        cells = self.rows.filter(has=self.page.get_by_role("rowheader", name=name, exact=True)).locator(".value")
        return [number(text) for text in cells.all_inner_texts()]


def number(text: str) -> float:
    """Return a number as the page writes it."""
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
    return float(text.replace(",", "").replace("×10", "e").translate(digits))


@pytest.fixture
def race(visit: Callable[..., Page]) -> Callable[..., Race]:
    """Return a function that opens the page and waits until there is a race."""

    def open_page(link: dict[str, str] | None = None, **look: object) -> Race:
        page = Race(visit("gradient_descent", link, **look))
        expect(page.racers.first).to_contain_text(re.compile(r"f = .*\d"))
        return page

    return open_page


def test_it_plays_by_itself_to_the_end_and_is_scrubbed_back(race: Callable[..., Race]) -> None:
    page = race({"steps": "20"})
    expect(page.where).to_have_text("step 20 of 20")
    page.press("back")
    expect(page.where).to_have_text("step 19 of 20")
    page.wait_for_link(at="19")
    page.press("first")
    expect(page.where).to_have_text("step 0 of 20")
    page.press("next")
    expect(page.where).to_have_text("step 1 of 20")
    page.wait_for_link(at="1")


def test_a_click_moves_the_start_and_the_race_begins_there(race: Callable[..., Race]) -> None:
    page = race({"at": "0"})
    before = page.row("place")
    box = page.map.bounding_box()
    page.map.click(position={"x": box["width"] * 0.7, "y": box["height"] * 0.3})
    page.wait_for_link(x=r"[\d.]+", y=r"[\d.]+")
    said = dict(parse_qsl(urlsplit(page.page.url).query))
    start = [float(said["x"]), float(said["y"])]
    assert start != before
    row = page.rows.filter(has=page.page.get_by_role("rowheader", name="place", exact=True)).locator(".value").first
    expect(row).not_to_have_text(re.compile("−4.4"))
    assert page.row("place") == pytest.approx(start, rel=1e-3)
    page.map.press("ArrowRight")
    page.wait_for_link(x=re.escape(f"{start[0] + 0.2:.4g}"))


def test_the_numbers_of_a_step_are_those_of_the_formula(race: Callable[..., Race]) -> None:
    page = race({"surface": "himmelblau", "racers": "sgd(lr=0.01);momentum", **STILL})
    expect(page.where).to_have_text("step 10 of 80")
    (x, y), slope, step, after = (page.row(name) for name in ("place", "slope", "step", "new place"))
    wanted = [4 * x * (x * x + y - 11) + 2 * (x + y * y - 7), 2 * (x * x + y - 11) + 4 * y * (x + y * y - 7)]
    assert slope == pytest.approx(wanted, rel=0.02, abs=0.3)  # from places that are written with four digits
    assert step == pytest.approx([-0.01 * one for one in slope], rel=1e-3)
    assert after == pytest.approx([x + step[0], y + step[1]], abs=2e-3)
    page.racers.nth(1).click()
    expect(page.rows.filter(has_text="velocity")).to_have_count(1)
    page.wait_for_link(picked="1")
    expect(page.page.get_by_role("combobox", name="Look at")).to_have_value("Momentum")


def test_a_turned_knob_is_a_new_race(race: Callable[..., Race]) -> None:
    page = race({"racers": "sgd", "steps": "40", "at": "40"})
    before = page.racers.first.inner_text()
    slider = page.page.locator(".st-key-gradient_descent-lr").get_by_role("slider")
    slider.press("End")
    expect(page.racers.first).not_to_have_text(before)
    expect(page.racers.first).to_contain_text("gone at step")
    page.wait_for_link(racers=r"sgd\(lr=100\)")


@pytest.mark.parametrize(
    ("key", "said"),
    [("condition", {"condition": r"50(\.0)?"}), ("steps", {"steps": "60"}), ("lr", {"racers": r"sgd.*0\.0[0-9]+\)"})],
)
def test_what_changes_the_race_alone_is_turned_without_the_rest_of_the_page(
    window: Callable[..., Page], server: Server, key: str, said: dict[str, str]
) -> None:
    opened = window()
    asked, page = Asked(opened), Race(opened)
    opened.goto(f"{server.url}/gradient_descent?racers=sgd&at=10&steps=40")
    expect(page.racers.first).to_contain_text(re.compile(r"f = .*\d"))
    expect(opened.locator(".st-key-gradient_descent-stable")).to_contain_text("λmax = 20")
    wait_for_run(opened)
    before = asked.of_page()
    assert before > 0
    opened.locator(f".st-key-gradient_descent-{key}").get_by_role("slider").press("ArrowRight")
    page.wait_for_link(**said)
    if key == "condition":
        expect(opened.locator(".st-key-gradient_descent-stable")).to_contain_text("λmax = 50")
        expect(opened.locator(".st-key-gradient_descent-ground code")).to_contain_text("50 * y^2")
    if key == "steps":
        expect(page.where).to_have_text("step 10 of 60")
    wait_for_run(opened)
    assert asked.of_page() == before


def test_the_code_below_follows_a_turned_knob(race: Callable[..., Race]) -> None:
    page = race({"racers": "sgd(lr=0.05)", **STILL})
    page.page.get_by_role("tab", name="Code").click()
    code = page.page.locator("[data-testid=stCode]").last
    expect(code).to_contain_text("lr=0.05")
    page.page.locator(".st-key-gradient_descent-lr").get_by_role("slider").press("ArrowRight")
    expect(code).to_contain_text("lr=0.06")


def test_the_fields_of_the_start_follow_it_when_it_rests(race: Callable[..., Race]) -> None:
    page = race(STILL)
    page.page.get_by_text("Start and noise").click()
    field = page.page.locator(".st-key-gradient_descent-x input")
    expect(field).to_have_value("-4.4")
    box = page.map.bounding_box()
    page.map.click(position={"x": box["width"] * 0.7, "y": box["height"] * 0.3})
    page.wait_for_link(x=r"[\d.]+")
    expect(field).to_have_value(dict(parse_qsl(urlsplit(page.page.url).query))["x"])


def test_a_crowd_walks_on_the_map_from_a_grid_of_starts(race: Callable[..., Race]) -> None:
    page = race({"surface": "himmelblau", "racers": "sgd", "at": "80"})
    alone = page.map.evaluate("canvas => canvas.toDataURL()")
    page.page.locator(".st-key-gradient_descent-crowd").get_by_text("+ 3 × 3").click()
    expect(page.racers.first).to_contain_text("9 of 9 end lowest")
    page.wait_for_link(crowd="few")
    assert page.map.evaluate("canvas => canvas.toDataURL()") != alone


def test_the_pointer_reads_heights_and_keys_turn_the_relief(race: Callable[..., Race]) -> None:
    page = race(STILL)
    box = page.map.bounding_box()
    page.map.hover(position={"x": box["width"] * 0.5, "y": box["height"] * 0.4})
    expect(page.said).to_contain_text(re.compile(r"At \(.*\) the height is about .*\d"))
    relief = page.page.locator(".st-key-descent .relief canvas")
    before = relief.evaluate("node => node.toDataURL()")
    relief.press("ArrowRight")
    assert relief.evaluate("node => node.toDataURL()") != before


def test_the_start_is_put_and_dragged_on_the_relief_too(race: Callable[..., Race]) -> None:
    page = race({"surface": "himmelblau", "at": "0"})
    relief = page.page.locator(".st-key-descent .relief canvas")
    box = relief.bounding_box()

    def at(x: float, y: float) -> dict[str, float]:
        return {"x": box["width"] * x, "y": box["height"] * y}

    def start() -> tuple[float, ...]:
        said = dict(parse_qsl(urlsplit(page.page.url).query))
        return tuple(float(said.get(name, "nan")) for name in "xy")

    def start_after(act: Callable[[], None]) -> tuple[float, ...]:
        before = start()
        act()
        page.page.wait_for_url(lambda _: str(start()) != str(before))
        return start()

    here = start_after(lambda: relief.click(position=at(0.6, 0.6)))
    there = start_after(lambda: relief.click(position=at(0.4, 0.5)))
    assert here != there
    relief.scroll_into_view_if_needed()
    box = relief.bounding_box()
    mouse, (left, top) = page.page.mouse, (box["x"], box["y"])
    mouse.move(left + at(0.4, 0.5)["x"], top + at(0.4, 0.5)["y"])
    mouse.down()
    mouse.move(left + at(0.5, 0.55)["x"], top + at(0.5, 0.55)["y"])
    mouse.move(left + at(0.6, 0.6)["x"], top + at(0.6, 0.6)["y"])
    mouse.up()
    page.page.wait_for_url(lambda _: start() == pytest.approx(here, abs=0.1))
    before = relief.evaluate("node => node.toDataURL()")
    mouse.move(left + at(0.3, 0.55)["x"], top + at(0.3, 0.55)["y"])
    mouse.down()
    mouse.move(left + at(0.5, 0.6)["x"], top + at(0.5, 0.6)["y"])
    mouse.up()
    assert relief.evaluate("node => node.toDataURL()") != before  # turned
    assert start() == pytest.approx(here, abs=0.1)  # and the start is where it was


EMPTY_EDGES = """node => {
  const picture = node.getContext("2d");
  const rows = [0, 1, node.height - 2, node.height - 1].map((y) => picture.getImageData(0, y, node.width, 1).data);
  const drawn = picture.getImageData(0, 0, node.width, node.height).data.some(Boolean);
  return drawn && !rows.some((row) => row.some(Boolean));
}"""


@pytest.mark.parametrize("surface", ["ravine", "himmelblau", "ackley"])
def test_the_relief_is_whole_however_it_is_turned(race: Callable[..., Race], surface: str) -> None:
    page = race({"surface": surface, "at": "0"})
    relief = page.page.locator(".st-key-descent .relief canvas")
    assert relief.evaluate(EMPTY_EDGES)
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight"):
        relief.press(key)
        assert relief.evaluate(EMPTY_EDGES)


@pytest.mark.parametrize(("theme", "lang"), [("light", "zh"), ("dark", "en")])
def test_on_a_phone_all_of_it_fits(race: Callable[..., Race], theme: str, lang: str) -> None:
    page = race({"lang": lang, **STILL}, width=360, height=740, theme=theme)
    assert page.page.evaluate("document.scrollingElement.scrollWidth") <= 360
    box = page.map.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360


def test_on_a_phone_one_picture_at_a_time_is_chosen(race: Callable[..., Race]) -> None:
    page = race({"schedule": "cosine", **STILL}, width=360, height=740)
    pictures = page.page.locator(".st-key-descent .lower canvas")
    views = page.page.locator(".st-key-descent .views button")
    expect(views).to_have_text(["from the side", "height", "slope", "distance", "learning rate"])
    empty = "node => !node.getContext('2d').getImageData(0, 0, node.width, node.height).data.some(Boolean)"
    for place in range(5):
        views.nth(place).click()
        expect(pictures.filter(visible=True)).to_have_count(1)
        expect(pictures.nth(place)).to_be_visible()
        assert not pictures.nth(place).evaluate(empty)
    page.page.set_viewport_size({"width": 1280, "height": 900})
    expect(pictures.filter(visible=True)).to_have_count(5)


def test_whoever_wants_little_motion_sees_the_end_at_once(race: Callable[..., Race]) -> None:
    page = race({"steps": "500"}, reduced_motion="reduce")
    expect(page.where).to_have_text("step 500 of 500")


def test_the_height_between_known_places_is_theirs(race: Callable[..., Race]) -> None:
    page = race(STILL)
    found = page.page.evaluate(
        """async () => {
        const { heightAt } = await import('/_stcore/bidi-components/dlviz.descent/race.js');
        const line = (data) => ({ data: Float64Array.from(data) });
        const heights = { data: Float32Array.from([0, 1, 2, 10, 11, 12]), shape: [2, 3] };
        const ground = { heights, across: line([0, 1, 2]), upwards: line([0, 1]) };
        return [heightAt(ground, 0.5, 0), heightAt(ground, 2, 1), heightAt(ground, 1, 0.5), heightAt(ground, 3, 0)];
        }"""
    )
    assert found[:3] == [0.5, 12, 6]
    assert found[3] != found[3]


@pytest.mark.parametrize("rates", [[0.001, 0.3, 0.3], [0.01, 0.25, 0.001], [0, 1, 1]])
def test_a_learning_rate_that_rises_stays_in_its_chart(race: Callable[..., Race], rates: list[float]) -> None:
    top = race(STILL).page.evaluate(
        """async (rates) => {
        const { rangeOf } = await import('/_stcore/bidi-components/dlviz.descent/charts.js');
        const race = { arrays: { rates: { data: rates } }, measured: (name, i, step) => rates[step] };
        return rangeOf(race, "rates").range[1];
        }""",
        rates,
    )
    assert top > max(rates)


def test_a_click_on_a_map_of_starts_moves_the_start(race: Callable[..., Race]) -> None:
    page = race({"section": "basins", "surface": "himmelblau", "racers": "sgd", "steps": "40", "at": "40"})
    canvas = page.page.locator(".st-key-basins .ground canvas")
    expect(page.page.locator(".st-key-basins .said")).to_contain_text("of all starts reach a minimum")
    box = canvas.bounding_box()
    canvas.hover(position={"x": box["width"] * 0.75, "y": box["height"] * 0.3})
    expect(page.page.locator(".st-key-basins .said")).to_contain_text("the minimum at (3.00, 2.00)")
    canvas.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.3})
    page.wait_for_link(x=r"[23]\.\d+", y=r"[12]\.?\d*")


def test_a_rate_is_taken_from_the_chart_of_all_rates(race: Callable[..., Race]) -> None:
    page = race({"section": "rates", "racers": "sgd", "steps": "40", "at": "40"})
    chart = page.page.locator(".st-key-rates canvas")
    said = page.page.locator(".st-key-rates .said")
    expect(said).to_contain_text("click to take")
    for _ in range(3):
        chart.press("ArrowLeft")
    expect(said).to_contain_text(re.compile(r"Learning rate 0\.0.*: ends .* above the minimum"))
    chart.press("Enter")
    page.wait_for_link(racers=r"sgd\(lr=0\.0\d+\)")


def test_where_nobody_arrives_the_chart_of_all_rates_says_so(race: Callable[..., Race]) -> None:
    page = race({"section": "rates", "racers": "sgd;adam", "at": "80"})
    key, said = page.page.locator(".st-key-rates .key"), page.page.locator(".st-key-rates .said")
    expect(key).to_contain_text("flies off")
    chart = page.page.locator(".st-key-rates canvas")
    for _ in range(12):
        chart.press("ArrowRight")
    expect(said).to_contain_text("flies off")
    page.racers.nth(1).click()  # Adam's steps are no longer than its rate
    expect(key).not_to_contain_text("flies off")


def test_the_noise_of_a_few_people_is_drawn_in_three_pictures(race: Callable[..., Race]) -> None:
    page = race({"section": "noise", "at": "5", "batch": "4"})
    pictures = page.page.locator(".st-key-cloud figure canvas")
    expect(pictures).to_have_count(3)
    empty = "node => !node.getContext('2d').getImageData(0, 0, node.width, node.height).data.some(Boolean)"
    assert [picture.evaluate(empty) for picture in pictures.all()] == [False] * 3
