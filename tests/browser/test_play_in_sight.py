"""Whoever opens a page on which something learns, or is played, has the play button in sight at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

HEIGHT = 800
FIRST = {
    "playground": {},
    "mlp": {},
    "linear_regression": {},
    "logistic_regression": {},
    "rnn": {},
    "activations": {"section": "network"},
    "backprop": {},
    "forward_loss": {},
    "gradient_descent": {},
}


@pytest.mark.parametrize("slug", FIRST)
def test_the_play_button_lies_within_the_window(slug: str, visit: Callable[..., Page]) -> None:
    page = visit(slug, link=FIRST[slug], height=HEIGHT)
    play = page.locator("button.play").first
    expect(play).to_be_in_viewport(ratio=1)
    on_top = "node => node.getRootNode().elementFromPoint(...%s(node.getBoundingClientRect())) !== null"
    assert play.evaluate(on_top % "(box => [box.x + box.width / 2, box.y + box.height / 2])")


def test_the_bench_of_the_digit_lab_is_in_sight_with_its_section(visit: Callable[..., Page]) -> None:
    page = visit("cnn", height=HEIGHT)
    play = page.locator(".st-key-bench button.play")
    expect(play).to_be_attached()
    page.locator(".st-key-cnn-loss").scroll_into_view_if_needed()
    expect(play).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_bench_covers_nothing(visit: Callable[..., Page]) -> None:
    page = visit("linear_regression", width=360, height=740)
    bench = page.locator(".st-key-bench-linear_regression")
    expect(bench.locator("button.play")).to_be_attached()
    assert bench.evaluate("node => getComputedStyle(node.parentElement).position") != "sticky"
