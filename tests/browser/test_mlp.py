"""Units in a real browser: they add up to what the network answers, and a pen draws what it learns next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

FEW = {"points": "40", "epochs": "30"}


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
