"""Inside the digit lab's network: the arithmetic of a cell, a muted filter, every section, and things to try."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.digit_lab import SMALL, DigitLab

SHORT = {**SMALL, "epochs": "2", "seed": "51"}
NUMBER = r"−?[\d,.]+(?:×10[⁻⁰¹²³⁴-⁹]+)?"
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def number(text: str) -> float:
    """Return a number as the page writes it: −0.016, 5.878×10⁻⁴."""
    return float(text.replace("−", "-").replace("×10", "e").translate(RAISED).replace(",", ""))


def numbers(cells: Locator) -> list[float]:
    """Return the numbers in table cells."""
    return [number(text) for text in cells.all_inner_texts()]


def test_a_clicked_cell_shows_numbers_that_add_up(lab: Callable[..., DigitLab]) -> None:
    page = lab(SHORT).page
    tile = page.locator(".st-key-cnn-maps [data-stage=conv1] .map").nth(1)
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    tile.click(position={"x": box["width"] * 12.5 / 26, "y": box["height"] * 11.5 / 26})
    panel = page.locator(".st-key-cnn-maps .panel")
    expect(panel.locator("h4")).to_have_text("Convolution 1, map 1, cell (11, 12)")
    expect(page.locator(".st-key-bench .state")).to_have_text("finished", timeout=60_000)
    expect(panel).to_have_attribute("aria-busy", "false")
    page.wait_for_timeout(1500)  # the last moment's numbers have come
    tables = panel.locator("table")
    window, products = numbers(tables.nth(0).locator("td")), numbers(tables.nth(2).locator("td"))
    weights = [float(one) for one in tables.nth(1).locator("input").evaluate_all("all => all.map(n => n.ariaValueNow)")]
    assert len(window) == len(weights) == len(products) == 9
    assert products == pytest.approx([x * w for x, w in zip(window, weights, strict=True)], abs=2e-3)
    sentence = panel.locator(".sentence").inner_text()
    found = re.search(rf"products ({NUMBER}) \+ bias ({NUMBER}) = ({NUMBER})\.", sentence)
    total, bias, value = (number(found[i]) for i in (1, 2, 3))
    assert sum(products) == pytest.approx(total, abs=5e-3)
    assert total + bias == pytest.approx(value, abs=1e-3)


def test_a_muted_filter_costs_what_is_said_and_gives_it_back(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**SHORT, "channel": "3"})
    page = open_lab.page
    expect(open_lab.state).to_have_text("finished", timeout=60_000)
    mute = page.locator(".st-key-cnn-maps").get_by_role("button", name="Mute this filter")
    mute.click()
    said = page.get_by_text(re.compile(r"^(Validation|Test) digits: [\d.]+\s% as learnt, [\d.]+\s% after your changes"))
    expect(said).to_have_count(2)
    percents = re.findall(r"([\d.]+)\u202f%", said.first.inner_text())
    last = open_lab.asked("p.track.moments.at(-1).arrays.validation_accuracy.data[0]")
    assert float(percents[0]) == pytest.approx(100 * last, abs=0.06)
    open_lab.wait_for_link(operations="conv1.3")
    page.locator(".st-key-cnn-maps").get_by_role("button", name="Undo all changes").click()
    expect(said).to_have_count(0)
    open_lab.wait_for_link(operations="")


# --------------------------------------------------------------------------------- every section

SECTIONS = {  # what must be there in each: keys with what is drawn in them
    "maps": [".st-key-cnn-maps .map canvas", ".st-key-cnn-maps .sentence"],
    "why": [f".st-key-cnn-why-{name} canvas" for name in ("picture", "saliency", "occlusion", "grad_cam")],
    "mistakes": [".st-key-cnn-confusion td:not(.corner)", ".st-key-cnn-worst .verdict", ".st-key-cnn-filters button"],
    "shift": [".st-key-cnn-shifted .digit", ".st-key-cnn-moved_lines .legend span"],
    "atlas": [".st-key-cnn-atlas .sky"],
    "teach": [".st-key-cnn-taught .digit"],
}
PLACES = {"maps": 0, "why": 1, "mistakes": 2, "shift": 3, "atlas": 4, "teach": 5}
WRITTEN = """() => {
  const found = [];
  const walk = (node) => {
    if (node.shadowRoot) walk(node.shadowRoot);
    for (const child of node.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE && !child.matches("style, script, code, pre, annotation")) walk(child);
      if (child.nodeType === Node.TEXT_NODE && child.textContent.trim()) found.push(child.textContent.trim());
    }
  };
  walk(document.querySelector("[data-testid=stMain]"));
  return found;
}"""


@pytest.mark.parametrize(
    ("lang", "theme", "width"), [("en", "light", 1280), ("zh", "dark", 360), ("zh", "light", 1280), ("en", "dark", 360)]
)
def test_every_section_is_there_and_fits(lab: Callable[..., DigitLab], lang: str, theme: str, width: int) -> None:
    look = {"has_touch": True, "is_mobile": True} if width < 400 else {}
    open_lab = lab({**SHORT, "lang": lang}, theme=theme, width=width, height=800, **look)
    page = open_lab.page
    for name, place in PLACES.items():
        page.locator(".st-key-cnn-section").get_by_role("radio").nth(place).click()
        if name == "teach":
            page.locator(".st-key-cnn-label").get_by_role("radio").nth(4).click()
            open_lab.button("cnn-teach").click()
        for wanted in SECTIONS[name]:
            page.locator(wanted).first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        main = page.locator('[data-testid="stMain"]')
        assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 0, name
        for text in page.evaluate(WRITTEN):
            assert not re.search(r"undefined|\bNaN\b|\{\w*\}|\bcnn\.\w", text), text
    before, after = [one.bounding_box() for one in page.locator(".st-key-cnn-taught .reader").all()]
    assert (before["y"] == after["y"]) == (width > 620)  # side by side where there is room
    box = open_lab.canvas.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    background = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", background)[:3])) < 200) == (theme == "dark")


STRANGE = [[[(95, 60), (105, 95), (110, 60), (180, 60), (150, 120), (100, 230), (190, 222)]],  # a seven with a foot
           [[(90, 70), (98, 100), (105, 66), (190, 62), (160, 130), (110, 235), (200, 230)]]]  # fmt: skip


def test_what_is_drawn_is_what_is_looked_at_while_others_still_learn(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab(SHORT)
    expect(open_lab.state).to_have_text("finished", timeout=60_000)
    picture = open_lab.page.locator(".st-key-cnn-maps [data-stage=picture] canvas").first
    before = picture.evaluate("node => node.toDataURL()")
    open_lab.draw(STRANGE[0])
    open_lab.read()
    open_lab.page.wait_for_function(
        "([node, before]) => node.toDataURL() !== before", arg=[picture.element_handle(), before]
    )


def test_two_strange_sevens_are_taught_read_and_taken_back(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**SHORT, "section": "teach"})
    page = open_lab.page
    expect(open_lab.state).to_have_text("finished", timeout=60_000)
    open_lab.draw(STRANGE[0])
    open_lab.read()
    page.locator(".st-key-cnn-label").get_by_role("radio").nth(7).click()
    open_lab.button("cnn-teach").click()
    said = page.get_by_text("It read your drawing as 7")
    expect(said).to_be_visible()
    before, after = (float(one) for one in re.findall(r"([\d.]+)\u202f%", said.inner_text()))
    assert before < after
    expect(page.get_by_text(re.compile(r"of \d+ validation digits"))).to_be_visible()
    open_lab.clear()
    open_lab.draw(STRANGE[1])
    open_lab.read()  # until then nobody has taught it the validation digit that is read in its stead
    expect(page.get_by_text("Nobody has taught it this one")).to_be_visible()
    expect(page.locator('[class*="st-key-cnn-lesson-"]')).to_have_count(1)  # what was taught is remembered
    open_lab.button("cnn-teach").click()
    expect(page.locator('[class*="st-key-cnn-lesson-"]')).to_have_count(2)
    expect(said).to_be_visible()
    open_lab.button("cnn-teach_back").click()
    expect(page.locator('[class*="st-key-cnn-lesson-"]')).to_have_count(1)
    open_lab.button("cnn-teach_forget").click()
    expect(page.locator(".st-key-cnn-taught .digit")).to_have_count(0)


# ------------------------------------------------------------------------------------ things to try


def test_a_preset_asks_first_then_runs_and_its_own_run_answers(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab()
    page = open_lab.page
    page.locator(".st-key-cnn-try").get_by_text("Forty digits to learn from").click()
    question = page.locator(".st-key-cnn-question")
    expect(question).to_contain_text("How many validation digits will it read correctly")
    assert "train_share" not in open_lab.link()  # nothing runs before the answer
    question.get_by_role("button", name="Less than 50\u202f%").click()
    open_lab.wait_for_link(preset="few", guess="2", train_share=r"0\.01", kept="seed=0")
    expect(question).to_contain_text("Your guess: Less than 50\u202f%")
    expect(question).to_contain_text(re.compile(r"(You were right|You said: Less than 50\u202f%)\."), timeout=60_000)
    open_lab.until("p.track.ended && p.track.moments.at(-1)?.step === p.track.totalSteps")
    accuracy = open_lab.asked("100 * p.track.moments.at(-1).arrays.validation_accuracy.data[0]")
    right = accuracy < 50
    expect(question).to_contain_text(f"It reads {accuracy:.1f}\u202f%")
    expect(question).to_contain_text("You were right." if right else "You said: Less than 50\u202f%.")
    expect(page.locator(".st-key-cnn-loss tbody tr")).to_have_count(2)  # the run there was is kept beside it
