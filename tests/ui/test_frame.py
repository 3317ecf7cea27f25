"""Every page opens in its frame, twice, in both languages."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.words import pages as table

Open = Callable[..., AppTest]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("slug", [page.slug for page in table.existing()])
def test_a_page_opens_twice(open_page: Open, slug: str, lang: str) -> None:
    app = open_page(slug, lang=lang)
    assert not app.exception
    assert app.title.len == 1
    app.run()
    assert not app.exception
    assert app.title.len == 1


def test_home_is_at_the_root_and_under_its_name(open_page: Open) -> None:
    named = open_page("home")
    root = AppTest.from_file(named._script_path).run()
    assert root.title[0].value == named.title[0].value
