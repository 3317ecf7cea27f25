"""The forward pass in a real browser: walk through it, point at numbers, change them, and find it all in the link."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawers import open_drawer
from tests.browser.server import Server


class Apart:
    """A window in which a network is taken apart."""

    def __init__(self, page: Page):
        self.page = page
        self.root = page.locator(".st-key-anatomy")
        self.parts = self.root.locator(".part")
        self.loss = self.root.locator(".part.loss .value")
        self.sum = self.root.locator(".sum")
        self.stage = self.root.locator(".stage")
        self.editor = self.root.locator(".editor")
        self.progress = self.root.locator(".progress")

    def unit(self, layer: int, place: int):
        """Return a unit of the flower network: layer 0 or 1, its place from 0."""
        return self.root.locator(".part.unit").nth(3 * layer + place)

    def wait_for_link(self, pattern: str) -> None:
        """Wait until the address holds this (a regular expression)."""
        self.page.wait_for_url(re.compile(pattern))


@pytest.fixture
def apart(visit: Callable[..., Page]) -> Callable[..., Apart]:
    """Return a function that opens the page and waits until the network is there."""

    def open_page(link: dict[str, str] | None = None, **look: object) -> Apart:
        one = Apart(visit("forward_loss", link, **look))
        expect(one.sum.locator("h4")).to_have_text(re.compile(r"."))
        expect(one.sum.locator("h4")).to_be_visible()  # what waits for its style sheet has no text to read yet
        return one

    return open_page


def test_one_walks_through_it_by_keys_and_the_link_knows_how_far(apart: Callable[..., Apart]) -> None:
    one = apart()
    whole = one.loss.inner_text()
    one.stage.focus()
    one.stage.press("ArrowRight")
    expect(one.progress).to_have_text("step 1 of 33")
    expect(one.loss).to_have_text("?")
    expect(one.sum.locator(".chip.now")).to_have_count(1)
    one.stage.press("Shift+ArrowRight")  # to the end of this unit
    expect(one.progress).to_have_text("step 6 of 33")
    expect(one.unit(0, 0)).not_to_have_class(re.compile("unknown"))
    expect(one.unit(0, 1)).to_have_class(re.compile("unknown"))
    one.wait_for_link(r"walk=6")
    one.stage.press("ArrowLeft")
    expect(one.progress).to_have_text("step 5 of 33")
    one.stage.press("End")
    expect(one.loss).to_have_text(whole)
    again = apart({"walk": "2"})
    expect(again.progress).to_have_text("step 2 of 33")


def test_one_walks_back_from_the_loss_to_the_first_product(apart: Callable[..., Apart]) -> None:
    one = apart()
    back, unit_back = (one.root.locator(f"button.{name}") for name in ("before", "back"))
    back.click()
    expect(one.progress).to_have_text("step 32 of 33")
    expect(one.loss).to_have_text("?")
    for _ in range(40):
        if unit_back.is_disabled():
            break
        unit_back.click()
    expect(one.progress).to_have_text("step 1 of 33")
    expect(back).to_be_disabled()


def test_pointing_at_a_number_writes_out_what_it_was_made_of(apart: Callable[..., Apart]) -> None:
    one = apart()
    one.unit(1, 1).hover()
    expect(one.sum.locator("h4")).to_contain_text("versicolor")
    expect(one.root.locator(".part.source")).to_have_count(3)
    numbers = [text.replace("−", "-") for text in one.sum.locator(".product").all_inner_texts()]
    terms = [[float(number) for number in re.findall(r"-?[\d.]+", text)] for text in numbers]
    total = sum(w * h for w, h in terms[:-1]) + terms[-1][0]
    said = float(one.sum.locator(".result b").first.inner_text().replace("−", "-"))
    assert total == pytest.approx(said, abs=0.03)


def test_a_changed_weight_changes_all_that_follows_and_can_be_taken_back(apart: Callable[..., Apart]) -> None:
    one = apart()
    before = one.loss.inner_text()
    one.unit(0, 1).click()
    one.sum.locator("button.number").first.click()
    one.editor.locator("input[type=number]").fill("-4")
    one.editor.locator("input[type=number]").press("Enter")
    expect(one.loss).not_to_have_text(before)
    one.wait_for_link(r"changed=w1\.2\.1(=|%3D)-4")
    again = apart({"changed": "w1.2.1=-4"})
    expect(again.loss).to_have_text(one.loss.inner_text())
    one.root.locator("button.reset").click()
    expect(one.loss).to_have_text(before)
    expect(one.root.locator("button.reset")).to_be_hidden()


def test_the_matrices_hold_the_same_numbers_and_mark_row_and_column(apart: Callable[..., Apart]) -> None:
    one = apart()
    score = one.unit(1, 2).locator(".value").inner_text()
    one.root.locator("[data-view=matrices]").click()
    one.wait_for_link("drawn=matrices")
    last = one.root.locator(".line").nth(1).locator(".matrix").nth(3)
    expect(last.locator(".caption")).to_have_text(re.compile(r"Z.*3×3"))
    cell = last.locator(".cell").nth(2)
    expect(cell).to_have_text(score)
    cell.hover()
    expect(one.root.locator(".cell.made")).to_have_count(3 + 3 + 1)  # a row, a column, a bias


@pytest.mark.parametrize("width", [1280, 360])
def test_no_number_of_a_matrix_is_cut_off(apart: Callable[..., Apart], width: int) -> None:
    one = apart({"source": "digit", "drawn": "matrices"}, width=width)
    cells = one.root.locator(".grid:not(.large) .cell")
    expect(cells.last).to_have_text(re.compile(r"^[01]\.\d{3}$"))  # a probability: what is nearly nothing reads so
    expect(one.root.locator(".grid.large .cell")).not_to_have_count(0)
    assert cells.evaluate_all("(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length") == 0


@pytest.mark.parametrize("hidden", ["4,2", "3,3,3"])
def test_in_a_network_of_many_layers_no_word_or_number_is_cut_off(apart: Callable[..., Apart], hidden: str) -> None:
    one = apart({"source": "yours", "hidden": hidden, "at": "200"})
    expect(one.unit(0, 0)).to_be_visible()
    cut = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"
    assert one.root.locator(".field .head, .field .more").evaluate_all(cut) == []
    assert one.stage.evaluate("(one) => one.scrollWidth <= one.clientWidth")  # all of it is in sight


@pytest.mark.parametrize(
    ("lang", "link"),
    [
        ("zh", {"source": "flower"}),
        ("en", {"source": "loan"}),
        ("en", {"source": "yours", "hidden": "4,2", "at": "200"}),
        ("zh", {"source": "yours", "hidden": "8,8,5", "inputs": "x1,x2,x1_squared,x1_x2,sin_x1", "at": "200"}),
    ],
)
def test_on_a_phone_the_layers_stand_one_below_the_other(
    apart: Callable[..., Apart], lang: str, link: dict[str, str]
) -> None:
    one = apart({"lang": lang, **link}, width=360, height=740)
    cut = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"
    assert one.root.locator(".field .head, .field .name, .field .value, .field .more").evaluate_all(cut) == []
    assert one.stage.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    kinds = one.parts.evaluate_all("(all) => all.map((one) => [one.offsetTop, one.offsetTop + one.offsetHeight])")
    columns = one.root.locator(".head").count()
    tops = one.root.locator(".head").evaluate_all("(all) => all.map((one) => one.offsetTop)")
    assert tops == sorted(tops) and len(set(tops)) == columns
    assert all(end <= kinds[-1][0] for _, end in kinds[:-1])  # the loss is the last


def test_another_network_has_its_places_at_once(apart: Callable[..., Apart]) -> None:
    one = apart()
    one.page.locator(".st-key-forward_loss-source").get_by_role("combobox").click()
    one.page.get_by_role("option", name="A loan").click()
    expect(one.root.locator(".part.answer")).to_have_count(1)
    tops = one.root.locator(".part.input").evaluate_all("(all) => all.map((one) => one.offsetTop)")
    assert len(set(tops)) == 4


@pytest.mark.parametrize("closer", ["losses", "softmax", "overflow", "rare", "quiz"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_a_phone_the_open_tab_and_its_table_are_in_sight(
    apart: Callable[..., Apart], lang: str, closer: str
) -> None:
    page = apart({"lang": lang, "closer": closer}, width=360, height=740).page
    closer = page.locator(".st-key-forward-loss-closer")
    tab = closer.locator("[role=tab][aria-selected=true]")
    expect(tab).to_have_text(re.compile("."))
    inside = "(one) => one.getBoundingClientRect().left >= 0 && one.getBoundingClientRect().right <= innerWidth"
    assert closer.locator("[role=tab]").evaluate_all(f"(all) => all.every({inside})")
    if closer in ("losses", "softmax", "overflow", "rare"):
        table = closer.locator("table.turned")
        expect(table).to_be_visible()
        assert table.evaluate("(one) => one.parentElement.scrollWidth <= one.parentElement.clientWidth")


def test_a_loss_is_put_in_focus_and_read_with_keys(apart: Callable[..., Apart]) -> None:
    one = apart()
    losses = one.page.locator(".st-key-losses")
    losses.locator("[data-name=hinge]").click()
    one.wait_for_link("losses=hinge")
    expect(one.page.get_by_text("Hinge of the example")).to_be_visible()
    picture = losses.locator(".picture").first
    picture.focus()
    picture.press("Home")
    expect(losses.locator(".rows")).to_contain_text("Under the probe, at −10")
    picture.press("Escape")
    expect(losses.locator(".rows")).to_contain_text("The example on the stage")


@pytest.mark.parametrize("source", ["digit", "flower", "loan"])
def test_on_a_phone_every_matrix_is_whole(apart: Callable[..., Apart], source: str) -> None:
    one = apart({"source": source, "drawn": "matrices"}, width=360, height=740)
    grids = one.root.locator(".grid")
    expect(grids.nth(3)).to_be_visible()
    assert grids.evaluate_all("(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length") == 0
    size = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    assert one.root.locator(".grid:not(.large) .cell").first.evaluate(size) >= 14


@pytest.mark.parametrize(("theme", "lang", "source"), [("light", "zh", "flower"), ("dark", "en", "digit")])
@pytest.mark.parametrize("drawn", ["network", "matrices"])
def test_on_a_phone_all_of_it_fits(apart: Callable[..., Apart], theme: str, lang: str, source: str, drawn: str) -> None:
    link = {"lang": lang, "source": source, "drawn": drawn}
    one = apart(link, width=360, height=740, theme=theme)
    expect(one.sum.locator(".chip").first).to_be_visible()
    open_drawer(one.page, "forward_loss")
    assert one.page.evaluate("document.scrollingElement.scrollWidth") <= 360
    stage, beside = (
        one.page.locator(place).bounding_box() for place in (".st-key-anatomy", ".st-key-forward_loss-source")
    )
    assert stage["y"] < beside["y"]


def test_curves_are_drawn_again_when_their_style_sheet_comes_late(window: Callable[..., Page], server: Server) -> None:
    page, held = window(), []
    page.route("**/losses.css*", lambda route: held.append(route))
    page.goto(f"{server.url}/forward_loss")
    canvas = page.locator(".st-key-losses canvas").first
    expect(canvas).to_have_attribute("height", "250")
    assert held, "the style sheet was not asked for"
    before = canvas.get_attribute("width")
    held[0].continue_()
    expect(canvas).not_to_have_attribute("width", before)  # the two panels stand side by side now
    assert canvas.evaluate("(one) => one.width === one.clientWidth")
