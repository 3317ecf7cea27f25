"""The language comes from the link, the switch, or the browser, in this order, and a choice stays in the link."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz.ui import addresses, language

Open = Callable[..., AppTest]


@pytest.mark.parametrize(
    ("locale", "spoken"),
    [("zh-CN", "zh"), ("zh", "zh"), ("ZH-Hant-TW", "zh"), ("en-GB", "en"), ("fr-FR", "en"), ("", "en")],
)
def test_the_browser_gives_the_first_guess(open_page: Open, locale: str, spoken: str) -> None:
    app = open_page("home")
    app = AppTest.from_file(app._script_path)
    app.context = {"locale": locale}
    app.run()
    assert app.session_state["language"] == spoken
    assert app.query_params == {}


@pytest.mark.parametrize(("browser", "asked"), [("en", "zh"), ("zh", "en"), ("en", "en")])
def test_the_link_is_stronger_than_the_browser_and_keeps_its_language(
    open_page: Open, browser: str, asked: str
) -> None:
    app = open_page("home", lang=browser, link={"lang": asked})
    assert app.title[0].value == {"en": "See deep learning happen", "zh": "看见深度学习"}[asked]
    assert app.query_params == {"lang": asked}


def test_the_switch_is_stronger_than_the_link_and_writes_itself_into_it(open_page: Open) -> None:
    app = open_page("home", link={"lang": "en"})
    app.segmented_control(key="language").set_value("zh").run()
    assert app.title[0].value == "看见深度学习"
    assert app.query_params == {"lang": "zh"}
    app.query_params["lang"] = "en"  # a busy browser may send the address from before
    app.run()
    assert app.title[0].value == "看见深度学习"


def test_a_page_that_leads_to_another_does_not_lose_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left before the switch is drawn, and Streamlit forgets what the switch held."""
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", {"lang": "zh"})
    monkeypatch.setattr(language, "guess", lambda: "en")
    assert not language.settle()
    del st.session_state[language.SWITCH]
    assert not language.settle()
    assert (language.now(), language.in_link()) == ("zh", {"lang": "zh"})


def test_back_brings_the_language_back(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page("home", link={"lang": "en"})
    app.segmented_control(key="language").set_value("zh").run()
    monkeypatch.setattr(addresses, "by_history", lambda: True)
    app.query_params["lang"] = "en"
    app.run()
    assert app.title[0].value == "See deep learning happen"
    assert app.segmented_control(key="language").value == "en"


def test_a_language_we_do_not_speak_is_named_and_leaves_the_guess(open_page: Open) -> None:
    app = open_page("home", lang="zh", link={"lang": "fr"})
    assert app.title[0].value == "看见深度学习"
    assert "lang" in app.warning[0].value
    assert app.query_params == {}


def test_prose_comes_in_the_language_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language.catalogue, "prose", lambda page, spoken: {"why": f"{page} {spoken}"})
    monkeypatch.setattr(language, "now", lambda: "zh")
    assert language.prose("cnn", "why") == "cnn zh"
    with pytest.raises(KeyError):
        language.prose("cnn", "missing")


@pytest.mark.parametrize(("spoken", "place"), [("en", 0), ("zh", 1)])
def test_words_that_belong_together_are_found_by_how_they_begin(
    monkeypatch: pytest.MonkeyPatch, spoken: str, place: int
) -> None:
    table = {"map.low": ("low", "低"), "map.high": ("high", "高"), "other": ("other", "其他")}
    monkeypatch.setattr(language.catalogue, "words", lambda file: {"page": table}[file])
    monkeypatch.setattr(language, "now", lambda: spoken)
    assert language.all_below("page.map.") == {"low": table["map.low"][place], "high": table["map.high"][place]}
