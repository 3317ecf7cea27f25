"""The digit laboratory's views in a real browser: they show the numbers they were given, and say what was clicked.

What is on screen is compared with NumPy's own arithmetic on the same small network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.apps.laboratory import (
    EPOCHS,
    EXTENT,
    SIGNED_CHANNEL,
    TEST,
    TRAIN,
    Laboratory,
    plane_moments,
    plane_points,
)
from tests.browser.chromium import Complaints, Requests
from tests.browser.conftest import SECONDS_TO_WAIT
from tests.browser.server import Server, served

APP = "tests/browser/apps/views_app.py"
CHOSEN = TRAIN + 3  # the digit the page shows by default
ORANGE, BLUE = [245, 147, 34], [8, 119, 189]  # the ends of the signed ramp
VIEWS = ["answer", "stages", "maps", "atlas", "heat", "plane"]


SLOW_LINE = """if (location.search.includes("line=slow")) {
  const listen = WebSocket.prototype.addEventListener;
  WebSocket.prototype.addEventListener = function (kind, act, ...more) {
    const late = kind === "message" ? (event) => setTimeout(act, 400, event) : act;
    return listen.call(this, kind, late, ...more);
  };
}"""  # all that Python says arrives 400 ms late


@pytest.fixture(scope="module")
def laboratory() -> Laboratory:
    """Return the network that the page shows, made a second time here."""
    return Laboratory()


@pytest.fixture(scope="module")
def views(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield the served page of views."""
    with served(APP, tmp_path_factory.mktemp("views")) as server:
        yield server


@dataclass
class Tab:
    """A page that is used again and again, so that the app's scripts are loaded once; and what went wrong in it."""

    page: Page
    requests: Requests
    complaints: Complaints

    def open(self, address: str, width: int, height: int, theme: str, motion: str) -> None:
        """Open an address afresh, in a window of that look."""
        self.page.mouse.move(1, 1)  # not where the last test left it
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=theme, reduced_motion=motion)
        self.page.goto(address)


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Iterator[Callable[[bool], Tab]]:
    """Yield a function that returns the tab with a mouse, or the one with a touch screen, the same each time."""

    @cache
    def tab(touch: bool) -> Tab:
        context = browser.new_context(has_touch=touch)
        context.set_default_timeout(SECONDS_TO_WAIT * 1000)
        context.add_init_script(SLOW_LINE)
        page = context.new_page()
        opened.append(page)
        return Tab(page, Requests(page), Complaints(page))

    opened: list[Page] = []
    yield tab
    for page in opened:
        page.context.close()


@pytest.fixture
def view(views: Server, tabs: Callable[[bool], Tab]) -> Iterator[Callable[..., Page]]:
    """Yield a function that opens one view: view("maps", lang="zh", theme="dark", width=360); it replaces the last."""
    before = views.written()
    used: list[Tab] = []

    def open_view(
        name: str,
        link: str = "",
        lang: str = "en",
        theme: str = "light",
        motion: str = "no-preference",
        width: int = 1280,
        height: int = 900,
        touch: bool = False,
    ) -> Page:
        tab = tabs(touch)
        used.append(tab)
        tab.open(f"{views.url}/?view={name}&lang={lang}{link}", width, height, theme, motion)
        for one in VIEWS if name == "all" else [name]:
            tab.page.locator(f".st-key-{one} .{one}").wait_for()
        return tab.page

    yield open_view
    complaints = [text for tab in used for text in tab.complaints.texts]
    for tab in used:
        tab.complaints.texts.clear()  # the next test has its own
    assert complaints == []
    assert [address for tab in used for address in tab.requests.outside()] == []
    assert views.errors(before) == ""


def expect_said(page: Page, what: str, value: object) -> None:
    expect(page.get_by_text(f"{what} {json.dumps(value)}", exact=True)).to_be_visible()


def pixel(canvas: Locator, row: int, column: int) -> list[int]:
    """Return the colour of one cell of a canvas that has one pixel a cell."""
    script = "(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(x, y, 1, 1).data].slice(0, 3)"
    return canvas.evaluate(script, [column, row])


def numbers(cells: Locator) -> np.ndarray:
    """Return the numbers written in table cells, or in the fields inside them."""
    texts = cells.evaluate_all("cells => cells.map(cell => cell.querySelector('input')?.value ?? cell.textContent)")
    return np.array([float(text.replace("−", "-")) for text in texts])


