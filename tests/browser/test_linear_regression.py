"""Linear regression in a real browser: points are moved and erased, places of the bowl and of charts are pointed at."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from playwright.sync_api import Locator, Page, expect

SLUG = "linear_regression"
CUT = """all => all.flatMap((one) => [...one.querySelectorAll('*')]).filter((one) => {
  return one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX !== 'visible';
}).length"""
PARTS = "/_stcore/bidi-components"
LEVELS = f"""async () => {{
  const {{ Heights }} = await import("{PARTS}/dlviz.descent/scale.js");
  const [gaps, texts] = [[], []];
  for (let low = 0.02; low < 0.4; low += 0.0037) {{
    for (const steep of [0.1, 0.3, 1, 4]) {{
      const scale = new Heights(Array.from({{ length: 400 }}, (_, i) => low + steep * (i / 400) ** 2));
      const levels = scale.levels();
      for (let i = 1; i < levels.length; i += 1) gaps.push((levels[i] - levels[i - 1]) / levels[i]);
      texts.push(...scale.ticks().map(([, text]) => text));
    }}
  }}
  return [gaps, texts];
}}"""
"""How far apart the lines of equal loss lie on bowls of many depths, in shares of their heights, and their texts."""
NAMES = f"""async () => {{
  const {{ Lines }} = await import("{PARTS}/dlviz.curves/lines.js");
  const {{ Axes }} = await import("{PARTS}/dlviz.curves/axes.js");
  const ink = [0, 0, 0];
  const names = ["accent", "text", "muted", "faint", "danger", "background"];
  const inks = Object.fromEntries(names.map((name) => [name, ink]));
  const colours = {{ ...inks, classes: Array(4).fill(ink), font: "sans-serif" }};
  const context = new OffscreenCanvas(600, 190).getContext("2d");
  const look = {{ x: [0, 10], y: [0, 4], log: false, share: false, colours, right: 100 }};
  const axes = new Axes(context, 600, 190, look);
  const still = {{ forkedAt: null, moments: [], indexAt: () => 0 }};
  const series = (y) => () => ({{ x: [0, 10], y: [1, y], index: [0, 1] }});
  const run = (label, y, divergedAt = null) => ({{ ...still, label, divergedAt, series: series(y) }});
  const low = [0, 0, 0.01, 0.02, 0.02].map((y, i) => run(`run ${{i}}`, y));
  const tracks = [run("now", 1), run("broken", 100, 3), ...low];
  const rows = [];
  context.fillText = (text, x, row) => {{ if (/^run |^broken/.test(text)) rows.push(row); }};
  const player = {{ tracks, track: tracks[0], cursor: 1 }};
  const config = {{ series: [{{ name: "loss", dash: "solid" }}] }};
  new Lines(context, axes, {{ player, config, colours, over: "epoch" }}).draw(true);
  return [axes.top, axes.bottom, rows];
}}"""
"""Between which rows a chart's axes lie, and on which the names of six other runs are written, one of them broken."""
KEYS = "all => all.map((one) => one.className.match(/own-auto-mpg-([0-9])/)[1])"
FINISHED = re.compile("finished|已完成")


def part(page: Page, name: str) -> Locator:
    """Return the component of that key."""
    return page.locator(f".st-key-{SLUG}-{name}")


def settled(page: Page) -> None:
    """Wait until the run on the stage is over and its last moment on show."""
    expect(page.locator(f".st-key-{SLUG}").first).to_contain_text(FINISHED)
    expect(page.locator(f".st-key-{SLUG}").first).to_contain_text(re.compile("100 of 100|100 / 100"))


def at(canvas: Locator, x: float, y: float) -> tuple[float, float]:
    """Return the place on the screen at these shares of a canvas."""
    box = canvas.bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def test_a_point_is_added_moved_and_erased(visit: Callable[..., Page]) -> None:
    page = visit(SLUG)
    settled(page)
    canvas, said = part(page, "fit").locator("canvas").first, part(page, "fit").locator(".said")
    page.mouse.move(*at(canvas, 0.5, 0.3))  # beside all points
    page.mouse.down()
    page.mouse.move(*at(canvas, 0.85, 0.75), steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("data=pairs"))
    settled(page)
    many = len(re.search("pairs=([^&]*)", page.url)[1])
    assert many == 41 * 4  # the forty there were, and one more
    page.mouse.move(*at(canvas, 0.2, 0.2))
    page.mouse.move(*at(canvas, 0.85, 0.75))
    expect(said).to_contain_text("the model says")
    part(page, "fit").get_by_text("Erase").click()
    page.mouse.click(*at(canvas, 0.85, 0.75))
    expect(page).not_to_have_url(re.compile(f"pairs=[^&]{{{many}}}"))
    assert len(re.search("pairs=([^&]*)", page.url)[1]) == 40 * 4


