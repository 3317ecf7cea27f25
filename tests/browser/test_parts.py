"""A busy browser sends what two knobs say as if only the first had spoken; the other one is obeyed as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server, served

# A busy browser comes to what it has put off only later: here nothing is done before both knobs were turned.
TURN_AT_ONCE = """async (keys) => {
  const soon = window.setTimeout;
  const later = [];
  window.setTimeout = (run, wait, ...more) => (wait ? soon(run, wait, ...more) : later.push(() => run(...more)));
  for (const key of keys) {
    const handle = document.querySelector(`.st-key-${key} input[type=range]`);
    handle.focus();
    for (const type of ["keydown", "keyup"])
      handle.dispatchEvent(new KeyboardEvent(type, { key: "ArrowRight", code: "ArrowRight", bubbles: true }));
    await new Promise((go) => soon(go, 200));
  }
  window.setTimeout = soon;
  later.forEach((run) => run());
}"""


@pytest.fixture(scope="module")
def app(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield the served page."""
    with served("tests/browser/apps/parts_app.py", tmp_path_factory.mktemp("parts")) as server:
        yield server


@pytest.mark.parametrize("first", ["inside", "outside"])
def test_a_knob_of_the_page_turned_together_with_one_of_a_part_is_obeyed(
    first: str, app: Server, window: Callable[..., Page]
) -> None:
    page = window()
    page.goto(app.url)
    expect(page.get_by_text("part: 0 shown 1")).to_be_visible()
    expect(page.locator("input[type=range]")).to_have_count(2)
    page.evaluate(TURN_AT_ONCE, [first, "inside" if first == "outside" else "outside"])
    expect(page.get_by_text("page: 1")).to_be_visible()
    expect(page.get_by_text(f"part: 1 shown {3 if first == 'inside' else 2}")).to_be_visible()  # alone, with the page


def test_a_part_that_is_used_alone_is_shown_alone(app: Server, window: Callable[..., Page]) -> None:
    page = window()
    page.goto(app.url)
    expect(page.get_by_text("part: 0 shown 1")).to_be_visible()
    for shown in (2, 3):
        page.locator(".st-key-inside input[type=range]").press("ArrowRight")
        expect(page.get_by_text(f"part: {shown - 1} shown {shown}")).to_be_visible()
    expect(page.get_by_text("page: 0")).to_be_visible()
