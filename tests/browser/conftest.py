"""A served app and a real browser for every test in this folder.

`server` is the app, `page` a fresh browser window, `visit` opens a page of the app in a window of
any size, language and theme, `lab` opens the digit lab. Whatever a test is about, it fails when the
server logs a traceback, when a script in the browser fails or the browser's console reports an
error, or when anything is asked of another host.

In continuous integration, on machines that others load as well, a test that failed is tried once more and named in
the summary (RERUN); tests/conftest.py lets few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import FLAGS, SECONDS_TO_WAIT, Complaints, Requests, executable, in_ci
from tests.browser.digit_lab import DigitLab
from tests.browser.server import Server, served

HERE = Path(__file__).parent
expect.set_options(timeout=SECONDS_TO_WAIT * 1000)
BROKEN = '[data-testid="stException"], [data-testid="stAlertContentError"]'


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist, in its own hook of this name, looks for groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and keep them in one process: one server and one browser serve them all."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if in_ci():
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Yield a running Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable(playwright), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the served app keeps what its runs found."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(scope="package")
def server(browser: Browser, shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield the served app (asked for after the browser, without which there is no need of it)."""
    with served("app.py", tmp_path_factory.mktemp("server"), DLVIZ_SHELF=str(shelf)) as running:
        yield running


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Yield a function that opens a fresh browser window (light, 1280 × 900, English unless said otherwise)."""
    opened: list[tuple[Page, Requests, Complaints]] = []

    def open_window(width: int = 1280, height: int = 900, theme: str = "light", locale: str = "en-US", **more) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=theme, locale=locale, **more)
        context.set_default_timeout(SECONDS_TO_WAIT * 1000)
        page = context.new_page()
        opened.append((page, Requests(page), Complaints(page)))
        return page

    yield open_window
    for page, _, _ in opened:
        page.context.close()
    assert [address for _, requests, _ in opened for address in requests.outside()] == []
    assert [text for _, _, complaints in opened for text in complaints.texts] == []


@pytest.fixture
def visit(server: Server, window: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Yield a function that opens a page of the app: visit("cnn", link={"seed": "3"}, width=360, theme="dark")."""
    before = server.written()

    def open_page(slug: str = "", link: dict[str, str] | None = None, **look: object) -> Page:
        page = window(**look)
        page.goto(f"{server.url}/{slug}" + (f"?{urlencode(link)}" if link else ""))
        page.wait_for_selector('[data-testid="stAppViewContainer"]')
        return page

    yield open_page
    assert server.errors(before) == ""


@pytest.fixture
def page(window: Callable[..., Page]) -> Page:
    """Return a fresh browser window."""
    return window()


@pytest.fixture
def lab(visit: Callable[..., Page]) -> Iterator[Callable[..., DigitLab]]:
    """Yield a function that opens the digit lab and waits until it reads: lab({"seed": "3"}, width=360)."""
    opened: list[DigitLab] = []

    def open_lab(link: dict[str, str] | None = None, **look: object) -> DigitLab:
        opened.append(DigitLab(visit("cnn", link, **look)))
        return opened[-1].wait_until_open()

    yield open_lab
    for one in opened:
        if not one.page.is_closed():
            assert one.page.locator(BROKEN).all_inner_texts() == []
