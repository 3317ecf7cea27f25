"""Charts in a real browser: they are drawn from the numbers they were given, in place, and read them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.apps.charted import CERTAINTY, CONFIDENCE, COSTS, NAMES, READERS
from tests.browser.server import Server, served

ORDER = np.argsort(-CERTAINTY, kind="stable")
INK = """([canvas, x]) => {  // the rows of one column of the canvas in which anything of a strong colour is drawn
  const dots = canvas.width / canvas.clientWidth;
  const { data } = canvas.getContext("2d").getImageData(Math.round(x * dots), 0, 1, canvas.height);
  const rows = [];
  for (let row = 0; row < canvas.height; row += 1) {
    const [r, g, b, a] = data.slice(4 * row, 4 * row + 4);
    if (a > 128 && Math.max(r, g, b) - Math.min(r, g, b) > 60) rows.push(row / dots);
  }
  return rows;
}"""


@pytest.fixture(scope="module")
def charts(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield the served page of charts."""
    with served("tests/browser/apps/charts_app.py", tmp_path_factory.mktemp("charts")) as server:
        yield server
        assert server.errors() == ""


@pytest.fixture
def chart(charts: Server, window: Callable[..., Page]) -> Callable[..., Page]:
    """Return a function that opens one chart: chart("bars", lang="zh", width=360)."""

    def open_chart(kind: str, lang: str = "en", **look: object) -> Page:
        page = window(**look)
        page.goto(f"{charts.url}/?kind={kind}&lang={lang}")
        page.locator(f".st-key-{kind}").locator(".picture canvas, table").wait_for()
        page.wait_for_timeout(300)  # the style sheet is there, and the chart has its width
        return page

    return open_chart


def middle_of(page: Page, distance: int) -> float:
    """Return where a distance stands, in pixels from the left of the canvas, as the pointer finds it."""
    box, found = page.locator(".picture").bounding_box(), []
    for x in range(2, int(box["width"]), 3):
        page.mouse.move(box["x"] + x, box["y"] + 120)
        if page.locator(".said").inner_text() == f"moved by {distance} pixels":
            found.append(x)
    return (found[0] + found[-1]) / 2


def test_the_pointer_reads_every_line_at_the_nearest_place(chart: Callable[..., Page]) -> None:
    page = chart("lines")
    picture = page.locator(".picture")
    expect(page.locator(".legend li span")).to_have_text(READERS)
    expect(page.locator(".legend b")).to_have_text(["", ""])
    box = picture.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + 40)
    expect(page.locator(".said")).to_have_text("moved by 8 pixels")
    expect(page.locator(".legend b")).to_have_text([f"{100 * row[8]:.1f}\u202f%" for row in CONFIDENCE])
    page.mouse.move(1, 1)
    expect(page.locator(".legend b")).to_have_text(["", ""])


def test_lines_stand_where_their_numbers_are(chart: Callable[..., Page]) -> None:
    page = chart("lines")
    x = middle_of(page, 4)
    page.mouse.move(1, 1)
    rows = page.evaluate(INK, [page.locator(".picture canvas").element_handle(), x])
    # the canvas is 300 pixels high: 22 for the name of y, 28 for the names of x, and the axis ends at 1.02
    wanted = [272 - 250 * value / 1.02 for value in CONFIDENCE[:, 4]]
    for place in wanted:
        near = [row for row in rows if abs(row - place) < 12]
        assert near and abs(np.mean(near) - place) < 3, (wanted, rows)


def test_bars_stand_in_the_order_of_what_matters_and_say_which_they_are(chart: Callable[..., Page]) -> None:
    page = chart("bars")
    picture, said = page.locator(".picture"), page.locator(".said")
    expect(page.locator(".legend")).to_be_hidden()
    picture.focus()
    page.keyboard.press("Home")
    heard = []
    for _ in ORDER:
        heard.append(said.inner_text())
        page.keyboard.press("ArrowRight")
    assert heard == [f"filter {i}: {number(100 * CERTAINTY[i])} points lost" for i in ORDER]
    expect(page.locator(".chart [aria-live]")).to_have_text(heard[-1])  # the last one stays: there is nothing beyond
    picture.evaluate("node => node.blur()")
    expect(said).to_have_text("\u00a0")


def number(value: float) -> str:
    """Return a number as the chart writes it: three significant digits."""
    return f"{float(value):#.3g}".replace("-", "−").rstrip(".")


def test_other_numbers_are_drawn_on_the_same_canvas(chart: Callable[..., Page]) -> None:
    page = chart("bars")
    canvas = page.locator(".picture canvas").element_handle()
    before = canvas.evaluate("canvas => canvas.toDataURL()")
    page.evaluate(
        """canvas => { window.blank = 0; const look = () => {
             const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
             if (!canvas.isConnected || !data.some(Boolean)) window.blank += 1;
             requestAnimationFrame(look);
           }; look(); }""",
        canvas,
    )
    page.locator(".st-key-other button").click()
    page.wait_for_function("([canvas, old]) => canvas.toDataURL() !== old", arg=[canvas, before])
    page.wait_for_timeout(200)
    assert page.evaluate("blank") == 0  # not for one frame


def test_every_share_has_a_bar_of_its_length(chart: Callable[..., Page]) -> None:
    page = chart("shares")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(len(COSTS))
    for place, (cost, name) in enumerate(zip(COSTS, NAMES, strict=True)):
        row = rows.nth(place)
        expect(row.locator("th")).to_have_text(name)
        expect(row.locator("td > span:first-child")).to_have_count(2 if cost.flops else 0)
        if not cost.flops:
            expect(row.locator("td.none")).to_have_text(["0", "0"])
            continue
        for column, what in enumerate(("parameters", "flops")):
            share = getattr(cost, what) / sum(getattr(one, what) for one in COSTS)
            level = row.locator(".level").nth(column)
            bar, whole = (part.bounding_box()["width"] for part in (level, row.locator("td > span:first-child").first))
            assert bar / whole == pytest.approx(share, abs=0.01)
            written = row.locator("small").nth(column)
            expect(written).to_have_text(f"{100 * share:.1f}\u202f%" if share >= 0.0005 else "<0.1\u202f%")


@pytest.mark.parametrize("kind", ["lines", "bars", "shares"])
def test_on_a_phone_a_chart_fits_in_both_languages(chart: Callable[..., Page], kind: str) -> None:
    for lang in ("en", "zh"):
        page = chart(kind, lang=lang, width=360, height=780, theme="dark")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
        box = page.locator(f".st-key-{kind} .{'shares' if kind == 'shares' else 'chart'}").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
