"""The duel in a real browser: what a hand moves is drawn and counted as torch would, and the optimizer keeps up."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from dlviz.concepts.playground import compute
from dlviz.concepts.playground.recording import Match
from dlviz.concepts.playground.spec import Duel
from tests.browser.playground import Playground

LINK = {"closer": "optimizer", "epochs": "1"}
EXACT = 1e-9  # the browser and torch both reckon in float64


class Arena:
    """One window in which the duel is open."""

    def __init__(self, page: Page):
        self.page = page
        self.link = Playground(page)
        self.duel = page.locator(".st-key-duel")
        self.own, self.other = self.duel.locator(".own"), self.duel.locator(".board").nth(1)
        self.canvas = self.own.locator("> canvas")

    def slider(self, place: int) -> Locator:
        """Return the slider of the weight at this place."""
        return self.duel.locator(f"input[data-place='{place}']")

    def press(self, name: str) -> None:
        """Press one of the duel's buttons."""
        self.duel.locator(f"button.{name}").click()

    def take_hold_of_a_link(self, x: float, heights: range) -> None:
        """Put the pointer on the first link from the top."""
        for y in heights:
            self.page.mouse.move(x, y)
            self.at = (x, y)
            if self.canvas.evaluate("canvas => canvas.style.cursor") == "ns-resize":
                return
        raise AssertionError("no link was found")

    def losses(self, match: Match) -> None:
        """Wait until both sides show the losses that torch gives after as many moves."""
        move = len(match.own_losses) - 1
        for board, loss in ((self.own, match.own_losses[-1]), (self.other, match.losses[move])):
            shown = board.locator(".loss")
            expect(shown).to_have_attribute("data-value", starting(loss))
            assert float(shown.get_attribute("data-value")) == pytest.approx(loss, abs=EXACT)


def starting(loss: float) -> re.Pattern[str]:
    """Return what the loss begins with when it is written out."""
    return re.compile("^" + re.escape(f"{loss:.12f}"[:8]))


@pytest.fixture
def arena(visit: Callable[..., Page]) -> Callable[..., Arena]:
    """Return a function that opens the duel and waits until both sides are drawn."""

    def open_arena(link: dict[str, str] | None = None, **look: object) -> Arena:
        one = Arena(visit("playground", {**LINK, **(link or {})}, **look))
        expect(one.other.locator(".loss")).to_have_attribute("data-value", re.compile(r"^\d"))
        one.canvas.scroll_into_view_if_needed()
        return one

    return open_arena


def test_while_a_weight_is_dragged_everything_follows_and_what_is_let_go_of_is_a_move(
    arena: Callable[..., Arena],
) -> None:
    one = arena()
    one.losses(compute.duel(Duel()))
    picture = one.canvas.evaluate("canvas => canvas.toDataURL()")
    box = one.canvas.bounding_box()
    side = round(box["width"] * 0.44)
    x, y = box["x"] + box["width"] - side, box["y"] + side / 2  # where the last links end
    one.page.mouse.move(x, y)
    one.page.mouse.down()
    one.page.mouse.move(x, y - 20)
    one.page.mouse.move(x, y - 50)
    held = compute.duel(Duel(duel_moves="w2=1"))
    expect(one.own.locator(".loss")).to_have_attribute("data-value", starting(held.own_losses[-1]))
    expect(one.duel.locator(".caption")).to_have_text(re.compile(r"^Output, bias: 1\.00\. Loss "))
    expect(one.duel.locator(".count")).to_have_text("Move 1 of 10")
    assert "duel_moves" not in one.link.link()
    assert one.canvas.evaluate("canvas => canvas.toDataURL()") != picture
    one.page.mouse.up()
    assert one.link.wait_for_link("duel_moves", r"w2=.+") == "w2=1"
    expect(one.duel.locator(".count")).to_have_text("Move 2 of 10")
    one.losses(held)
    one.take_hold_of_a_link(box["x"] + 0.4 * (box["width"] - side), range(round(box["y"]), round(y), 3))
    one.page.mouse.down()
    x, y = one.at
    one.page.mouse.move(x, y + 30)
    one.page.mouse.up()
    value = round(held.own_weights[0][0] - 0.6, 2)
    assert one.link.wait_for_link("duel_moves", "w2=1,.+") == f"w2=1,w0={value:g}"
    one.losses(compute.duel(Duel(duel_moves=f"w2=1,w0={value:g}")))


