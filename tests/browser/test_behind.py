"""What stands behind a page, on a phone: every formula is seen whole, and no tab is out of sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WHOLE = """() => [...document.querySelectorAll(".katex-display")].every((one) =>
  one.scrollWidth - one.clientWidth <= 2)"""  # by so much what stands on several lines always reaches out
IN_SIGHT = """() => [...document.querySelectorAll("[role=tab]")].every((one) => {
  const { left, right } = one.getBoundingClientRect();
  return left >= 0 && right <= innerWidth;
})"""


@pytest.mark.parametrize(
    ("slug", "link"),
    [
        ("rnn", {}),
        ("rnn", {"network": "lstm"}),
        ("logistic_regression", {}),
        ("mlp", {}),
        ("cnn", {}),
        ("playground", {"closer": "duel"}),
        ("forward_loss", {"closer": "overflow"}),
    ],
)
def test_on_a_phone_formulas_and_tabs_go_on_in_the_next_line(
    visit: Callable[..., Page], slug: str, link: dict[str, str]
) -> None:
    page = visit(slug, link=link, width=360, height=740)
    page.get_by_role("tab", name="Formula").click()
    expect(page.locator(".katex-display").first).to_be_visible()
    page.wait_for_function(WHOLE)  # formulas are drawn again when their fonts have come
    page.wait_for_function(IN_SIGHT)
