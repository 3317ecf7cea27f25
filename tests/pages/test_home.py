"""The first page says what this is, in both languages, and names what is wrong with a link."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]


@pytest.mark.parametrize(("lang", "title"), [("en", "See deep learning happen"), ("zh", "看见深度学习")])
def test_it_opens_in_both_languages(open_page: Open, lang: str, title: str) -> None:
    app = open_page("home", lang=lang)
    assert not app.exception
    assert app.title[0].value == title
    assert app.warning.len == 0


def test_a_link_with_nonsense_opens_it_and_is_cleaned(open_page: Open) -> None:
    app = open_page("home", link={"nonsense": "1"})
    assert not app.exception
    assert "nonsense" in app.warning[0].value
    assert app.query_params == {}
