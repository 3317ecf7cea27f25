"""A link into the app works as the very first request to a fresh server.

With `pages/` beside the entry script Streamlit would then run the page alone, without its frame.
"""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.server import served


def test_the_first_visitor_of_a_fresh_server_gets_the_frame(window: Callable[..., Page], tmp_path: Path) -> None:
    with served("app.py", tmp_path, DLVIZ_WORKERS="0") as server:
        page = window()
        page.goto(f"{server.url}/cnn?lang=zh")
        expect(page.locator(".st-key-chrome")).to_be_visible()
        expect(page.get_by_text("数字实验室").first).to_be_visible()
        assert page.url.startswith(f"{server.url}/cnn")
        page.close()  # or it would complain of the server's end
        assert server.errors() == ""
