"""A table of one's own: columns can be chosen, a number can be the label, and a teacher may hide it all."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.spec import Points
from dlviz.words import catalogue
from tests.lab import said

Open = Callable[..., AppTest]
FOUR = "name,a,b,c\nx,1,2,0.5\ny,2,3,0.25\nx,5,1,0.75\ny,4,4,1.5\nx,0,1,2.5"


def pasted(app: AppTest, text: str) -> AppTest:
    """Return the page after a table was pasted."""
    app.text_area(key="playground.csv").set_value(text).run()
    assert not app.exception
    return app


def test_columns_are_chosen_where_there_are_more_than_three(open_page: Open) -> None:
    app = pasted(open_page("playground"), FOUR)
    app.selectbox(key="playground.own.label").set_value(3).run()
    app.button(key="playground.own.use").click().run()
    data = app.session_state["links.kept"]["playground"].state.run.data
    assert isinstance(data, Points)
    assert data.about == "number"
    assert len(data.rows) == 5 * 6


def test_one_column_twice_is_refused_with_a_sentence(open_page: Open) -> None:
    app = pasted(open_page("playground"), FOUR)
    app.selectbox(key="playground.own.x2").set_value(1).run()
    assert not app.exception
    assert app.warning.len == 1


def test_problems_are_a_list_and_one_alone_is_a_sentence(open_page: Open) -> None:
    app = pasted(open_page("playground"), "1,2,a\n3,x,b\n5,6,a\n7,y,b\n9,1,a\n2,2,b\n1,3,b\n")
    assert [line[:8] for line in app.warning[0].value.splitlines()] == ["- Line 2", "- Line 4"]
    assert pasted(app, "x").warning[0].value.startswith("Line 1")


def test_a_teacher_who_hides_the_data_hides_the_table(open_page: Open) -> None:
    app = open_page("playground", link={"hide": "data"})
    assert "playground.csv" not in [one.key for one in app.text_area]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cats.csv", b"a,b,kind\n1,2,cat\n3,4,dog\n5,1,cat\n2,2,dog"),
        ("cats.tsv", "a\tb\tkind\r\n1\t2\tcat\r\n3\t4\tdog\r\n5\t1\tcat\r\n2\t2\tdog".encode("utf-16")),
    ],
)
def test_a_file_that_is_brought_along_becomes_the_points(open_page: Open, name: str, content: bytes) -> None:
    app = open_page("playground")
    app.file_uploader(key="playground.file").upload(name, content, "text/csv").run()
    assert not app.exception
    assert "4 points, label: cat, dog" in said(app)
    app.button(key="playground.own.use").click().run()
    data = app.session_state["links.kept"]["playground"].state.run.data
    assert (data.outputs, len(data.rows)) == (2, 4 * 5)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_file_that_is_no_table_is_refused_with_a_sentence(open_page: Open, lang: str) -> None:
    app = open_page("playground", lang=lang)
    app.file_uploader(key="playground.file").upload("picture.csv", b"\x89PNG\r\n\x1a\n\x00\xff" * 40, "text/csv").run()
    assert not app.exception
    assert app.warning.len == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_limits_are_said_before_anything_is_refused(open_page: Open, lang: str) -> None:
    words = said(open_page("playground", lang=lang))
    assert catalogue.text("playground.own.note", lang, classes=4, fewest=4, most="2,000") in words
