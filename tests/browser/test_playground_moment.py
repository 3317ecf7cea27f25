"""A trained moment in a link: whoever opens it has the same bits on the screen, whatever else the server has done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from dlviz import codec
from dlviz.concepts.playground.spec import DEFAULT
from dlviz.training.run import Run
from tests.browser.playground import Playground
from tests.browser.server import Server, served

STEP = 2500
DIGEST = """Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", p.moment.arrays.weights.data)),
  (byte) => byte.toString(16).padStart(2, "0")).join("")"""
LINKS = {
    "the default run": {},
    "another seed, a knob turned and a weight set on the way": {
        "seed": "71",
        "edits": "1000:learning_rate=0.03;2000:w3=0.5",
    },
}


@cache
def computed(name: str) -> str:
    """Return the digest of the weights after STEP updates, as a run in this process computes them."""
    view, problems = codec.read(LINKS[name], DEFAULT)
    assert not problems
    run = Run(view.run.model_copy(update={"device": "cpu"}))
    (moment,) = [moment for moment in run.work(STEP) if moment is not None and moment.step == STEP]
    return hashlib.sha256(moment["weights"].tobytes()).hexdigest()


@pytest.fixture
def fresh(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server that has computed nothing yet."""
    with served(
        "app.py", tmp_path_factory.mktemp("fresh"), DLVIZ_SHELF=str(tmp_path_factory.mktemp("empty"))
    ) as server:
        yield server
        assert server.errors() == ""


def digest(page: Playground) -> str:
    """Return the digest of the weights on show, once they are those of STEP."""
    page.until(f"p.step === {STEP} && !p.running")
    return page.asked(DIGEST)


@pytest.mark.parametrize("name", LINKS)
def test_the_weights_are_those_of_the_run_after_other_sessions_trained_other_things(
    visit: Callable[..., Page], name: str
) -> None:
    other = Playground(visit("playground", {"seed": "72", "data": "spiral"})).wait_until_open()
    other.until("p.step > 300")
    beyond = Playground(visit("playground", LINKS[name])).wait_until_open()  # the same run, farther than the moment
    beyond.until(f"p.track.moments.at(-1).step > {STEP}")
    page = Playground(visit("playground", {**LINKS[name], "at": str(STEP)})).wait_until_open()
    assert digest(page) == computed(name)


def test_on_a_server_that_has_nothing_on_its_shelf_they_are_the_same(
    fresh: Server, window: Callable[..., Page]
) -> None:
    name = "another seed, a knob turned and a weight set on the way"
    page = window()
    page.goto(f"{fresh.url}/playground?{urlencode({**LINKS[name], 'at': str(STEP)})}")
    assert digest(Playground(page).wait_until_open()) == computed(name)
