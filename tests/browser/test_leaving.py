"""A page that its visitor has just left asks for one of its parts; the next page comes all the same, and stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server, served

# What a browser does that has not heard of the next page yet when a part of the last one speaks.
GO_AND_TURN = """() => {
  document.querySelector("a[data-testid=stPageLink-NavLink]").click();
  const handle = document.querySelector("input[type=range]");
  handle.focus();
  for (const type of ["keydown", "keyup"])
    handle.dispatchEvent(new KeyboardEvent(type, { key: "ArrowRight", code: "ArrowRight", bubbles: true }));
}"""


@pytest.fixture(scope="module")
def app(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield the served pages."""
    with served("tests/browser/apps/leaving_app.py", tmp_path_factory.mktemp("leaving")) as server:
        yield server


def test_what_a_part_of_the_page_before_asks_for_takes_nothing_from_the_next(
    app: Server, window: Callable[..., Page]
) -> None:
    page = window()
    page.goto(app.url)
    expect(page.locator("input[type=range]")).to_have_count(1)
    page.evaluate(GO_AND_TURN)
    expect(page.get_by_text("shown 4")).to_be_visible()
    expect(page).to_have_url(f"{app.url}/second")
    for line in range(5):
        expect(page.get_by_text(f"line {line}")).to_be_visible()
