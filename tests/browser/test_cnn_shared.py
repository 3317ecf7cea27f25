"""Many visitors, one digit lab: runs are shared, left alone, and lost without loss for others."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import psutil
from playwright.sync_api import Page, expect

from dlviz import codec
from dlviz.concepts.cnn.spec import ARTICLE
from dlviz.engine.shelf import Shelf
from dlviz.spec import RunSpec
from tests.browser.digit_lab import LONG, DigitLab
from tests.browser.server import Server, served


def test_two_viewers_share_one_training_and_one_pauses_alone(lab: Callable[..., DigitLab]) -> None:
    link = {**LONG, "seed": "31"}
    ann = lab(link)
    ann.trains_beyond(20)
    bob = lab(link)
    bob.until(f"p.track.moments.at(-1).step >= {ann.newest}")
    assert bob.asked("p.track.moments[0].step") == 0  # who comes later sees the whole past
    assert ann.asked("p.track.run") == bob.asked("p.track.run")
    same = "p.track.moments[3].step + ' ' + Array.from(p.track.moments[3].arrays.filters.data)"
    assert ann.asked(same) == bob.asked(same)
    ann.pause_shown()
    shown = ann.asked("p.step")
    bob.trains_beyond(30)
    assert ann.asked("p.step") == shown < bob.asked("p.step")
    expect(ann.state).to_have_text("paused for you, it trains on for others")
    expect(bob.state).to_have_text("training")


def run_of(open_lab: DigitLab, link: dict[str, str]) -> RunSpec:
    """Return the run that the link asks for, on the device on which it is computed."""
    run, problems = codec.read(link, ARTICLE)
    assert not problems
    either = [run.model_copy(update={"device": device}) for device in ("cpu", "cuda")]
    return next(one for one in either if one.digest == open_lab.asked("p.track.run"))


def filed(shelf: Path, run: RunSpec) -> int:
    """Return the newest step of the run that is filed."""
    return max((moment.step for moment in Shelf(shelf / "shelf").moments(run)), default=-1)


def test_a_run_that_nobody_watches_pauses_and_goes_on_for_who_comes_back(
    lab: Callable[..., DigitLab], shelf: Path
) -> None:
    link = {**LONG, "epochs": "1000", "seed": "32"}
    ann = lab(link)
    ann.trains_beyond(20)
    run = run_of(ann, link)
    ann.page.context.close()
    deadline, steps = time.monotonic() + 60, [-1, filed(shelf, run)]
    while steps[-1] != steps[-2] or steps[-1] != steps[-3]:
        assert time.monotonic() < deadline, f"it still trains: {steps}"
        time.sleep(2)
        steps.append(filed(shelf, run))
    assert not Shelf(shelf / "shelf").ending(run)[0]
    bob = lab(link)
    bob.until(f"p.track.moments.at(-1).step > {steps[-1]}")
    assert bob.asked(f"p.track.moments.some((one) => one.step === {steps[-1]})")  # the same run, from where it stood


# ------------------------------------------------------------------------------- a worker is lost


def worker_of(server: Server) -> int:
    """Return the process that computes for the server: its one child that runs no resource tracker."""
    children = psutil.Process(server.process.pid).children()
    (found,) = [one.pid for one in children if any("spawn_main" in word for word in one.cmdline())]
    return found


def kill_while_it_computes(worker: int, turns: Path, run: str) -> None:
    """Kill the worker in the middle of a turn of that run."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        os.kill(worker, signal.SIGSTOP)  # whose turn it is does not change while we look
        (turn,) = (path.read_text().strip() for path in turns.iterdir())
        if turn == run:
            os.kill(worker, signal.SIGKILL)
            return
        os.kill(worker, signal.SIGCONT)
        time.sleep(0.02)
    raise AssertionError("the run had no turn")


def test_a_killed_worker_is_said_the_run_can_go_on_and_others_go_on_by_themselves(
    window: Callable[..., Page], shelf: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "engine"  # turns of its own; what the other server's runs found need not be computed again
    folder.mkdir()
    (shelf / "shelf").mkdir(exist_ok=True)
    (folder / "shelf").symlink_to(shelf / "shelf")
    with served("app.py", tmp_path, DLVIZ_WORKERS="1", DLVIZ_SHELF=str(folder)) as server:
        pages = [window(), window()]
        for page, seed in zip(pages, "12", strict=True):
            page.goto(f"{server.url}/cnn?{urlencode({**LONG, 'seed': f'33{seed}'})}")
        ann, bob = (DigitLab(page).wait_until_open() for page in pages)
        ann.trains_beyond(10)
        bob.trains_beyond(10)
        kill_while_it_computes(worker_of(server), folder / "turns", ann.asked("p.track.run"))
        expect(ann.state).to_have_text("lost", timeout=60_000)
        expect(ann.page.locator(".st-key-bench .message")).to_contain_text("Run it again")
        before = ann.newest
        bob.trains_beyond(10)
        expect(bob.state).to_have_text("training")
        expect(bob.page.locator(".st-key-bench button.again")).to_be_hidden()
        ann.press("again")
        ann.until(f"p.track.moments.at(-1).step > {before + 10}")
        expect(ann.state).to_have_text("training")
        ann.draw([[(80, 70), (200, 66), (125, 230)]])
        ann.read()  # what is drawn is prepared and read by a worker
        for page in pages:
            page.close()  # or they would complain of the server's end
        assert server.errors() == ""
