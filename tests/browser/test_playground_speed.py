"""The playground draws fast and still draws the truth: every picture a recorded moment, in order, all views in step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import LONG, Playground

PARTS = "/_stcore/bidi-components"
Open = Callable[..., Playground]
SHOWN = """() => new Promise((done) => {
  const steps = [];
  const forget = p.subscribe(() => {
    if (p.step !== steps.at(-1)) steps.push(p.step);
    if (steps.length < 40) return;
    forget();
    done({ steps, recorded: p.track.moments.map((one) => one.step) });
  });
})"""
TILES = f"""async () => {{
  const {{ UnitMaps }} = await import("{PARTS}/dlviz.network/picture.js");
  const maps = p.latest("unit_maps").arrays.unit_maps;
  const ramp = Uint32Array.from({{ length: 256 }}, (_, level) => (255 << 24 | level) >>> 0);
  const painter = new UnitMaps();
  const drawn = painter.paint(maps, ramp).map(({{ sheet, y, side }}) => {{
    const {{ data }} = sheet.getContext("2d").getImageData(0, y, side, side);
    return Array.from({{ length: side * side }}, (_, i) => data[4 * i]);
  }});
  return {{ drawn, shape: maps.shape, values: [...maps.data] }};
}}"""
WRITTEN = f"""async () => {{
  const {{ significant }} = await import("{PARTS}/dlviz.player/numbers.js");
  const of = (name) => significant(p.moment.arrays[name].data[0]);
  return {{ losses: [of("train_loss"), of("validation_loss")], epoch: p.moment.epoch.toLocaleString("en") }};
}}"""


@pytest.fixture
def playground(visit: Callable[..., Page]) -> Open:
    """Return a function that opens the playground and waits until it shows a moment."""

    def open_page(link: dict[str, str] | None = None, **look: object) -> Playground:
        return Playground(visit("playground", link, **look)).wait_until_open()

    return open_page


def test_what_rolls_by_are_recorded_moments_in_their_order(playground: Open) -> None:
    page = playground({**LONG, "seed": "41"})
    page.until("p.step > 100")
    shown = page.page.evaluate(SHOWN)
    assert shown["steps"] == sorted(set(shown["steps"]))
    assert set(shown["steps"]) <= set(shown["recorded"])


def test_all_views_show_the_moment_at_which_it_was_paused(playground: Open) -> None:
    page = playground({**LONG, "seed": "42"})
    page.until("p.step > 1000")
    page.pause()
    page.until("!p.moves")
    written = page.page.evaluate(WRITTEN)
    assert page.numbers.all_inner_texts()[:2] == written["losses"]
    expect(page.page.locator(".st-key-playground-loss .curves td")).to_have_text(written["losses"])
    expect(page.page.locator(".st-key-playground .place")).to_contain_text(f"epoch {written['epoch']} of")


def test_the_map_of_every_unit_stands_on_the_sheet_as_it_was_measured(playground: Open) -> None:
    page = playground({"hidden": "5,3"})
    page.pause()
    painted = page.page.evaluate(TILES)
    units, side, _ = painted["shape"]
    assert units == 8
    assert len(painted["values"]) == units * side * side
    for place, tile in enumerate(painted["drawn"]):
        wanted = painted["values"][place * side**2 : (place + 1) * side**2]
        # 1 to 255 along a ramp of 256 steps: half a step to either side
        assert max(abs((value - 1) * 255 / 254 - level) for value, level in zip(wanted, tile, strict=True)) <= 0.51
