"""What stands behind a page, on a phone: every formula is seen whole, and no tab is out of sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

BEYOND = "(all) => Math.max(...all.map((one) => one.scrollWidth - one.clientWidth))"
IN_SIGHT = """(all) => all.every((one) => {
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
    formulas = page.locator(".katex-display")
    expect(formulas.first).to_be_visible()
    assert formulas.evaluate_all(BEYOND) <= 2  # by so much what stands on several lines always reaches out
    assert page.locator("[role=tab]").evaluate_all(IN_SIGHT)