# ------------------------------------------------------------------------------------------- answer


def in_whole_percent(share: float) -> str:
    """Return what stands above a bar: nothing for less than a half, and never 100."""
    return "" if share < 0.005 else ">99" if share >= 0.995 else f"{100 * share:.0f}"


def test_answer_shows_each_readers_digit_and_probabilities(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page = view("answer")
    found = laboratory.probabilities(laboratory.pictures[CHOSEN])
    digits = [str(digit) for digit in found.argmax(1)]
    expect(page.locator(".st-key-answer .digit")).to_have_text(digits)
    expect(page.locator(".st-key-answer .main .digit")).to_have_text(digits[0])
    expect(page.locator(".main .certainty")).to_have_text(f"{100 * found[0].max():.1f}\u202f%")
    scales = page.locator(".level").evaluate_all("bars => bars.map(bar => bar.style.transform)")
    shown = [float(re.fullmatch(r"scaleY\((.*)\)", scale)[1]) for scale in scales]
    assert shown == pytest.approx(found.ravel(), abs=1e-5)
    expect(page.locator(".main .best .name")).to_have_text(digits[0])
    expect(page.locator(".bar .value")).to_have_text([in_whole_percent(share) for share in found.ravel()])
    expect(page.locator("[aria-live=polite]")).to_have_text(
        f"Read as {digits[0]}, {100 * found[0].max():.1f} % certain"
    )


def test_another_digit_moves_the_same_bars(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page = view("answer")
    main = page.locator(".main")
    main.evaluate("card => { card.marked = true }")
    page.locator("input[type=range]").press("ArrowRight")
    expect(page.locator(".main .digit")).to_have_text(
        str(laboratory.probabilities(laboratory.pictures[CHOSEN + 1])[0].argmax())
    )
    assert main.evaluate("card => card.marked")
    assert page.locator(".answer").count() == 1


def test_bars_jump_where_motion_is_unwelcome(view: Callable[..., Page]) -> None:
    duration = "bar => getComputedStyle(bar).transitionDuration"
    moving, still = (
        view("answer", motion=motion).locator(".level").first.evaluate(duration)
        for motion in ("no-preference", "reduce")
    )
    assert moving != "0s" and still == "0s"


def test_without_a_digit_the_answer_asks_for_one_and_keeps_its_height(view: Callable[..., Page]) -> None:
    page = view("answer")
    height = page.locator(".answer").bounding_box()["height"]
    page.get_by_text("empty").click()
    expect(page.locator(".main .certainty")).to_have_text("Draw a digit")
    expect(page.locator(".main .digit")).to_have_text("")
    assert page.locator(".answer").bounding_box()["height"] == pytest.approx(height, abs=2)


# ------------------------------------------------------------------------------------------- stages


def test_stages_show_the_pictures_cell_by_cell(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page = view("stages")
    canvas, picture = page.locator("li canvas").last, laboratory.pictures[CHOSEN]
    assert canvas.evaluate("canvas => [canvas.height, canvas.width]") == [28, 28]
    row, column = np.unravel_index(picture.argmax(), picture.shape)
    grey = np.unravel_index(abs(picture.astype(int) - 128).argmin(), picture.shape)
    ink, middle, paper = (pixel(canvas, int(r), int(c))[0] for r, c in [(row, column), grey, (0, 0)])
    assert ink < 25 and paper == 255
    sizes = page.locator("li canvas").evaluate_all("all => all.map(one => one.width === one.height)")
    assert sizes == [True, False, True, True]  # one is narrow; its frame is as square as the others
    for box in (frame.bounding_box() for frame in page.locator(".frame").all()):
        assert box["height"] == pytest.approx(box["width"], abs=1)
    assert middle == pytest.approx(255 + (20 - 255) * int(picture[grey]) / 255, abs=2)


def test_a_step_is_switched_by_mouse_and_by_keyboard(view: Callable[..., Page]) -> None:
    page = view("stages")
    assert page.get_by_role("switch").count() == 3  # the stroke itself has none
    crop, scale = page.get_by_role("switch", name="Cut to the ink"), page.get_by_role("switch", name="Scale")
    crop.click()
    expect_said(page, "steps", {"crop": False, "scale": True, "centre": True})
    expect(crop).to_have_attribute("aria-checked", "false")
    expect(page.locator("li .size").nth(1)).to_have_text("280×280")  # nothing was cut off
    scale.press("Space")
    expect_said(page, "steps", {"crop": False, "scale": False, "centre": True})
    crop.click()
    expect_said(page, "steps", {"crop": True, "scale": False, "centre": True})


# --------------------------------------------------------------------------------------------- maps


def choose(page: Page, stage: str, channel: int, row: int, column: int, side: int) -> Locator:
    """Click the middle of a cell of a map with `side` cells a side."""
    tile = page.locator(f"[data-stage={stage}] .map").nth(channel)
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    tile.click(position={"x": (column + 0.5) * box["width"] / side, "y": (row + 0.5) * box["height"] / side})
    expect_said(page, "cell", {"stage": stage, "channel": channel, "row": row, "column": column})
    expect(page.locator(".panel")).to_have_attribute("aria-busy", "false")
    return tile


def test_maps_are_painted_on_one_symmetric_scale(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page = view("maps")
    values = laboratory.stages(laboratory.pictures[CHOSEN][None])["conv1"][0]
    channel, row, column = np.unravel_index(abs(values).argmax(), values.shape)
    canvas = page.locator("[data-stage=conv1] canvas").nth(int(channel))
    assert pixel(canvas, int(row), int(column)) == (BLUE if values.max() == abs(values).max() else ORANGE)
    most = f"{abs(values).max():.2g}"
    expect(page.locator("[data-stage=conv1] .low")).to_have_text(f"−{most}")
    expect(page.locator("[data-stage=conv1] .high")).to_have_text(most)
    expect(page.locator("[data-stage=activation1] .low")).to_have_text("0")
    # exactly zero is the neutral colour, the same in a signed and in a non-negative stage
    zero = np.argwhere(laboratory.stages(laboratory.pictures[CHOSEN][None])["activation1"][0, 3] == 0)[0]
    blank = pixel(page.locator("[data-stage=activation1] canvas").nth(3), *map(int, zero))
    assert max(blank) - min(blank) < 12


def test_a_cell_opens_its_arithmetic(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page = view("maps")
    tile = choose(page, "conv1", 2, 10, 12, 26)
    window = laboratory.pictures[CHOSEN][10:13, 12:15].astype(float) / 255
    kernel = laboratory.first[2, 0].astype(float)
    tables = page.locator(".panel table")
    for table, values in zip(range(3), [window, kernel, window * kernel], strict=True):
        assert numbers(tables.nth(table).locator("td")) == pytest.approx(values.ravel(), abs=6e-4)
    total = sum(w * k for w, k in zip(window.ravel(), kernel.ravel(), strict=True)) + float(laboratory.first_bias[2])
    sentence = page.locator(".panel .sentence").inner_text()
    assert float(re.search(r"= (\S+)\.", sentence)[1].replace("−", "-")) == pytest.approx(total, abs=5e-4)
    assert f"Activation 1 makes it {'0' if total < 0 else ''}" in sentence
    expect(tile.locator(".mark")).to_be_visible()
    frame = page.locator("[data-stage=picture] .window")  # the window of 3 × 3 of 28 cells, from (10, 12)
    assert frame.evaluate("f => [f.style.top, f.style.left, f.style.width].map(parseFloat)") == pytest.approx(
        [1000 / 28, 1200 / 28, 300 / 28], abs=0.01
    )


def test_arrow_keys_move_the_cell_and_tab_the_map(view: Callable[..., Page]) -> None:
    page = view("maps")
    tile = choose(page, "conv1", 0, 5, 5, 26)
    tile.press("ArrowDown")
    tile.press("ArrowRight")
    expect_said(page, "cell", {"stage": "conv1", "channel": 0, "row": 6, "column": 6})
    expect(tile).to_have_attribute("aria-label", re.compile(r"^Convolution 1, map 0, cell \(6, 6\): "))
    expect(page.locator(".lens")).to_be_visible()
    tile.press("Tab")
    page.keyboard.press("Enter")
    expect_said(page, "cell", {"stage": "conv1", "channel": 1, "row": 13, "column": 13})


def test_the_lens_reads_out_the_cell_under_the_pointer(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page = view("maps")
    tile = page.locator("[data-stage=conv1] .map").nth(7)
    box = tile.bounding_box()
    tile.hover(position={"x": 9.5 * box["width"] / 26, "y": 15.5 * box["height"] / 26})
    value = laboratory.stages(laboratory.pictures[CHOSEN][None])["conv1"][0, 7, 15, 9]
    text = page.locator(".lens p").inner_text()
    assert text.startswith("Convolution 1, map 7, cell (15, 9): ")
    assert float(text.rsplit(" ", 1)[1].replace("−", "-")) == pytest.approx(value, rel=6e-3)
    page.mouse.move(1, 1)
    expect(page.locator(".lens")).to_be_hidden()


def test_every_input_map_has_its_share_of_the_sum(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page = view("maps")
    choose(page, "conv2", 1, 4, 6, 11)
    pooled = laboratory.stages(laboratory.pictures[CHOSEN][None])["pool1"][0]
    shares = (pooled[:, 4:7, 6:9] * laboratory.second[1]).sum((1, 2))
    text = page.locator(".stepper span")
    first = int(re.search(r"map (\d+) of 8", text.inner_text())[1])
    assert first == abs(shares).argmax()  # the one that matters most is shown first
    for step in range(8):
        found = re.search(r"map (\d+) of 8: products add up to (\S+)", text.inner_text())
        channel, share = int(found[1]), found[2]
        assert channel == (first + step) % 8
        shown = numbers(page.locator(".panel table").nth(0).locator("td"))
        assert shown == pytest.approx(pooled[channel, 4:7, 6:9].ravel(), abs=6e-4)
        if "×" not in share:
            assert float(share.replace("−", "-")) == pytest.approx(shares[channel], rel=6e-3)
        page.get_by_role("button", name="next input map").click()


def test_pooling_names_its_winner_and_a_dense_unit_its_heaviest_inputs(
    view: Callable[..., Page], laboratory: Laboratory
) -> None:
    page = view("maps")
    stages = laboratory.stages(laboratory.pictures[CHOSEN][None])
    row, column = np.unravel_index(stages["pool1"][0, 0].argmax(), (13, 13))
    choose(page, "pool1", 0, int(row), int(column), 13)
    window = stages["activation1"][0, 0, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
    assert numbers(page.locator(".panel td.winner")) == pytest.approx([window.max()], abs=6e-4)
    page.locator("[data-stage=scores] .unit").nth(6).click()
    expect_said(page, "cell", {"stage": "scores", "channel": 6, "row": 0, "column": 0})
    expect(page.locator(".terms tbody tr")).to_have_count(12)
    products = stages["activation3"][0] * laboratory.last[:, 6]
    heaviest = int(abs(products).argmax())
    expect(page.locator(".terms tbody th").first).to_have_text(f"Activation 3 unit {heaviest}")


def test_a_filter_is_muted_and_its_maps_with_it(view: Callable[..., Page]) -> None:
    page = view("maps")
    tile = choose(page, "conv1", 3, 10, 12, 26)
    mute = page.get_by_role("button", name="Mute this filter")
    mute.click()
    expect_said(page, "operations", [[["conv1", 3]], []])
    expect(page.get_by_role("button", name="Let it speak again")).to_have_attribute("aria-pressed", "true")
    assert "muted" in tile.get_attribute("class")
    canvas = page.locator("[data-stage=activation1] canvas").nth(3)
    expect(canvas).to_be_visible()
    colours = "c => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, 26, 26).data.buffer)).size"
    page.wait_for_function(f"([c]) => ({colours})(c) === 1", arg=[canvas.element_handle()])
    tile.focus()
    page.keyboard.press("m")
    expect_said(page, "operations", [[], []])
    assert page.get_by_role("button", name="Undo all changes").count() == 0


def test_a_kernel_is_edited_by_keys_and_by_typing_and_given_back(
    view: Callable[..., Page], laboratory: Laboratory
) -> None:
    page = view("maps")
    choose(page, "conv1", 1, 10, 12, 26)
    learnt = laboratory.first[1].ravel().astype(float)
    cells = page.locator(".panel .typed input")
    cells.nth(0).press("ArrowUp")
    cells.nth(0).press("Shift+ArrowDown")
    expected = [round(float(learnt[0]), 3) + 0.09, *learnt[1:]]
    expect_said(page, "operations", [[], [["conv1", 1, np.round(expected, 3).tolist()]]])
    cells.nth(4).fill("-1,5")
    cells.nth(4).press("Enter")
    expect(page.locator(".panel table").nth(2).locator("td").nth(4)).to_have_text(
        f"{laboratory.pictures[CHOSEN][11, 13] / 255 * -1.5:.3f}".replace("-", "−").replace("−0.000", "0.000")
    )
    expected[4] = -1.5
    expect_said(page, "operations", [[], [["conv1", 1, np.round(expected, 3).tolist()]]])
    cells.nth(5).fill("much")
    cells.nth(5).press("Enter")
    expect(cells.nth(5)).to_have_value(f"{learnt[5]:.3f}".replace("-", "−"))
    assert "edited" in page.locator("[data-stage=conv1] .map").nth(1).get_attribute("class")
    page.get_by_role("button", name="Give it its learnt kernel back").click()
    expect_said(page, "operations", [[], []])
    expect(cells.nth(4)).to_have_value(f"{learnt[4]:.3f}")


def test_a_late_answer_does_not_undo_what_was_changed_since(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page = view("maps", link="&line=slow")
    tile = choose(page, "conv1", 1, 10, 12, 26)
    field, learnt = page.locator(".panel .typed input").first, round(float(laboratory.first[1, 0, 0, 0]), 3)
    tile.press("ArrowRight")  # Python answers this with the weights as it knows them
    field.press("ArrowUp")
    shown = []
    for _ in range(10):
        page.wait_for_timeout(80)
        shown.append(field.input_value())
    assert set(shown) == {f"{learnt + 0.1:.3f}"}


def test_a_finger_finds_a_cell_on_the_large_map(view: Callable[..., Page]) -> None:
    page = view("maps", width=360, height=780, touch=True)
    page.locator("[data-stage=conv1] .map").nth(2).tap()
    expect(page.locator(".panel")).to_have_attribute("aria-busy", "false")
    large = page.locator(".picture.draggable")
    large.scroll_into_view_if_needed()
    box = large.bounding_box()
    page.touchscreen.tap(box["x"] + 3.5 / 26 * box["width"], box["y"] + 20.5 / 26 * box["height"])
    expect_said(page, "cell", {"stage": "conv1", "channel": 2, "row": 20, "column": 3})
    expect(page.locator(".lens")).to_be_hidden()


# -------------------------------------------------------------------------------------------- atlas


def place(page: Page, laboratory: Laboratory, index: int) -> tuple[float, float]:
    """Return where a point of the atlas stands, in pixels of the canvas: one scale, centred, a margin of 22."""
    box = page.locator(".sky").bounding_box()
    low, high = laboratory.points.min(0), laboratory.points.max(0)
    scale = min((box["width"] - 2 - 44) / (high - low)[0], (box["height"] - 2 - 44) / (high - low)[1])
    middle = np.array([box["width"], box["height"]]) / 2
    x, y = middle + (laboratory.points[index] - (low + high) / 2) * scale * [1, -1]
    return float(x), float(y)


def lonely(laboratory: Laboratory) -> int:
    """Return the point that is farthest from its nearest neighbour."""
    apart = np.linalg.norm(laboratory.points[:, None] - laboratory.points[None], axis=2) + 1e9 * np.eye(TEST)
    return int(apart.min(1).argmax())


def test_a_point_shows_its_digit_and_is_chosen(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page = view("atlas")
    index = lonely(laboratory)
    number, truth, answer = TRAIN + index, laboratory.labels[TRAIN + index], laboratory.answers[index]
    x, y = place(page, laboratory, index)
    page.locator(".sky").hover(position={"x": x, "y": y})
    read = f"read as {answer}." if truth == answer else f"but read as {answer}."
    expect(page.locator(".card p")).to_have_text(f"Digit {number}: a {truth}, {read}")
    picture = laboratory.pictures[number]
    row, column = np.unravel_index(picture.argmax(), picture.shape)
    assert pixel(page.locator(".card canvas"), int(row), int(column))[0] < 25
    assert pixel(page.locator(".card canvas"), 0, 0) == [255, 255, 255]
    page.locator(".sky").click(position={"x": x, "y": y})
    expect_said(page, "digit", number)


def test_the_atlas_counts_its_mistakes(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page = view("atlas")
    labels = laboratory.labels[TRAIN : TRAIN + TEST]
    wrong = int((labels != laboratory.answers).sum())
    expect(page.locator(".sky")).to_have_attribute("aria-label", re.compile(f"^{TEST} test digits .* {wrong} of them"))
    fours = labels == 4
    chip = page.get_by_role(
        "button", name=f"digit 4: {fours.sum()}, {(laboratory.answers[fours] != 4).sum()} read wrongly"
    )
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")


def test_the_atlas_is_walked_over_by_keys_and_zoomed(view: Callable[..., Page]) -> None:
    page = view("atlas")
    sky, card = page.locator(".sky"), page.locator(".card")
    sky.focus()
    page.keyboard.press("ArrowRight")
    expect(card).to_be_visible()
    first = card.inner_text()
    page.keyboard.press("ArrowLeft")
    expect(card).not_to_have_text(first)
    expect(page.locator(".atlas [aria-live]")).to_have_text(card.inner_text())
    page.keyboard.press("Enter")
    expect_said(page, "digit", int(re.search(r"Digit (\d+)", card.inner_text())[1]))
    page.keyboard.press("Escape")
    before = sky.evaluate("canvas => canvas.toDataURL()")
    page.get_by_role("button", name="closer").click()
    assert sky.evaluate("canvas => canvas.toDataURL()") != before
    assert sky.evaluate("canvas => canvas.style.touchAction") == "none"  # now a finger moves the sky
    sky.dblclick(position={"x": 4, "y": 4})
    assert sky.evaluate("canvas => canvas.style.touchAction") == "pan-y"  # now it scrolls the page again


# --------------------------------------------------------------------------------------------- heat


def heat_values(laboratory: Laboratory) -> np.ndarray:
    """Return the signed values that the page shows, (26, 26): more below zero than above."""
    values = laboratory.stages(laboratory.pictures[CHOSEN][None])["conv1"][0, SIGNED_CHANNEL]
    assert -values.min() > 2 * values.max() > 0
    return values


def test_signed_heat_is_scaled_symmetrically(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page, values = view("heat"), heat_values(laboratory)
    canvas = page.locator(".picture canvas")
    low, high = (np.unravel_index(place, values.shape) for place in (values.argmin(), values.argmax()))
    most = f"{-values.min():.3g}"
    expect(page.locator(".scale span")).to_have_text([f"−{most}", most])
    assert pixel(canvas, *map(int, low)) == ORANGE
    # the largest value is far from the end of the scale: a share of blue in the neutral colour, and no more
    share, neutral = values.max() / -values.min(), np.array(pixel(page.locator(".ramp"), 0, 128))
    expected = neutral + share * (np.array(BLUE) - neutral)
    assert pixel(canvas, *map(int, high)) == pytest.approx(expected, abs=3)
    assert pixel(page.locator(".ramp"), 0, 0) == ORANGE and pixel(page.locator(".ramp"), 0, 255) == BLUE


def test_heat_reads_out_the_cell_under_the_pointer(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page, values = view("heat"), heat_values(laboratory)
    picture, said = page.locator(".heat .picture"), page.locator(".heat .said")
    height = page.locator(".heat").bounding_box()["height"]
    box = picture.bounding_box()
    for row, column in [(0, 0), (15, 9), (25, 25)]:
        x, y = (box["width"] * (column + 0.5) / 26, box["height"] * (row + 0.5) / 26)
        page.mouse.move(box["x"] + x, box["y"] + y)
        assert read_out(page) == (row, column, pytest.approx(values[row, column], rel=6e-3))
        shown = page.locator(".heat .mark").bounding_box()
        assert abs(shown["x"] + shown["width"] / 2 - box["x"] - x) < 4
        assert abs(shown["y"] + shown["height"] / 2 - box["y"] - y) < 4
    assert page.locator(".heat").bounding_box()["height"] == height  # the words had their place before
    page.mouse.move(1, 1)
    assert said.inner_text().strip() == ""
    expect(page.locator(".heat .mark")).to_be_hidden()


def read_out(page: Page) -> tuple[int, int, float]:
    """Return the row, the column and the value that the heat says."""
    found = re.fullmatch(r"row (\d+), column (\d+): (\S+)", page.locator(".heat .said").inner_text())
    mantissa, _, raised = found[3].replace("−", "-").partition("×10")
    power = raised.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return int(found[1]), int(found[2]), float(f"{mantissa}e{power or 0}")


def test_heat_is_walked_over_by_keys(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page, values = view("heat"), heat_values(laboratory)
    picture = page.get_by_role("application", name="occlusion")
    page.keyboard.press("Tab")
    while not picture.evaluate("node => node === node.getRootNode().activeElement"):
        page.keyboard.press("Tab")
    assert read_out(page)[:2] == (13, 13)  # the keyboard comes in at the middle
    for keys, (row, column) in {
        "ArrowUp ArrowLeft": (12, 12),
        "Shift+ArrowDown ArrowRight": (17, 13),
        "Shift+ArrowDown Shift+ArrowDown": (25, 13),  # not over the edge
    }.items():
        for one in keys.split():
            page.keyboard.press(one)
        assert read_out(page) == (row, column, pytest.approx(values[row, column], rel=6e-3))
    picture.evaluate("node => node.blur()")
    assert page.locator(".heat .said").inner_text().strip() == ""


def test_a_finger_leaves_the_value_it_found(view: Callable[..., Page], laboratory: Laboratory) -> None:
    page, values = view("heat", width=360, height=780, touch=True), heat_values(laboratory)
    box = page.locator(".heat .picture").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 9.5 / 26, box["y"] + box["height"] * 15.5 / 26)
    assert read_out(page) == (15, 9, pytest.approx(values[15, 9], rel=6e-3))


def test_heat_that_only_grows_begins_at_zero_and_tiny_numbers_fit(
    view: Callable[..., Page], laboratory: Laboratory
) -> None:
    page, values = view("heat", link="&ramp=sequential"), np.maximum(0, heat_values(laboratory)[:12]) * 1e-5
    canvas, ramp = page.locator(".picture canvas"), page.locator(".ramp")
    highest, nothing = (np.unravel_index(place, values.shape) for place in (values.argmax(), values.argmin()))
    assert pixel(canvas, *map(int, highest)) == pixel(ramp, 0, 255) == [0, 34, 78]  # the dark end of cividis
    blank = pixel(canvas, *map(int, nothing))
    assert blank == pixel(ramp, 0, 0) and max(blank) - min(blank) < 12 and min(blank) > 220
    middle = np.unravel_index(abs(values - values.max() / 2).argmin(), values.shape)
    level = round(values[middle] / values.max() * 255)
    assert pixel(canvas, *map(int, middle)) == pytest.approx(pixel(ramp, 0, level), abs=3)
    box = page.locator(".picture").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(26 / 12, rel=0.02)  # cells are squares
    page.mouse.move(
        box["x"] + box["width"] * (highest[1] + 0.5) / 26, box["y"] + box["height"] * (highest[0] + 0.5) / 12
    )
    assert read_out(page) == (*highest, pytest.approx(values.max(), rel=6e-3))
    heat = page.locator(".heat").bounding_box()
    assert heat["width"] < 200
    low, high = (page.locator(".scale span").nth(i) for i in (0, 1))
    expect(low).to_have_text("0")
    assert "×10⁻" in high.inner_text()
    end = high.bounding_box()
    assert end["x"] >= heat["x"] and end["x"] + end["width"] <= heat["x"] + heat["width"] + 0.5


def test_grey_heat_is_ink_on_paper(view: Callable[..., Page], laboratory: Laboratory) -> None:
    picture = laboratory.pictures[CHOSEN]
    ink, paper = (np.unravel_index(place, picture.shape) for place in (picture.argmax(), picture.argmin()))
    for theme in ("light", "dark"):
        page = view("heat", link="&ramp=grey", theme=theme)
        canvas = page.locator(".picture canvas")
        dark, light = (
            pixel(canvas, *map(int, place))[0] for place in ((ink, paper) if theme == "light" else (paper, ink))
        )
        assert dark < 30 and light > 240
        expect(page.locator(".scale span")).to_have_text(["0", "1.00"])


# -------------------------------------------------------------------------------------------- plane


def bare(row: int, column: int) -> bool:
    """Return whether no point lies over a cell of the plane's map, and the frame does not either."""
    spot = np.array([column + 0.5, -row - 0.5]) / 50 * 2 * EXTENT + [-EXTENT, EXTENT]
    return bool(np.linalg.norm(plane_points()[0] - spot, axis=1).min() > 0.3) and 2 < row < 47 and 2 < column < 47


def test_the_plane_shows_what_the_network_answers_there(view: Callable[..., Page]) -> None:
    page = view("plane")
    expect(page.locator(".plane dd").first).to_have_text(str(EPOCHS))
    answers = plane_moments()[-1]["output_map"]
    canvas = page.locator(".plane canvas")
    box = canvas.bounding_box()
    side = min(440, round(box["width"] * 0.44))
    seen = 0
    for row, column in np.ndindex(answers.shape):
        if not bare(row, column) or 64 < answers[row, column] < 192 or (row + column) % 9:
            continue
        seen += 1
        x, y = box["width"] - side + (column + 0.5) / 50 * side, (row + 0.5) / 50 * side
        red, _, blue = pixel(canvas, round(y), round(x))
        assert (blue > red) == (answers[row, column] > 128), (row, column)
    assert seen > 50


def test_the_plane_follows_the_player(view: Callable[..., Page]) -> None:
    page = view("plane")
    epoch = page.locator(".plane dd").first
    expect(epoch).to_have_text(str(EPOCHS))
    before = page.locator(".plane canvas").evaluate("canvas => canvas.toDataURL()")
    page.get_by_role("button", name="Back to the start").click()
    expect(epoch).to_have_text("1")
    assert page.locator(".plane canvas").evaluate("canvas => canvas.toDataURL()") != before
    loss = plane_moments(1)[0]["train_loss"]
    assert float(page.locator(".plane dd").nth(1).inner_text()) == pytest.approx(float(loss), rel=6e-3)


def test_units_and_links_say_what_they_are(view: Callable[..., Page]) -> None:
    page = view("plane")
    expect(page.locator(".plane dd").first).to_have_text(str(EPOCHS))
    canvas, caption = page.locator(".plane canvas"), page.locator(".plane .caption")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(caption).to_have_text("Unit 2 of hidden layer 1: what it answers at every point.")
    expect(page.locator(".plane dd").first).to_have_text(str(EPOCHS))  # the bench did not move
    box = canvas.bounding_box()
    canvas.hover(position={"x": (box["width"] * 0.56 - 20) / 6.6, "y": box["height"] / 2 - 45})
    expect(caption).to_have_text(re.compile(r"^(From .* to unit 1\.\d: weight −?[\d.]+\.|The input x.\.)$"))


def test_before_the_first_moment_the_plane_says_that_it_starts(view: Callable[..., Page]) -> None:
    page = view("plane", link="&moments=none")
    expect(page.locator(".plane .caption")).to_have_text("Starting …")
    expect(page.locator(".plane dd")).to_have_text(["–", "–", "–"])


# ------------------------------------------------------------------------------------------- all six

WRITTEN = """() => {
  const found = [];
  const walk = (node) => {
    if (node.shadowRoot) walk(node.shadowRoot);
    for (const child of node.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE && !["STYLE", "SCRIPT"].includes(child.tagName)) walk(child);
      if (child.nodeType === Node.TEXT_NODE && child.textContent.trim()) {
        const style = getComputedStyle(node);
        const seen = style.visibility === "visible" && node.getClientRects().length;
        if (seen) found.push([child.textContent, parseFloat(style.fontSize)]);
      }
    }
  };
  document.querySelectorAll("[data-testid^=stBidiComponent]").forEach(walk);
  return found;
}"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_a_phone_everything_fits_and_can_be_read(view: Callable[..., Page], lang: str) -> None:
    page = view("all", lang=lang, width=360, height=780, theme="dark")
    page.get_by_text(re.compile("^cell ")).wait_for()  # the page is complete
    page.wait_for_timeout(600)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    for name in VIEWS:
        box = page.locator(f".{name}").first.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360, name
    written = page.evaluate(WRITTEN)
    assert len(written) > 100
    for text, size in written:
        assert size >= (12 if re.fullmatch(r"[\d.,−×–>%\s⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", text) else 14), text
        assert not re.search(r"[{}]|undefined|NaN|null", text), text
        assert lang != "en" or not re.search(r"[\u4e00-\u9fff]", text), text
    if lang == "zh":
        latin = [text for text, _ in written if re.search(r"[A-Za-z]{3,}", text)]
        assert latin == [], "not translated"


def test_the_theme_reaches_the_maps(view: Callable[..., Page]) -> None:
    light, dark = (
        pixel(view("maps", theme=theme).locator("[data-stage=activation1] canvas").first, 0, 0)
        for theme in ("light", "dark")
    )
    assert min(light) > 200 and max(dark) < 90
