"""Runs in the digit lab: played, paused, stepped, rewound, turned while they train, and forked."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.digit_lab import LONG, DigitLab

STEPS_PER_EPOCH = 75  # 4,800 digits in batches of 64
PRESSED = """(button) => {
  const before = button.getAttribute("aria-label");
  button.click();
  return new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(() => {
    tell([before, button.getAttribute("aria-label")]);
  })));
}"""
MAP = ".st-key-cnn-maps [data-stage=conv1] .map canvas"


def at_newest(open_lab: DigitLab) -> int:
    """Go to the newest moment and stay there; return its step."""
    open_lab.slider.press("End")
    open_lab.until("p.atNewest && !p.following")
    return open_lab.newest


def test_pause_answers_at_once_and_holds_and_play_goes_on(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "21"})
    open_lab.trains_beyond(10)
    button = open_lab.page.locator(".st-key-bench button.play")
    assert button.evaluate(PRESSED) == [
        "Pause (space)",
        "Play (space)",
    ]  # within two frames, with no word of the server
    stands = open_lab.stands()
    open_lab.page.wait_for_timeout(700)
    assert open_lab.newest == stands
    open_lab.press("play")
    assert open_lab.trains_beyond(10) > stands + 10


def test_one_update_and_one_epoch_are_computed_on_request(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "22"})
    open_lab.trains_beyond(10)
    open_lab.pause()
    stands = at_newest(open_lab)
    open_lab.press("step")
    open_lab.until(f"p.step === {stands + 1} && p.track.moments.at(-1).step === {stands + 1}")
    open_lab.press("step_epoch")
    end = ((stands + 1) // STEPS_PER_EPOCH + 1) * STEPS_PER_EPOCH
    open_lab.until(f"p.step === {end} && p.track.moments.at(-1).step === {end}")
    expect(open_lab.state).to_have_text("paused")
    assert open_lab.stands() == end


def test_the_scrubber_goes_back_while_the_run_goes_on(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "23"})
    open_lab.trains_beyond(30)
    open_lab.slider.press("Home")
    expect(open_lab.slider).to_have_attribute("aria-valuenow", "0")
    expect(open_lab.page.locator(".st-key-bench dd").first).to_have_text(re.compile(r"^0(\.0+)?$"))  # epoch
    open_lab.wait_for_link(at="0")
    open_lab.trains_beyond(30)
    assert open_lab.asked("p.step") == 0
    open_lab.press("live")
    open_lab.until("p.following && p.step > 0")
    open_lab.wait_for_link(at="")


def test_what_is_inside_follows_a_run_that_was_paused_and_goes_on(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "24"})
    picture = open_lab.page.locator(MAP).first
    picture.wait_for()
    open_lab.trains_beyond(10)
    open_lab.pause()
    changed = "([canvas, old]) => canvas.toDataURL() !== old"
    for _ in range(2):  # the first change may be the last one from before the pause
        open_lab.press("play") if open_lab.asked("!p.running") else None
        before = picture.evaluate("canvas => canvas.toDataURL()")
        open_lab.trains_beyond(30)
        open_lab.page.wait_for_function(changed, arg=[picture.element_handle(), before])


def test_a_knob_turned_while_it_trains_takes_effect_without_a_reset(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "25"})
    before = open_lab.trains_beyond(20)
    open_lab.turn("cnn-learning_rate", 1)
    edits = open_lab.wait_for_link(edits=r"\d+:learning_rate=0\.002")["edits"]
    turned = int(edits.partition(":")[0])
    assert turned >= 20
    open_lab.until(f"p.track.edits.length === 1 && p.track.moments.at(-1).step > {before + 20}")
    assert open_lab.asked("p.track.moments[0].step") == 0  # its past is still there
    rate = "Array.from(p.track.moments, (one) => [one.step, one.arrays.learning_rate.data[0]])"
    for step, value in open_lab.asked(rate):
        assert value == (0.001 if step <= turned else 0.002)
    assert hint_at(open_lab, turned) == f"step {turned}: knobs turned"


def hint_at(open_lab: DigitLab, step: int) -> str:
    """Return what the scrubber says of a step under the mouse, once the run stands still."""
    open_lab.pause()
    box = open_lab.slider.bounding_box()
    end = open_lab.page.evaluate(f"import('{HORIZON}').then((track) => track.horizon(p.track))")
    open_lab.page.mouse.move(box["x"] + 12 + (box["width"] - 24) * step / end, box["y"] + 20)
    return open_lab.page.locator(".st-key-bench .hint").inner_text()


HORIZON = "/_stcore/bidi-components/dlviz.player/track.js"


def test_a_fork_keeps_both_futures_on_the_chart(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "26"})
    open_lab.trains_beyond(40)
    open_lab.pause()
    open_lab.press("back")
    fork = open_lab.asked("p.step")
    open_lab.press("fork")
    open_lab.wait_for_link(kept=r".*seed=26.*")
    open_lab.turn("cnn-learning_rate", 1)  # by one: it plays on at once, and a second turn is one at a later step
    open_lab.wait_for_link(edits=rf"{fork}:learning_rate=0\.002")
    open_lab.until(f"p.tracks.length === 2 && p.tracks[1].forkedAt === {fork}")
    if not open_lab.asked("p.running"):
        open_lab.press("play")
    open_lab.until(f"p.tracks.every((one) => one.moments.at(-1)?.step > {fork + 20})")
    rows = open_lab.page.locator(".st-key-cnn-loss tbody tr")
    expect(rows).to_have_count(2)
    loss = "[p.tracks.map((one) => one.moments.filter((m) => m.step <= {0}).at(-1).arrays.validation_loss?.data[0])]"
    here, there = open_lab.asked(loss.format(fork))[0]
    assert here == there  # one past
    run = "p.tracks.map((one) => one.moments.filter((m) => m.step > {0} + 10)[0].arrays.train_loss.data[0])"
    here, there = open_lab.asked(run.format(fork))
    assert here != there  # two futures
