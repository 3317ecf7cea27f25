"""The table of pages: the slugs that the world may link to, and words for all of them."""

from pathlib import Path

import pytest

from dlviz.words import pages

DESIGNED = (
    *("home", "playground", "activations", "forward_loss", "backprop", "gradient_descent"),
    *("model_zoo", "linear_regression", "logistic_regression", "mlp", "cnn", "rnn"),
    *("vision", "language", "speech", "recommender", "credit_risk"),
    *("deep_vs_classical", "how_much_data", "scarce_data", "overfitting", "bias", "compute"),
    *("lessons", "worksheet", "class_board"),
)


def test_the_slugs_are_those_that_links_in_the_world_use() -> None:
    assert tuple(page.slug for page in pages.PAGES) == DESIGNED


@pytest.mark.parametrize("page", pages.PAGES, ids=lambda page: page.slug)
def test_a_page_has_a_section_and_words_in_both_languages(page: pages.Page) -> None:
    assert page.section in pages.SECTIONS
    assert all(page.title)
    assert all(page.summary)
    assert page.file.name == f"{page.slug}.py"


def test_only_pages_whose_file_exists_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "FOLDER", tmp_path)
    assert pages.existing() == []
    for slug in ("rnn", "home", "mlp"):
        (tmp_path / f"{slug}.py").touch()
    assert [page.slug for page in pages.existing()] == ["home", "mlp", "rnn"]
    assert {section: [page.slug for page in rows] for section, rows in pages.sections().items()} == {
        "start": ["home"],
        "zoo": ["mlp", "rnn"],
    }
