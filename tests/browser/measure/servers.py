"""The app and bare Streamlit, served side by side: each with its own settings, and quiet before anything is timed."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Playwright

from tests.browser.chromium import FLAGS, executable
from tests.browser.server import ROOT, Server, served

APPS = Path(__file__).parents[1] / "apps"
STAYS_HERE = ["--server.headless=true", "--browser.gatherUsageStats=false"]  # bare else: Streamlit's own settings
QUIET = 0.3  # share of one core: idle workers and their scheduler keep in touch
MOST_WARMING = 600  # seconds


def browser(playwright: Playwright) -> Browser:
    """Return a Chromium that was started just now."""
    return playwright.chromium.launch(executable_path=executable(playwright), args=FLAGS)


@contextmanager
def bare(script: str | Path) -> Iterator[Server]:
    """Serve a reference script away from the repository, where our settings do not reach it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if not (APPS / script).exists():
            raise ValueError(f"script: there is no {script} in {APPS}")
        shutil.copy(APPS / script, place)
        with served(str(script), place, where=place, options=STAYS_HERE) as server:
            yield server


@contextmanager
def app(shelf: str | None = None, where: Path = ROOT) -> Iterator[Server]:
    """Serve a checkout of the app, as `streamlit run` does; what runs found is kept in `shelf`, or thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {"DLVIZ_SHELF": shelf or str(Path(folder) / "shelf")}
        with served("app.py", Path(folder), where=where, DLVIZ_WORKERS="", **kept) as server:
            yield server


def wait_until_quiet(server: Server, still: float = 2.0) -> float:
    """Return how many seconds it took until the server and its workers had nothing more to compute.

    Raises: TimeoutError after ten minutes.
    """
    start = time.monotonic()
    while time.monotonic() - start < MOST_WARMING:
        before = busy(server)
        time.sleep(still)
        if busy(server) - before < QUIET * still:
            return time.monotonic() - start
    raise TimeoutError(f"the server still computes after {MOST_WARMING} s")


def family(server: Server) -> list[psutil.Process]:
    """Return the serving process, then its workers."""
    first = psutil.Process(server.process.pid)
    return [first, *first.children(recursive=True)]


def busy(server: Server) -> float:
    """Return the seconds of computing that the server and its workers have used up."""
    return sum(sum(one.cpu_times()[:2]) for one in family(server))


def memory(server: Server) -> list[float]:
    """Return the resident memory of the serving process, then of its workers, in MB."""
    return [one.memory_info().rss / 1e6 for one in family(server)]