def test_the_tools_stay_where_they_are_whatever_is_read_above_them(visit: Callable[..., Page]) -> None:
    page = visit(SLUG)
    settled(page)
    fit = part(page, "fit")
    canvas, erase = fit.locator("canvas").first, fit.get_by_text("Erase")
    hint, height = fit.locator(".said").inner_text(), erase.bounding_box()["y"]
    canvas.press("ArrowRight")
    expect(fit.locator(".said")).to_contain_text("the model says")
    assert erase.bounding_box()["y"] == height
    erase.click()  # the canvas has lost the focus, and nothing is read any more
    expect(fit.locator(".said")).to_have_text(hint)
    assert erase.bounding_box()["y"] == height


def test_the_bowl_is_read_where_one_points(visit: Callable[..., Page]) -> None:
    page = visit(SLUG)
    settled(page)
    canvas, said = part(page, "bowl").locator("canvas").first, part(page, "bowl").locator(".said")
    read = []
    for place in ((0.55, 0.5), (0.95, 0.1)):  # near the lowest place, and in a corner
        page.mouse.move(*at(canvas, *place))
        expect(said).to_contain_text(re.compile("w = .*, b = .*: loss "))
        read.append(float(said.inner_text().rpartition(" ")[2]))
    assert read[0] < read[1]


def test_a_click_among_the_degrees_trains_that_degree(visit: Callable[..., Page]) -> None:
    page = visit(SLUG, {"closer": "degree", "data": "wave"})
    chart = part(page, "degree-traces")
    expect(chart.locator(".key li")).to_have_count(2)
    canvas = chart.locator("canvas").last
    canvas.scroll_into_view_if_needed()
    page.mouse.click(*at(canvas, 0.5, 0.5))
    expect(page).to_have_url(re.compile(r"degree=[678]"))
    expect(part(page, "weights").locator(".name").first).to_have_text("x")


def test_the_name_of_every_column_is_read_whole_where_columns_are_chosen(visit: Callable[..., Page]) -> None:
    page = visit(SLUG, {"data": "auto-mpg"})
    page.locator(".st-key-linear_regression-each summary").click()
    pills = page.locator(".st-key-linear_regression-columns-auto-mpg [data-variant=pills]")
    expect(pills).to_have_count(7)
    assert pills.evaluate_all(CUT) == 0


def test_what_a_chart_shows_is_read_whole_on_a_phone(visit: Callable[..., Page]) -> None:
    page = visit(SLUG, {"data": "auto-mpg", "closer": "degree"}, width=360, height=740)
    above = part(page, "degree-traces").locator(".above")
    expect(above).to_have_text("typical miss (root of the mean square), lower is better")
    assert above.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_on_a_phone_and_in_chinese_nothing_leaves_the_screen(visit: Callable[..., Page]) -> None:
    page = visit(SLUG, {"lang": "zh", "data": "auto-mpg", "closer": "own"}, width=360, height=740, theme="dark")
    expect(part(page, "weights").locator(".name")).to_have_count(7)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    for name in ("fit", "weights"):
        box = part(page, name).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    fields = page.locator(f"[class*=st-key-{SLUG}-own-auto-mpg-]")
    expect(fields).to_have_count(7)
    assert fields.evaluate_all(KEYS) == list("0123456")  # from top to bottom, as the bars from left to right
    tables = page.locator("[data-testid=stMarkdownContainer] table")
    expect(tables).to_have_count(2)  # scores, and the cars that are farthest off
    assert tables.evaluate_all("all => all.every((one) => one.getBoundingClientRect().right <= innerWidth)")


def test_what_is_read_off_the_bowl_moves_nothing_below_it(visit: Callable[..., Page]) -> None:
    page = visit(SLUG)
    settled(page)
    bowl = part(page, "bowl")
    said, key = bowl.locator(".said"), bowl.locator(".key")
    height = key.bounding_box()["y"]
    page.mouse.move(*at(bowl.locator("canvas").first, 0.5, 0.5))
    expect(said).to_contain_text("w = ")
    assert key.bounding_box()["y"] == height


def test_no_two_lines_of_the_bowl_lie_at_one_height(visit: Callable[..., Page]) -> None:
    page = visit(SLUG)
    gaps, texts = page.evaluate(LEVELS)
    assert min(gaps) > 1e-6
    assert max(map(len, texts)) < 9  # not 15,000,000,000,000,002×10⁻¹⁷


def test_the_names_of_kept_runs_stay_between_the_axes_of_the_chart(visit: Callable[..., Page]) -> None:
    page = visit(SLUG)
    top, bottom, rows = page.evaluate(NAMES)
    assert len(rows) == 6
    assert all(top < row < bottom for row in rows[1:])
    assert all(after - before >= 14 for before, after in pairwise(rows))
