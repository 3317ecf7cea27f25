"""Around every page: the menu of what exists, the device as the engine tells it, and an apology where a page fails."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import engine
from dlviz.ui import chrome
from dlviz.words import pages as table

Open = Callable[..., AppTest]


def badge_of(app: AppTest) -> dict[str, object]:
    """Return what the frame's component was told."""
    parts = [part.proto for part in app.get("bidi_component") if part.proto.component_name == "dlviz.chrome"]
    assert len(parts) == 1
    return json.loads(parts[0].json)[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_menu_lists_the_pages_that_exist(open_page: Open, lang: str) -> None:
    app = open_page("home", lang=lang)
    labels = [link.proto.label for link in app.sidebar.get("page_link")]
    assert labels == [page.title[lang == "zh"] for page in table.existing()]


def test_menu_links_carry_a_chosen_language(open_page: Open) -> None:
    app = open_page("home", link={"lang": "zh"})
    assert {link.proto.query_string for link in app.sidebar.get("page_link")} == {"lang=zh"}


def test_the_badge_says_what_computes(open_page: Open) -> None:
    told = badge_of(open_page("home", lang="zh"))
    assert (told["device"], told["ready"], told["language"], told["page"]) == ("CPU", True, "zh", "home")


@pytest.mark.parametrize(
    ("hardware", "said", "ready"),
    [
        (engine.Hardware("", 2, 0, False), "starting", False),
        (engine.Hardware("NVIDIA H100", 4, 0, True), "NVIDIA H100", True),
        (engine.Hardware("CPU", 2, 3, True), "CPU · 3 waiting", True),
    ],
)
def test_the_device_follows_the_engine(
    quiet_engine: object, monkeypatch: pytest.MonkeyPatch, hardware: engine.Hardware, said: str, ready: bool
) -> None:
    monkeypatch.setattr(quiet_engine, "hardware", lambda: hardware)
    monkeypatch.setattr(chrome.language, "now", lambda: "en")
    told = chrome.device()
    assert (told["device"], told["ready"]) == (said, ready)
    assert not ready or str(hardware.workers) in told["words"]["device"]


@pytest.mark.parametrize(("spoken", "words"), [("en", "our fault"), ("zh", "我们的问题")])
def test_a_failing_page_says_so_in_the_visitors_language(spoken: str, words: str) -> None:
    def script() -> None:
        import streamlit as st

        from dlviz.ui import chrome, language

        language.settle()
        st.session_state["hidden"] = chrome.apologize(RuntimeError("secret"))

    app = AppTest.from_function(script)
    app.query_params["lang"] = spoken
    app.run()
    assert app.session_state["hidden"] is True
    assert words in app.error[0].value
    assert "secret" not in app.error[0].value
