"""Units in a real browser: they add up to what the network answers, and a pen draws what it learns next."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dlviz.rows import read_pairs

FEW = {"points": "40", "epochs": "30"}
DIGITS = {"data": "mnist-5k", "hidden": "8", "train_share": "0.05", "epochs": "1"}


def ready(page: Page) -> float:
    """Return how far the units' sum is off the network's answer, as soon as the picture knows."""
    page.wait_for_function("document.querySelector('.st-key-mlp-units')?.querySelector('*') !== null")
    units = page.locator(".st-key-mlp-units .units[data-off]")
    expect(units).to_be_attached(timeout=60_000)
    return float(units.get_attribute("data-off"))


@pytest.mark.parametrize(
    "network",
    [
        {"hidden": "9", "activation": "relu"},
        {"hidden": "5,4,3", "activations": "gelu,elu,silu"},
        {"hidden": "6,5", "activations": "leaky_relu,sigmoid"},
        {"hidden": "6", "batch_norm": "1"},
        {"hidden": "6,5", "activations": "tanh,relu", "batch_norm": "1"},
    ],
)
def test_the_units_add_up_to_the_networks_own_answer(visit: Callable[..., Page], network: dict[str, str]) -> None:
    assert ready(visit("mlp", {**FEW, **network})) < 1e-4


def test_one_adds_them_one_by_one(visit: Callable[..., Page]) -> None:
    page = visit("mlp", FEW)
    ready(page)
    page.get_by_role("button", name="Add them one by one").click()
    slider = page.get_by_label("How many units are added, those that move most first")
    expect(page.locator(".st-key-mlp-units output")).to_have_text("1 of 8")
    slider.press("ArrowRight")
    expect(page.locator(".st-key-mlp-units output")).to_have_text("2 of 8")
    slider.press("End")
    expect(page.locator(".st-key-mlp-units .said")).to_contain_text("The sum of 8 is off the whole answer by")
    page.wait_for_url("**count=8**")


def test_a_single_unit_is_said_to_be_one_and_the_slider_stands_beside_the_buttons(visit: Callable[..., Page]) -> None:
    page = visit("mlp", {**FEW, "hidden": "1"})
    ready(page)
    units = page.locator(".st-key-mlp-units")
    expect(units.locator(".said")).to_contain_text("The only unit and the bias add up")
    before = units.locator("canvas").bounding_box()["y"]
    page.get_by_role("button", name="Add them one by one").click()
    expect(units.locator(".adding")).to_be_visible()
    assert units.locator("canvas").bounding_box()["y"] == before


def test_without_a_hidden_layer_the_answer_is_said_to_be_a_line(visit: Callable[..., Page]) -> None:
    page = visit("mlp", {**FEW, "hidden": ""})
    ready(page)
    said = page.locator(".st-key-mlp-units .said")
    expect(said).to_have_text(
        re.compile(r"^There is no hidden layer: the answer is a straight line, −?[\d.]+·x [+−] [\d.]+\.$")
    )
    page.locator(".st-key-mlp-units canvas").press("ArrowRight")
    expect(said).to_contain_text("There is no hidden layer")


def test_what_a_pen_draws_is_learnt(visit: Callable[..., Page]) -> None:
    page = visit("mlp", FEW)
    ready(page)
    page.get_by_role("button", name="Draw your own").click()
    canvas = page.locator(".st-key-mlp-units canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    for place in range(21):
        x = box["x"] + box["width"] * (0.15 + 0.7 * place / 20)
        y = box["y"] + box["height"] * (0.3 + 0.4 * (place > 10))
        page.mouse.move(x, y)
        if not place:
            page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**data=pairs**")
    page.get_by_role("button", name="Done").click()
    assert ready(page) < 1e-4


def test_the_pen_stays_within_the_heights_that_are_said_and_shown(visit: Callable[..., Page]) -> None:
    page = visit("mlp", FEW)
    ready(page)
    corner = "canvas => [...canvas.getContext('2d').getImageData(canvas.width - 30, 40, 1, 1).data]"
    canvas = page.locator(".st-key-mlp-units canvas")
    before = canvas.evaluate(corner)
    page.get_by_role("button", name="Draw your own").click()
    expect(page.locator(".st-key-mlp-units .said")).to_contain_text("Heights go from −1 to 1")
    assert canvas.evaluate(corner) != before  # where the pen does not reach stands back
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + box["height"] - 40)
    page.mouse.up()
    page.wait_for_url("**data=pairs**")
    heights = [y for _, y in read_pairs(re.search(r"[?&]pairs=([^&]+)", page.url)[1])]
    assert (max(heights), min(heights)) == (1, -1)


def test_the_page_goes_to_the_moment_at_which_early_stopping_would_have_stopped(visit: Callable[..., Page]) -> None:
    page = visit("mlp", {"points": "40", "noise": "0.5", "seed": "1", "epochs": "200", "closer": "stopping"})
    go = page.get_by_role("button", name="Go to the best moment")
    expect(go).to_be_enabled(timeout=60_000)  # once the run is over
    cards = [page.locator(f".st-key-mlp-stopping-{which}") for which in ("best", "last")]
    epochs = [float(re.search(r"Epoch ([\d.]+)", card.inner_text())[1]) for card in cards]
    assert epochs[0] < epochs[1]
    cursor, units = page.locator(".st-key-mlp-function [role=slider]"), page.locator(".st-key-mlp-units canvas")
    last = 400  # two updates an epoch
    expect(cursor).to_have_attribute("aria-valuenow", str(last))
    picture = units.evaluate("canvas => canvas.toDataURL()")
    go.click()
    page.wait_for_url(re.compile(r"[?&]at=\d+"))
    best = int(re.search(r"[?&]at=(\d+)", page.url)[1])
    assert best == round(last * epochs[0] / epochs[1])
    expect(cursor).to_have_attribute("aria-valuenow", str(best))
    expect(page.locator(".st-key-mlp-function .state")).to_have_text("finished")
    page.wait_for_function("([canvas, before]) => canvas.toDataURL() !== before", arg=[units.element_handle(), picture])


@pytest.mark.parametrize(("lang", "tab"), [("en", "Formula"), ("zh", "公式")])
def test_the_table_of_layers_is_seen_whole_on_a_phone(visit: Callable[..., Page], lang: str, tab: str) -> None:
    page = visit("mlp", {**DIGITS, "hidden": "16", "lang": lang}, width=360)
    page.get_by_role("tab", name=tab, exact=True).click()
    cells = page.locator("td", has_text=re.compile(r"^tanh\u200b\(.+\) = .+$"))
    expect(cells.first).to_be_visible()
    wide = "table => [table.scrollWidth, table.parentElement.clientWidth]"
    table, place = page.locator("table", has=cells).evaluate(wide)
    assert table <= place


def test_every_row_of_a_table_is_named_with_its_truth(visit: Callable[..., Page]) -> None:
    page = visit("mlp", {"data": "auto-mpg", "hidden": "4", "epochs": "20"})
    against = page.locator(".st-key-mlp-against")
    expect(against.locator(".key li").nth(2)).to_contain_text("miles per gallon on average", timeout=60_000)
    expect(against.locator(".said")).to_contain_text("On the diagonal")
    canvas = against.locator("canvas[role=application]")
    canvas.press("ArrowRight")
    first = re.compile(r"^.+ \(validation\): true [\d.]+, predicted [\d.]+ miles per gallon$")
    expect(against.locator(".said")).to_have_text(first)
    said = against.locator(".said").inner_text()
    canvas.press("ArrowRight")
    expect(against.locator(".said")).not_to_have_text(said)
    canvas.press("ArrowLeft")
    expect(against.locator(".said")).to_have_text(said)
    canvas.press("Escape")
    expect(against.locator(".said")).to_contain_text("On the diagonal")


def test_digits_move_on_the_map_of_a_layer_as_the_bench_does(visit: Callable[..., Page]) -> None:
    page = visit("mlp", {**DIGITS, "closer": "map"}, width=360, theme="dark")
    journey = page.locator(".st-key-mlp-journey")
    expect(journey.locator(".said")).to_contain_text(re.compile(r"^After 1 epochs?\."), timeout=90_000)
    page.locator(".st-key-mlp-digits button.reset").click()
    expect(journey.locator(".said")).to_contain_text(re.compile(r"^After 0 epochs\. .+ hold [\d.]+\s%"))
    sky = journey.locator(".sky")
    sky.scroll_into_view_if_needed()
    box = sky.bounding_box()
    spots = ((x, y) for x in range(10, int(box["width"]), 12) for y in range(10, int(box["height"]), 12))
    while journey.locator(".card").is_hidden():
        x, y = next(spots)
        page.mouse.move(box["x"] + x, box["y"] + y)
    expect(journey.locator(".card")).to_contain_text(re.compile(r"^A \d, read (correctly|as \d)$"))


def test_each_network_that_was_trained_is_a_dot(visit: Callable[..., Page]) -> None:
    page = visit("mlp", {"points": "40", "epochs": "2", "hidden": "4", "closer": "seeds"})
    page.locator(".st-key-mlp-seeds-begin button").click()
    rows = page.locator(".st-key-mlp-seeds-strips .row:not(.axis)")
    expect(rows.first.locator(".dot")).to_have_count(5, timeout=90_000)
    expect(rows.first.locator(".value")).to_have_text(re.compile(r"^−?[\d.]+ ± [\d.]+$"))
    dots = rows.first.locator(".dot").evaluate_all("dots => dots.map((dot) => [dot.title, parseFloat(dot.style.left)])")
    values = [float(re.search(r"−?[\d.]+", title).group().replace("−", "-")) for title, _ in dots]
    lefts = [left for _, left in dots]
    assert sorted(lefts) == [left for _, left in sorted(zip(values, lefts, strict=True))]


def test_a_digit_is_drawn_for_this_very_network_in_the_same_language(visit: Callable[..., Page]) -> None:
    link = {"data": "mnist-5k", "hidden": "8", "epochs": "1", "train_share": "0.1", "lang": "zh"}
    page = visit("mlp", link)
    page.get_by_role("button", name="自己写一个数字").click()
    expect(page).to_have_url(re.compile(r"/cnn\?.*network=mlp.*lang=zh"))
    expect(page.locator("h1")).to_have_text("数字实验室")


def test_a_row_is_typed_and_told(visit: Callable[..., Page]) -> None:
    link = {"data": "auto-mpg", "hidden": "4", "epochs": "5", "closer": "own"}
    page = visit("mlp", link, width=360)
    closer = page.locator(".st-key-mlp-closer")
    said = closer.locator("h3")
    expect(said).to_contain_text("miles per gallon")
    before = said.inner_text()
    weight = closer.get_by_label("weight (lb)")
    weight.fill("5000")
    weight.press("Enter")
    expect(said).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"typed=[^&]*5000"))
    now = said.inner_text()
    page.reload()
    expect(said).to_have_text(now)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
