"""What guards every browser test does see the fault it is there for."""

import time
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import SECONDS_TO_WAIT, Complaints, Requests, draw_stroke, without_browser
from tests.browser.server import Server

CANVAS = """
<div class="st-key-my-drawing"><canvas width="200" height="100"></canvas></div>
<script>
  const seen = [];
  for (const kind of ["mousedown", "mousemove", "mouseup"])
    document.querySelector("canvas").addEventListener(kind, e => seen.push([kind, e.offsetX, e.offsetY]));
</script>
"""


def test_all_tests_of_this_folder_run_in_one_process(request: pytest.FixtureRequest) -> None:
    if not hasattr(request.config, "workerinput"):
        pytest.skip("one process runs all tests")
    assert request.node.nodeid.endswith("@browser")


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_without_a_browser_tests_say_so_and_in_continuous_integration_they_fail(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no Chromium here"):
        without_browser("no Chromium here")


def test_a_request_to_another_host_is_seen(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    requests = Requests(page)
    context.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://127.0.0.1:1/")
    page.set_content('<img src="http://outside.invalid/a.svg"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')
    assert requests.outside() == ["http://outside.invalid/a.svg"]
    context.close()


def test_a_failing_script_and_a_missing_file_are_seen(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints = Complaints(page)
    page_or_missing = {"/cnn": 200}
    context.route("**/*", lambda r: r.fulfill(status=page_or_missing.get(urlsplit(r.request.url).path, 404), body=""))
    page.goto("http://127.0.0.1:1/cnn")
    page.evaluate("fetch('/cnn/_stcore/health')")  # Streamlit's own question, which does no harm
    assert [text for text in complaints.texts if "_stcore" in text] == []
    page.evaluate("fetch('/missing.js')")
    page.evaluate("console.error('oh')")
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while not all(any(one in text for text in complaints.texts) for one in ("missing.js", "oh (", "broken")):
        assert time.monotonic() < deadline, complaints.texts
        page.wait_for_timeout(50)
    context.close()


def test_a_traceback_in_the_log_is_seen(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("all is well\n")
    server = Server("http://127.0.0.1:1", SimpleNamespace(), log)
    before = server.written()
    assert server.errors() == ""
    log.write_text("all is well\nTraceback (most recent call last):\nValueError\n")
    assert server.errors(before).startswith("Traceback")
    assert server.errors(server.written()) == ""


def test_a_browser_that_left_while_shaking_hands_is_no_error_and_hides_none(tmp_path: Path) -> None:
    trace, gone = "Traceback (most recent call last):\n", "starlette.websockets.WebSocketDisconnected: "
    left = (
        f'{trace}  File "x.py", line 1, in f\n    g()\n    ^^^\n{gone}WebSocket is not connected. Need to call it.\n\n'
        "During handling of the above exception, another exception occurred:\n\n"
        f'{trace}  File "y.py", line 2, in h\n    i()\n{gone}Cannot call "send" once a close message has been sent.\n'
    )
    ours = f'{trace}  File "z.py", line 3, in j\nValueError: ours\n'
    log = tmp_path / "log"
    server = Server("http://127.0.0.1:1", SimpleNamespace(), log)
    for text, errors in ((left, ""), (left + ours, ours), (ours + left, ours), (left + left, "")):
        log.write_text(text)
        assert server.errors() == errors


def test_a_stroke_reaches_the_canvas_where_it_was_meant(page: Page) -> None:
    page.set_content(CANVAS)
    draw_stroke(page, "my.drawing", [(10, 20), (30, 40), (50, 20)])
    seen = page.evaluate("seen")
    assert [kind for kind, *_ in seen] == ["mousemove", "mousedown", "mousemove", "mousemove", "mouseup"]
    assert [place for _, *place in seen] == [[10, 20], [10, 20], [30, 40], [50, 20], [50, 20]]