def test_keys_try_a_value_and_enter_makes_the_move_and_undo_is_exact(arena: Callable[..., Arena]) -> None:
    one = arena({"duel_level": "ring"})
    before = one.own.locator(".loss").get_attribute("data-value")
    one.slider(9).focus()
    for key in ("PageUp", "PageUp", "ArrowRight"):
        one.page.keyboard.press(key)
    expect(one.own.locator(".loss")).not_to_have_attribute("data-value", before)
    expect(one.duel.locator(".count")).to_have_text("Move 1 of 20")
    one.page.keyboard.press("Escape")
    expect(one.own.locator(".loss")).to_have_attribute("data-value", before)
    one.page.keyboard.press("End")
    one.page.keyboard.press("Enter")
    assert one.link.wait_for_link("duel_moves", ".+") == "w9=8"
    one.losses(compute.duel(Duel(duel_level="ring", duel_moves="w9=8")))
    one.slider(0).focus()
    one.page.keyboard.press("Home")
    one.slider(1).focus()  # going on to another weight lets go of this one
    assert one.link.wait_for_link("duel_moves", "w9=8,.+") == "w9=8,w0=-8"
    one.press("undo")
    one.press("undo")
    one.link.wait_for_link("duel_moves", "")
    expect(one.own.locator(".loss")).to_have_attribute("data-value", before)
    assert int(one.link.wait_for_link("duel_looks", r"\d+")) == 5
    one.press("reset")
    one.link.wait_for_link("duel_looks", "")
    one.losses(compute.duel(Duel(duel_level="ring")))
    one.page.locator(".st-key-playground-duel_another button:visible").first.click()
    one.link.wait_for_link("duel_seed", "4")
    one.losses(compute.duel(Duel(duel_level="ring", duel_seed=4)))  # a rematch from another start


def test_a_link_restores_the_duel_a_hint_shows_the_way_and_the_last_move_brings_the_verdict(
    arena: Callable[..., Arena],
) -> None:
    moves = "w0=1,w1=1,w2=0.5,w0=0.5,w1=2,w2=0,w0=1.25,w1=1.5,w2=-0.25"
    one = arena({"duel_moves": moves, "duel_rate": "0.3", "duel_looks": "30"})
    match = compute.duel(Duel(duel_moves=moves, duel_rate=0.3))
    one.losses(match)
    one.press("hint")
    one.link.wait_for_link("duel_hints", "1")
    goals = match.own_weights[-1] + 0.3 * match.downhill
    shown = [re.compile(f" {round(goal, 2) + 0.0:.2f}$".replace("-", "−")) for goal in goals]
    expect(one.duel.locator(".next")).to_have_text(shown)
    verdict = one.page.locator(".st-key-playground-duel [data-testid=stMarkdown]", has_text="got lower")
    expect(verdict).to_have_count(0)
    one.slider(2).focus()
    one.page.keyboard.press("ArrowLeft")
    one.page.keyboard.press("Enter")
    expect(verdict).to_contain_text("After 10 moves")
    expect(verdict).to_contain_text("You looked at 31 settings")
    expect(verdict).to_contain_text("Hints used: 1.")
    expect(one.slider(0)).to_be_disabled()
    one.losses(compute.duel(Duel(duel_moves=f"{moves},w2=-0.35", duel_rate=0.3)))


def test_on_a_phone_the_sliders_stand_under_both_maps_and_a_finger_moves_them(arena: Callable[..., Arena]) -> None:
    one = arena({"duel_level": "moons", "lang": "zh"}, width=360, height=740, has_touch=True, is_mobile=True)
    maps = [board.locator("> canvas").bounding_box() for board in (one.own, one.other)]
    assert maps[0]["y"] == pytest.approx(maps[1]["y"], abs=1)
    assert maps[0]["width"] > 120
    slider = one.slider(0)
    slider.scroll_into_view_if_needed()
    assert slider.bounding_box()["y"] - maps[0]["y"] < 740 - maps[0]["height"]
    slider.tap(position={"x": slider.bounding_box()["width"] * 0.8, "y": 20})
    moved = one.link.wait_for_link("duel_moves", r"w0=[0-9.]+")
    one.losses(compute.duel(Duel(duel_level="moons", duel_moves=moved)))
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 360
