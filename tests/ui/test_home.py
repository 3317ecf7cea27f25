"""The home page leads to every page that exists, and to no other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.words import pages as table

Open = Callable[..., AppTest]


def links_of(app: AppTest) -> list[str]:
    """Return the labels of the links on the page itself."""
    return [link.proto.label for link in app.main.get("page_link")]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_map_shows_every_page_but_home(open_page: Open, lang: str) -> None:
    shown = links_of(open_page("home", lang=lang))
    expected = [page.title[lang == "zh"] for page in table.existing() if page.slug != "home"]
    assert [label for label in shown if label in expected] == expected


def test_a_page_without_its_file_is_not_shown(open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "home.py").write_text((table.FOLDER / "home.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "rnn.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(table, "FOLDER", tmp_path)
    app = AppTest.from_file(open_page("home")._script_path).run()
    assert not app.exception
    assert links_of(app) == ["Recurrent network"]
