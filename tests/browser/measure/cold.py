"""How long from `streamlit run app.py` to a page that answers: everything starts anew each time, in turns."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests.browser.measure import marks, servers
from tests.browser.measure.numbers import Comparison, Wish
from tests.browser.server import ROOT, answers, end, free_port

STARTS = 7
AT_MOST = 1.3


def cold(wish: Wish) -> Iterator[Comparison]:
    """Cold start of the app to an interactive home page, against `streamlit hello`."""
    starts = {"hello": (None, ["hello", *servers.STAYS_HERE], marks.HELLO_INTERACTIVE)}
    for where in filter(None, (ROOT, wish.beside)):
        name = "cold start" if where == ROOT else f"{where} cold start"
        starts[name] = (where, ["run", "app.py"], marks.HOME_INTERACTIVE)
    seen = defaultdict(list)
    with sync_playwright() as playwright:
        for number in range((wish.times or STARTS) + 1):
            for name, (where, command, wanted) in starts.items():
                found, _ = _start(playwright, where, command, "/", wanted)
                for mark, when in found.items() if number else ():  # the first start reads everything from the disk
                    seen[name, mark].append(when)
    for name in list(starts)[1:]:
        for mark in marks.HOME_INTERACTIVE:
            reference = seen.get(("hello", mark), seen["hello", "interactive"])
            at_most = AT_MOST if mark == "interactive" else None
            yield Comparison(f"{name}: {mark}", seen[name, mark], reference, at_most=at_most)


def fresh(wish: Wish) -> Iterator[Comparison]:
    """The digit lab on a server that has computed nothing yet: title, and the first digit read."""
    seen, since_start = defaultdict(list), defaultdict(list)
    wanted = {"title": marks.TITLE, "digit": marks.DIGIT}
    with sync_playwright() as playwright:
        for _ in range(wish.times or 1):
            found, waited = _start(playwright, ROOT, ["run", "app.py"], "/cnn", wanted)
            for mark, when in found.items():
                since_start[mark].append(when)
                seen[mark].append(when - waited)
    for mark in wanted:
        yield Comparison(f"cnn on a fresh server: opened to {mark}", seen[mark])
        yield Comparison(f"cnn on a fresh server: command to {mark}", since_start[mark])


def _start(
    playwright: Playwright,
    where: str | Path | None,
    command: Sequence[str],
    address: str,
    wanted: Mapping[str, str],
) -> tuple[dict[str, float], float]:
    """Return the milliseconds from the command to each mark, and to the browser being sent to the address.

    The command runs in the folder `where`, or in one that is empty.
    """
    browser = servers.browser(playwright)
    page, port = marks.window(browser, wanted), free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        started = time.time()
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", *command, f"--server.port={port}", "--server.address=127.0.0.1"],
            cwd=where or folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            while process.poll() is None and not answers(f"{url}/_stcore/health"):
                time.sleep(0.01)
            found = marks.visit(page, url + address, wanted)
            waited = 1000 * (marks.opened_at(page) - started)
            return {mark: when + waited for mark, when in found.items()}, waited
        finally:
            browser.close()
            end(process)
