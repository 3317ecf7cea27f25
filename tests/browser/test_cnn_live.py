"""Runs in the digit lab as visitors have them: paused, turned, forked, lost, shared, linked."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.browser.digit_lab import LONG, DigitLab
from tests.browser.server import Server, served


def workers_of(server: Server) -> list[int]:
    """Return the processes that compute for the server: its children that run no resource tracker."""
    text = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in text.splitlines()[1:]]
    children = [(int(pid), words) for pid, parent, words in rows if int(parent) == server.process.pid]
    return [pid for pid, words in children if "spawn_main" in words]


def test_pause_holds_and_play_goes_on(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "21"})
    open_lab.trains_beyond(10)
    stands = open_lab.pause()
    open_lab.page.wait_for_timeout(700)
    assert open_lab.newest == stands
    while not open_lab.asked("p.atNewest"):  # what is shown may be a moment behind what is computed
        open_lab.press("step")
    open_lab.press("step")
    open_lab.until(f"p.track.moments.at(-1).step === {stands + 1}")
    open_lab.press("play")
    assert open_lab.trains_beyond(10) > stands + 10


def test_a_knob_turned_while_it_trains_takes_effect_without_a_reset(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "22"})
    before = open_lab.trains_beyond(20)
    open_lab.turn("cnn-learning_rate", 1)
    edits = open_lab.wait_for_link(edits=r"\d+:learning_rate=0\.002")["edits"]
    assert int(edits.partition(":")[0]) >= 20
    open_lab.until(f"p.track.edits.length === 1 && p.track.moments.at(-1).step > {before + 20}")
    assert open_lab.asked("p.track.moments[0].step") == 0  # its past is still there


def test_a_fork_keeps_both_futures(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({**LONG, "seed": "23"})
    open_lab.trains_beyond(40)
    open_lab.pause()
    open_lab.press("back")
    open_lab.press("fork")
    open_lab.wait_for_link(kept=r".*seed=23.*")
    open_lab.turn("cnn-learning_rate", 2)
    open_lab.wait_for_link(edits=r"\d+:learning_rate=0\.00\d")
    open_lab.until("p.tracks.length === 2 && p.tracks[0].forkedAt === null && p.tracks[1].forkedAt !== null")


def test_two_viewers_share_one_training_and_one_pauses_alone(lab: Callable[..., DigitLab]) -> None:
    link = {**LONG, "seed": "24"}
    ann = lab(link)
    ann.trains_beyond(20)
    bob = lab(link)
    assert bob.asked("p.track.moments[0].step") == 0  # who comes later sees the whole past
    assert ann.asked("p.track.run") == bob.asked("p.track.run")
    ann.pause_shown()
    bob.trains_beyond(20)
    shown = ann.asked("p.step")
    assert shown < bob.newest


def test_a_link_to_a_moment_opens_there(lab: Callable[..., DigitLab]) -> None:
    link = {**LONG, "seed": "25"}
    first = lab(link)
    first.trains_beyond(30)
    first.pause()
    moment = first.wait_for_link(at=r"\d+")["at"]
    second = lab({**link, "at": moment})
    second.until(f"p.step === {moment}")
    same = "Array.from(p.moment.arrays.filters.data).join()"
    assert second.asked(same) == first.asked(same)


def test_a_killed_worker_is_said_and_the_run_can_go_on(window: Callable[..., Page], tmp_path: Path) -> None:
    with served("app.py", tmp_path, DLVIZ_WORKERS="1") as server:
        page = window()
        page.goto(f"{server.url}/cnn?{urlencode({**LONG, 'seed': '26'})}")
        open_lab = DigitLab(page).wait_until_open()
        # the networks that every server learns first must be through, so that it is this run that computes
        expect(page.locator(".st-key-cnn-readers")).to_contain_text(re.compile(r"(\d+) of \1 epochs"), timeout=180_000)
        open_lab.trains_beyond(10)
        for pid in workers_of(server):
            os.kill(pid, signal.SIGKILL)
        again = page.locator(".st-key-bench button.again")
        again.wait_for(timeout=60_000)
        expect(open_lab.state).to_have_text("lost")
        before = open_lab.newest
        again.click()
        open_lab.until(f"p.track.moments.at(-1).step > {before + 5}")
        page.close()


def test_a_chinese_browser_is_answered_in_chinese_and_nonsense_in_a_link_is_named(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab({"learning_rate": "fast", "epochs": "-3", "colour": "red"}, locale="zh-CN")
    page = open_lab.page
    expect(page.locator("h1")).to_have_text("数字实验室")
    warning = page.locator('[data-testid="stAlert"]')
    expect(warning).to_have_count(1)
    for name in ("learning_rate", "epochs", "colour"):
        expect(warning).to_contain_text(name)
    assert page.evaluate("document.documentElement.lang").startswith("zh")


def test_every_section_shows_something_on_a_phone_in_the_dark(lab: Callable[..., DigitLab]) -> None:
    open_lab = lab(width=360, height=740, theme="dark")
    page = open_lab.page
    for section in ("Why this answer", "Mistakes", "Move the digit", "Map of digits", "Teach it mine", "Every layer"):
        open_lab.look_at(section)
        open_lab.wait_for_run()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator(".st-key-cnn-maps")).to_contain_text("Convolution 1", timeout=30_000)
