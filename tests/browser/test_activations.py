"""A visitor compares activations, reads and types some, drags softmax, and comes from the playground."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from dlviz.concepts.activations.spec import FORMULA

Visit = Callable[..., Page]
STAGE, GALLERY = ".st-key-activations-stage", ".st-key-activations-gallery"


def card(page: Page, name: str) -> Locator:
    """Return the card of a function."""
    return page.locator(f'{STAGE} .card[data-name="{name}"]')


def wait_for_link(page: Page, name: str, pattern: str) -> None:
    """Wait until the address says so (a regular expression)."""
    page.wait_for_url(lambda url: re.fullmatch(pattern, dict(parse_qsl(urlsplit(url).query)).get(name, "")))


def fits(page: Page) -> bool:
    """Return whether nothing reaches beyond the window's width."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_probe_reads_every_function_where_it_stands(visit: Visit) -> None:
    page = visit("activations")
    expect(card(page, "tanh").locator(".value")).to_have_text("0.762")
    expect(card(page, "tanh").locator(".slope")).to_have_text("0.420")
    probe = page.locator(f"{STAGE} .picture")
    probe.press("Home")
    expect(card(page, "relu").locator(".slope")).to_have_text("0")
    probe.press("ArrowRight")
    expect(probe).to_have_attribute("aria-valuenow", "-4.95")
    expect(probe).to_have_attribute("aria-valuetext", re.compile(r"x = −4\.95\. ReLU: f 0, slope 0\."))
    wait_for_link(page, "probe", r"-4\.95")
    box = probe.bounding_box()
    page.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + 60)
    expect(card(page, "relu").locator(".slope")).to_have_text("1.00")
    wait_for_link(page, "probe", r"[1-4]\.?\d*")


def test_a_click_in_the_gallery_puts_a_function_on_the_stage_and_its_slider_bends_it(visit: Visit) -> None:
    page = visit("activations", link={"probe": "-1"})
    button = page.locator(f'{GALLERY} button[data-name="elu"]')
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(card(page, "elu").locator(".value")).to_have_text("−0.632")
    wait_for_link(page, "functions", "relu,gelu,tanh,elu")
    page.locator(".st-key-activations-elu_alpha input[type=range]").press("ArrowRight")
    expect(card(page, "elu").locator(".value")).to_have_text("−0.638")
    button.click()
    expect(card(page, "elu")).to_have_count(0)


def test_a_typed_formula_joins_and_leads_to_the_playground(visit: Visit) -> None:
    page = visit("activations", link={"probe": "2"})
    link = page.get_by_role("link", name="Use it in the playground")
    assert dict(parse_qsl(urlsplit(link.get_attribute("href")).query)) == {"activation": "own", "own": FORMULA}
    field = page.locator(".st-key-activations-formula input")
    field.fill("x^3 / 4")
    field.press("Enter")
    expect(card(page, "own").locator(".value")).to_have_text("2.00")
    expect(card(page, "own").locator(".slope")).to_have_text("3.00")
    assert dict(parse_qsl(urlsplit(link.get_attribute("href")).query)) == {"activation": "own", "own": "x^3 / 4"}
    field.fill("x^3 /")
    field.press("Enter")
    expect(page.locator(".st-key-activations-formula ~ *").filter(has_text="breaks off").first).to_be_visible()
    expect(card(page, "own")).to_have_count(0)
    expect(card(page, "tanh")).to_have_count(1)


def test_a_dragged_score_takes_probability_from_the_others(visit: Visit) -> None:
    page = visit("activations", link={"section": "softmax"})
    place = ".st-key-activations-softmax"
    shares = page.locator(f"{place} .row .share")
    expect(shares).to_have_text(["64.4\u202f%", "23.7\u202f%", "8.7\u202f%", "3.2\u202f%"])
    last = page.locator(f"{place} [role=slider]").last
    last.press("End")
    expect(last).to_have_attribute("aria-valuenow", "5")
    expect(shares.last).to_have_text("93.0\u202f%")
    wait_for_link(page, "logits", r"2\.0,1\.0,0\.0,5\.0")
    box = last.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(last).to_have_attribute("aria-valuenow", "0")
    expect(shares.last).to_have_text("8.3\u202f%")
    cell = page.locator(f"{place} .cell").nth(1)
    cell.hover()
    expect(page.locator(f"{place} .said")).to_contain_text("∂p₁/∂z₂ = −")


def test_the_playground_leads_to_the_sums_of_its_run(visit: Visit) -> None:
    page = visit("playground", link={"epochs": "20", "activation": "sigmoid", "seed": "3", "at": "250"})
    page.get_by_role("button", name="What my activation did").click()
    wait_for_link(page, "section", "network")
    assert dict(parse_qsl(urlsplit(page.url).query)).items() >= {
        ("activation", "sigmoid"),
        ("seed", "3"),
        ("at", "250"),
    }
    place = ".st-key-activations-sums"
    expect(page.locator(f"{place} .layer")).to_have_count(2)
    expect(page.locator(f"{place} .about").first).to_contain_text("Sigmoid")
    expect(page.locator(f"{place} .marked")).to_have_text("Epoch 10, after 250 updates")
    late = page.locator(f"{place} canvas").first.evaluate("canvas => canvas.toDataURL()")
    page.locator(".st-key-activations-bench [role=slider]").press("Home")
    expect(page.locator(f"{place} .marked")).to_have_text("Epoch 0, after 0 updates")
    assert page.locator(f"{place} canvas").first.evaluate("canvas => canvas.toDataURL()") != late
    page.get_by_role("button", name="Open this run in the playground").click()  # and back, at the moment on show
    page.wait_for_url("**/playground?*")
    assert dict(parse_qsl(urlsplit(page.url).query)).items() >= {("activation", "sigmoid"), ("at", "0")}


@pytest.mark.parametrize("section", ["function", "softmax", "depth", "network"])
def test_on_a_phone_no_formula_is_cut_off(visit: Visit, section: str) -> None:
    page = visit("activations", link={"section": section}, width=360)
    page.get_by_role("tab", name="Formula").click()
    formulas = page.locator(".katex-display")
    expect(formulas.first).to_be_visible()
    beyond = "(all) => Math.max(...all.map((one) => one.scrollWidth - one.clientWidth))"
    assert formulas.evaluate_all(beyond) <= 2  # by so much what stands on several lines always reaches out


@pytest.mark.parametrize("section", ["function", "softmax", "network"])
def test_a_phone_shows_all_of_it(visit: Visit, section: str) -> None:
    page = visit("activations", link={"section": section, "epochs": "5", "lang": "zh"}, width=360, theme="dark")
    drawn = {"function": f"{STAGE} .card", "softmax": ".st-key-activations-softmax .cell", "network": ".layer"}
    expect(page.locator(drawn[section]).first).to_be_visible()
    assert fits(page)


def test_on_a_phone_the_controls_come_right_below_the_picture(visit: Visit) -> None:
    """The cards lie side by side, and are pushed through."""
    page = visit("activations", width=360)
    expect(card(page, "tanh")).to_be_attached()
    first, last = (card(page, name).bounding_box() for name in ("relu", "tanh"))
    assert first["y"] == last["y"]
    below = page.locator(".st-key-handle-activations-function button").bounding_box()["y"]
    picture = page.locator(f"{STAGE} .picture").bounding_box()
    assert below - (picture["y"] + picture["height"]) < 400
    card(page, "tanh").scroll_into_view_if_needed()
    expect(card(page, "tanh")).to_be_in_viewport(ratio=0.9)
    assert fits(page)
