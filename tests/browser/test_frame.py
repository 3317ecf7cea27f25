"""What stands around every page, as a visitor uses it: Back and Forward, sharing, the phone's menu, the language."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.digit_lab import SMALL, DigitLab

SHORT = {**SMALL, "epochs": "2", "seed": "61"}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
PHONE = {"width": 360, "height": 780, "has_touch": True, "is_mobile": True}
SEVEN = [[(80, 70), (130, 68), (200, 66), (170, 130), (145, 180), (125, 230)]]


def chosen(page: Page) -> str:
    """Return what is looked at inside the network."""
    return page.locator(".st-key-cnn-section [aria-checked=true]").inner_text()


def language(page: Page, name: str) -> None:
    """Press one side of the language switch."""
    page.locator(".st-key-language").get_by_role("radio", name=name).click()


# ------------------------------------------------------------------------------- back and forward


def test_back_and_forward_restore_what_was_on_show(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**SHORT, "number": "3"})
    page, section = open_lab.page, open_lab.page.locator(".st-key-cnn-section [aria-checked=true]")
    expect(open_lab.state).to_have_text("finished", timeout=60_000)
    open_lab.look_at("Mistakes")
    open_lab.wait_for_link(section="mistakes")
    open_lab.button("cnn-another").click()
    open_lab.wait_for_link(section="mistakes", number="4")
    run = open_lab.asked("p.track.run")

    page.go_back()
    expect(page.get_by_text("validation digit 3,")).to_be_visible()
    assert open_lab.wait_for_link(section="mistakes", number="3")["number"] == "3"
    page.go_back()
    expect(section).to_have_text("Every layer")
    assert "section" not in open_lab.wait_for_link(number="3")
    page.go_forward()
    expect(section).to_have_text("Mistakes")
    page.go_forward()
    expect(page.get_by_text("validation digit 4,")).to_be_visible()
    assert open_lab.wait_for_link(section="mistakes", number="4")["seed"] == SHORT["seed"]
    assert open_lab.asked("p.track.run") == run


def test_back_and_forward_bring_the_drawing_back(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab(SHORT)
    page = open_lab.page
    expect(open_lab.state).to_have_text("finished", timeout=60_000)
    open_lab.draw(SEVEN)
    open_lab.read()
    drawing = open_lab.wait_for_link(drawing="20:.+")["drawing"]
    inked = open_lab.ink()[0]
    open_lab.clear()
    open_lab.wait_for_link(drawing="")
    page.go_back()
    assert open_lab.wait_for_link(drawing="20:.+")["drawing"] == drawing
    open_lab.read()
    assert abs(open_lab.ink()[0] - inked) < 0.05 * inked
    page.go_back()
    page.locator(".st-key-cnn-chosen").wait_for()
    assert open_lab.ink()[0] == 0
    assert "drawing" not in open_lab.link()


# ---------------------------------------------------------------------------------------- sharing


def test_a_shared_link_is_on_the_clipboard_and_opens_the_same_state(lab: Callable[..., DigitLab]) -> None:
    ann = lab({**SHORT, "section": "mistakes"}, **CLIPBOARD)
    page = ann.page
    expect(ann.state).to_have_text("finished", timeout=60_000)
    ann.draw(SEVEN)
    ann.read()
    link = ann.wait_for_link(drawing="20:.+")
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("status")).to_have_text("Link copied. It opens exactly what you see.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url == dialog.get_by_role("textbox").input_value()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Share")).to_be_focused()

    bob = lab(dict(parse_qsl(urlsplit(copied).query)))  # in a browser that knows nothing
    bob.read()
    inked, there = ann.ink(), bob.ink()  # what is read of it may still change: the readers learn on
    assert inked[0] > 0 and abs(inked[0] - there[0]) < 0.05 * inked[0]
    assert chosen(bob.page) == "Mistakes"
    assert bob.wait_for_link(drawing="20:.+") == link


def test_who_shares_at_once_shares_the_moment_on_show(lab: Callable[..., DigitLab]) -> None:
    ann = lab(SHORT, **CLIPBOARD)
    page = ann.page
    expect(ann.state).to_have_text("finished", timeout=60_000)
    ann.slider.press("PageDown")
    page.get_by_role("button", name="Share").click()
    step = ann.asked("p.step")
    assert step < ann.newest
    field = page.get_by_role("dialog", name="Share").get_by_role("textbox")
    expect(field).to_have_value(re.compile(rf"[?&]at={step}(&|$)"))
    page.wait_for_function("async (link) => await navigator.clipboard.readText() === link", arg=field.input_value())
    bob = lab(dict(parse_qsl(urlsplit(field.input_value()).query)))
    bob.until(f"p.step === {step}")


def test_where_the_clipboard_is_closed_the_link_can_be_copied_by_hand(visit: Callable[..., Page]) -> None:
    page = visit("home", {"lang": "zh"})
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false }"
    )
    page.get_by_role("button", name="分享").click()
    dialog = page.get_by_role("dialog", name="分享")
    expect(dialog.get_by_role("status")).to_have_text("请复制这个链接，打开就是你现在看到的样子。")
    marked = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert dialog.get_by_role("textbox").evaluate(marked) == page.url
    page.locator("h1").click()
    expect(dialog).to_be_hidden()


# ---------------------------------------------------------------------------------- on a telephone


def test_the_menu_of_a_phone_opens_leads_on_and_gets_out_of_the_way(visit: Callable[..., Page]) -> None:
    page = visit("home", **PHONE)
    page.locator(".st-key-hero canvas").first.wait_for()
    menu = page.locator(".st-key-menu-page-cnn a")
    expect(menu).not_to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").tap()
    expect(menu).to_be_in_viewport()
    menu.tap()
    expect(page.locator("h1")).to_have_text("The digit lab")
    expect(page.locator(".st-key-drawing canvas").last).to_be_visible()
    expect(menu).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    tools = page.locator(".st-key-chrome").bounding_box()
    assert tools["x"] >= 0 and tools["x"] + tools["width"] <= PHONE["width"]


# --------------------------------------------------------------------------------------- language


def test_a_switch_of_language_at_home_leaves_the_network_where_it_is(visit: Callable[..., Page]) -> None:
    page = visit("home")
    expect(page.locator("h1")).to_have_text("See deep learning happen")
    slider = page.locator(".st-key-home [role=slider]")
    page.locator(".st-key-home button.play").wait_for()
    slider.press("Home")
    for _ in range(2):
        page.locator(".st-key-home button.step").click()
    shown = "20"  # a moment is recorded every ten updates
    expect(slider).to_have_attribute("aria-valuenow", shown)
    language(page, "中文")
    expect(page.locator("h1")).to_have_text("看见深度学习")
    expect(page.locator(".st-key-home button.play")).to_have_attribute("aria-label", "播放（空格）")
    expect(slider).to_have_attribute("aria-valuenow", shown)
    page.wait_for_url(lambda url: "lang=zh" in url)
    card = page.locator(".st-key-card-cnn a")
    expect(card).to_contain_text("数字实验室")
    language(page, "EN")
    expect(page.locator("h1")).to_have_text("See deep learning happen")
    expect(slider).to_have_attribute("aria-valuenow", shown)
