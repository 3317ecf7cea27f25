"""The picture of the playground under a mouse, a finger and the keyboard: every part can be reached, named and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from dlviz.concepts.playground.compute import points
from dlviz.concepts.playground.spec import CIRCLE
from dlviz.rows import read_rows, rows_text
from tests.browser.playground import LONG, Playground

Open = Callable[..., Playground]
PRESSED = """canvas => {
    const root = canvas.getRootNode(), faults = [];
    for (const one of root.querySelectorAll('.layer button, .layer select, .count button, [data-input]')) {
        one.scrollIntoView({ block: "center" });
        const box = one.getBoundingClientRect();
        for (const share of [0.2, 0.5, 0.8]) {
            const there = root.elementFromPoint(box.left + share * box.width, box.top + box.height / 2);
            if (!one.contains(there)) faults.push(`${one.className} of ${one.closest('.layer')?.dataset.layer}`);
        }
        if (!box.width) faults.push(`${one.className} is not there`);
    }
    return faults;
}"""
UNNAMED = """canvas => [...canvas.getRootNode().querySelectorAll('button, select, input, [role]')]
    .filter((one) => one.getClientRects().length && !(one.getAttribute('aria-label') || one.innerText).trim())
    .map((one) => one.outerHTML)"""
RINGED = """(canvas, places) => {
    const scale = canvas.width / canvas.clientWidth, context = canvas.getContext('2d');
    const darkest = (x, y) => {  // of the pixels around: a line one pixel wide may fall between two
        const { data } = context.getImageData(Math.round(x * scale) - 1, Math.round(y * scale) - 1, 3, 3);
        return Math.min(...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => Math.max(...data.subarray(4 * i, 4 * i + 3))));
    };
    const around = [[7, 0], [-7, 0], [0, 7], [0, -7]];
    return places.filter(({ x, y }) => around.every(([i, j]) => darkest(x + i, y + j) < 110)).length;
}"""
COLOURED = """(canvas, name) => {
    const input = canvas.getRootNode().querySelector(`[data-input=${name}]`), scale = canvas.width / canvas.clientWidth;
    const [from, box] = [canvas, input].map((one) => one.getBoundingClientRect());
    const place = [box.left - from.left, box.top - from.top, box.width, box.height].map((one) => one * scale);
    const { data } = canvas.getContext('2d').getImageData(...place);
    return Math.max(...data.filter((_, i) => i % 4 === 2).map((blue, i) => Math.abs(blue - data[4 * i])));
}"""
"""How far from grey the map of an input is where its colour is strongest."""
DRAWN = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


@pytest.fixture
def playground(visit: Callable[..., Page]) -> Open:
    """Return a function that opens the playground and waits until it shows a moment."""

    def open_page(link: dict[str, str] | None = None, **look: object) -> Playground:
        return Playground(visit("playground", link, **look)).wait_until_open()

    return open_page


def rows_in(page: Playground, pattern: str) -> list[tuple[float, float, float]]:
    """Return the painted points, once their text in the link is as wanted."""
    return read_rows(page.wait_for_link("rows", pattern), 5)


# -------------------------------------------------------------------------------------- what is read


def test_a_link_that_is_pointed_at_says_its_weight(playground: Open) -> None:
    page = playground({**LONG, "seed": "61"})
    page.until("p.step > 50")
    page.pause()
    box = page.picture.bounding_box()
    for y in range(100, 400, 3):  # down between the inputs and the first layer
        page.page.mouse.move(box["x"] + 145, box["y"] + y)
        page.page.evaluate(DRAWN)
        if "Weight" in page.caption.inner_text():
            break
    read = re.fullmatch(r"Weight from x([₁₂]) to unit 1\.(\d): (−?[\d.]+)", page.caption.inner_text())
    place = 2 * (int(read[2]) - 1) + "₁₂".index(read[1])  # weights come unit by unit
    weight = page.asked(f"p.moment.arrays.weights.data[{place}]")
    assert float(read[3].replace("−", "-")) == pytest.approx(weight, rel=6e-3)


def test_the_map_of_an_input_is_strong_where_the_network_sees_it_and_faint_where_not(playground: Open) -> None:
    page = playground({"epochs": "2", "seed": "67"})
    faint = page.picture.evaluate(COLOURED, "x1_squared")
    page.page.locator(".st-key-network [data-input=x1_squared]").click()
    page.wait_for_link("inputs", "x1,x2,x1_squared")
    page.until("p.latest('unit_maps') !== undefined")
    page.page.mouse.move(1, 1)
    page.page.evaluate(DRAWN)
    assert page.picture.evaluate(COLOURED, "x1_squared") > 1.4 * faint


def test_a_weight_opened_by_the_keyboard_is_moved_from_where_it_is(playground: Open) -> None:
    page = playground({"epochs": "3", "seed": "68"})
    page.until("p.track.moments.at(-1)?.epoch >= 3")
    page.pause()
    page.walk("ArrowRight", "Enter")
    weight = page.asked("p.moment.arrays.weights.data[0]")
    slider = page.card.locator("input[type=range]").first
    expect(slider).to_be_focused()
    assert float(slider.input_value()) == pytest.approx(weight, abs=0.006)
    slider.press("ArrowRight")
    edit = page.wait_for_link("edits", r"\d+:w\d+=.*")
    assert float(edit.split("=")[1]) == pytest.approx(weight + 0.01, abs=0.006)


@pytest.mark.parametrize("width", [1280, 360])
def test_what_goes_into_the_output_is_changed_by_the_keyboard_as_well(playground: Open, width: int) -> None:
    page = playground({"hidden": "", "epochs": "3", "seed": "69"}, width=width)
    page.until("p.track.moments.at(-1)?.epoch >= 3")
    page.pause()
    page.walk("ArrowRight", "Enter")
    expect(page.card).to_contain_text("What goes into the output")
    expect(page.card.locator(".name")).to_have_text(["from x₁", "from x₂", "bias"])
    page.card.locator("input[type=number]").last.fill("2")
    page.card.locator("input[type=number]").last.press("Enter")
    page.wait_for_link("edits", r"\d+:w4=.*w5=.*")
    page.until("p.moment.arrays.weights.data[5] - p.moment.arrays.weights.data[4] > 1.99")


def test_the_space_bar_plays_though_the_picture_or_a_slider_was_clicked_last(playground: Open) -> None:
    page = playground({**LONG, "seed": "72"})
    page.until("p.step > 50")
    page.pause()
    page.picture.focus()
    page.page.keyboard.press(" ")
    page.until("p.running")
    page.pause()
    page.walk("ArrowRight", "Enter")
    page.card.locator("input[type=range]").first.press(" ")
    page.until("p.running")
    page.card.locator("input[type=number]").first.press(" ")
    assert page.asked("p.running")  # who writes a number writes


def test_the_bias_of_the_output_is_seen_and_clicked(playground: Open) -> None:
    page = playground({**LONG, "seed": "70"})
    page.until("p.step > 50")
    page.pause()
    middle = page.on_map(-6, 0)  # where the links end
    page.picture.click(position={"x": middle["x"] - 9, "y": middle["y"] + 14})
    expect(page.card).to_contain_text("Bias of the output")


def test_a_tiny_weight_is_a_number_too(playground: Open) -> None:
    page = playground({"epochs": "2", "edits": "50:w0=0.00002", "at": "50"})
    page.walk("ArrowRight", "Enter")
    expect(page.card.locator("input[type=number]").first).to_have_value("0.00002")


def test_a_step_rings_the_points_of_the_mini_batch_it_learnt_from(playground: Open) -> None:
    page = playground({**LONG, "seed": "62"})
    page.until("p.step > 60")
    page.pause()
    page.page.locator(".st-key-playground [role=slider]").press("End")
    newest = int(page.asked("p.step"))
    page.press("step")
    page.until(f"p.step > {newest} && Boolean(p.moment.arrays.batch)")  # tests/browser/test_bench counts the update
    page.page.evaluate(DRAWN)
    batch = [int(place) for place in page.asked("Array.from(p.moment.arrays.batch.data)")]
    assert len(set(batch)) == CIRCLE.knobs.batch_size
    cloud = points(CIRCLE.data, 62)  # those it learns from come first
    ringed = page.picture.evaluate(RINGED, [page.on_map(*map(float, cloud.places[place])) for place in batch])
    assert ringed >= 0.7 * len(batch)  # of some rings another ring or a point covers a part
    others = [page.on_map(*map(float, place)) for place in cloud.places[: CIRCLE.knobs.batch_size * 2]]
    assert page.picture.evaluate(RINGED, others) <= 0.5 * len(others)


def test_only_the_boundary_is_shown_on_demand_and_the_link_says_so(playground: Open) -> None:
    page = playground({"epochs": "40", "seed": "63"})
    page.until("p.track.moments.at(-1)?.epoch >= 40")
    page.page.locator(".st-key-playground [role=slider]").press("End")
    page.until("!p.running && p.atNewest")
    smooth = page.picture.evaluate("canvas => canvas.toDataURL()")
    page.page.get_by_role("switch", name="Only the boundary").click()
    page.wait_for_link("discrete", "1")
    expect(page.page.get_by_role("switch", name="Only the boundary")).to_have_attribute("aria-checked", "true")
    assert page.picture.evaluate("canvas => canvas.toDataURL()") != smooth


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_whoever_hears_the_page_hears_a_name_for_all_that_can_be_pressed_and_what_is_on_the_map(
    playground: Open, lang: str
) -> None:
    page = playground({"lang": lang, "data": "points", "epochs": "3"})
    assert page.picture.evaluate(UNNAMED) == []
    page.walk("ArrowRight", "ArrowDown")
    expect(page.caption).to_contain_text("2")  # the second unit
    expect(page.picture).to_have_attribute("aria-label", re.compile(".+" + re.escape(page.caption.inner_text()) + "$"))


# ----------------------------------------------------------------------------------- what is pressed


@pytest.mark.parametrize("hidden", ["8,8,8,8,8,8", "6,6,4,4", "8,3,8", "2"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_button_lies_under_another_however_many_layers_there_are(playground: Open, hidden: str, width: int) -> None:
    page = playground({"hidden": hidden, "epochs": "2"}, width=width)
    with suppress(TimeoutError):  # the menu may still cover a narrow page that has just been opened
        page.page.wait_for_function(f"canvas => ({PRESSED})(canvas).length === 0", arg=page.picture.element_handle())
    assert page.picture.evaluate(PRESSED) == []


def test_each_of_six_layers_has_its_own_activation(playground: Open) -> None:
    page = playground({**LONG, "hidden": "4,4,4,4,4,4", "seed": "64"})
    page.page.locator(".st-key-network .layer select").nth(4).select_option("gelu")
    assert page.wait_for_link("activations", ".*gelu.*") == "tanh,tanh,tanh,tanh,gelu,tanh"


# ----------------------------------------------------------------------------------- what is painted


def tap(page: Playground, places: Iterable[tuple[float, float]]) -> None:
    for place in places:
        page.picture.tap(position=page.on_map(*place))


def test_a_finger_paints_four_classes_draws_without_scrolling_and_erases(playground: Open) -> None:
    page = playground({"data": "points", "seed": "66"}, width=360, height=740, has_touch=True, is_mobile=True)
    page.page.get_by_role("button", name="Clear").tap()
    page.page.get_by_role("radio", name="Point", exact=True).tap()
    colours = ["orange", "blue", "green", "pink"]
    for colour, place in zip(colours, [(-4, 4), (4, 4), (-4, -4), (4, -4)], strict=True):
        page.page.get_by_role("radio", name=colour).tap()
        page.page.get_by_role("radio", name="Point", exact=True).tap()
        tap(page, [place])
    rows = rows_in(page, r".{20}")
    assert [row[2] for row in rows] == [0, 1, 2, 3]
    page.until("p.latest('confusion') !== undefined")
    page.page.get_by_role("radio", name="Brush").tap()
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    before, box = page.page.evaluate(scrolled), page.picture.bounding_box()
    touch = page.page.context.new_cdp_session(page.page)
    count, kind = page.page.locator(".st-key-network .tools .muted"), "touchStart"
    for y in (3, 2, 1, 0, -1, -2, -3):
        at, painted = page.on_map(0, y), count.inner_text()
        finger = {"x": box["x"] + at["x"], "y": box["y"] + at["y"]}
        while count.inner_text() == painted:  # a brush drops one point in 45 ms
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [finger]})
            kind = "touchMove"
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    painted = rows_in(page, r".{35,}")[4:]
    assert min(row[1] for row in painted) < -1 and max(row[1] for row in painted) > 1
    assert page.page.evaluate(scrolled) == before
    eraser = page.page.get_by_role("radio", name="Eraser")
    eraser.tap()
    expect(eraser).to_have_attribute("aria-checked", "true")
    tap(page, [(4, -4)])
    corner = read_rows(rows_text([(4, -4, 3)], "class"), 5)[0]
    page.page.wait_for_url(lambda url: "rows=" in url and corner not in read_rows(page.link()["rows"], 5))
