"""It is taught a drawing only when asked, says what that did, and can have it taken back."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.cnn.panels import lessons
from dlviz.concepts.cnn.spec import DEFAULT
from tests.lab import Open, component, learnt, link_to, panel, said, shown, until

teach = panel("teach")
pytestmark = pytest.mark.xdist_group("quick engine")


def test_it_is_taught_a_digit_only_when_asked(open_lab: Open) -> None:
    app = open_lab(section="teach", epochs="12", learning_rate="0.01")  # who has learnt nothing is not taught quickly
    until(app, lambda app: learnt(app) and "cnn.teach" in [one.key for one in app.button])
    assert next(one for one in app.button if one.key == "cnn.teach").disabled  # nobody has said yet what it is
    app.segmented_control(key="cnn.label").set_value(4)
    app.slider(key="cnn.teach_steps").set_value(60).run()
    assert shown(app).count("answer") == 1
    next(one for one in app.button if one.key == "cnn.teach").click().run()
    until(app, lambda app: shown(app).count("answer") == 2)
    header, arrays = component(app, "answer", 1)
    before, after = arrays["probabilities"][:, 4]
    assert after > before
    assert f"{100 * before:.1f}\u202f% before and {100 * after:.1f}\u202f% after 60 steps" in said(app)
    assert re.search(r"(What it knew|Other digits).+ validation digits", said(app))
    assert [reader["main"] for reader in header["readers"]] == [False, True]
    app.segmented_control(key="cnn.label").set_value(5).run()
    assert [one.label for one in lessons_of(app)] == [4]  # another lesson begins with another click


def lessons_of(app: AppTest) -> tuple:
    """Return what the visitor has taught, as the address tells it."""
    return lessons.taught(codec.read(link_to(app), DEFAULT)[0])


def press(app: AppTest, key: str) -> None:
    """Press a button."""
    next(one for one in app.button if one.key == key).click().run()


def test_lessons_stay_for_the_next_digit_and_are_taken_back(open_lab: Open) -> None:
    app = open_lab(section="teach", epochs="12", learning_rate="0.01")
    until(app, lambda app: learnt(app) and "cnn.teach" in [one.key for one in app.button])
    app.segmented_control(key="cnn.label").set_value(4).run()
    press(app, "cnn.teach")
    press(app, "cnn.another")
    until(app, lambda app: "Nobody has taught it this one" in said(app))
    press(app, "cnn.teach")
    until(app, lambda app: len(lessons_of(app)) == 2 and "It read your drawing as 4" in said(app))
    press(app, "cnn.teach_back")
    [left] = lessons_of(app)
    assert left.label == 4
    until(app, lambda app: "Nobody has taught it this one" in said(app))
    press(app, "cnn.teach_forget")
    assert lessons_of(app) == ()
    assert shown(app).count("answer") == 1 and "cnn.teach_back" not in [one.key for one in app.button]
