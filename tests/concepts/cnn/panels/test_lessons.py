"""Lessons are kept in their order, each drawing once, in the link and with it, and can be taken back."""

import base64
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from dlviz import codec
from dlviz.concepts.cnn.panels import lessons
from dlviz.concepts.cnn.spec import DEFAULT, View
from dlviz.ui import links


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return the states that the page had, newest last."""
    states = [DEFAULT]
    monkeypatch.setattr(links, "current", lambda default: states[-1])
    monkeypatch.setattr(links, "put", states.append)
    return states


def picture(number: int) -> np.ndarray:
    """Return a picture that no other number has."""
    return np.full((28, 28), number / 100, np.float32)


def labels(kept: list[View]) -> list[int]:
    """Return what was taught, the first first."""
    return [one.label for one in lessons.taught(kept[-1])]


def test_lessons_are_taken_back_one_by_one_or_all_at_once(kept: list[View]):
    for number in (3, 7, 9):
        lessons.add(picture(number), number)
    lessons.take_back()
    assert labels(kept) == [3, 7]
    assert lessons.label_of(kept[-1], picture(7)) == 7 and lessons.label_of(kept[-1], picture(9)) is None
    lessons.forget()
    lessons.take_back()
    assert labels(kept) == [] and kept[-1] == DEFAULT


def test_a_drawing_that_is_taught_again_means_what_was_said_last(kept: list[View]):
    lessons.add(picture(1), 1)
    lessons.add(picture(2), 2)
    lessons.add(picture(1), 7)
    assert labels(kept) == [2, 7]
    assert lessons.label_of(kept[-1], picture(1)) == 7


def test_the_oldest_lesson_makes_room(kept: list[View]):
    for number in range(lessons.MOST + 2):
        lessons.add(picture(number), number % 10)
    assert len(labels(kept)) == lessons.MOST and lessons.label_of(kept[-1], picture(1)) is None


def test_what_does_not_fit_a_link_makes_room_as_well(kept: list[View]):
    chance = np.random.default_rng(0)
    for number in range(lessons.MOST):  # pictures of which nothing can be packed away
        lessons.add(chance.random((28, 28)), number)
    assert labels(kept) == [5, 6, 7]
    assert codec.read(codec.write(kept[-1], DEFAULT), DEFAULT) == (kept[-1], [])


@given(arrays(np.float32, (28, 28), elements=some.floats(0, 1, width=32)), some.integers(0, 9))
def test_a_link_brings_a_lesson_back_to_the_last_grey(drawn: np.ndarray, label: int):
    with pytest.MonkeyPatch.context() as patch:
        states = [DEFAULT]
        patch.setattr(links, "current", lambda default: states[-1])
        patch.setattr(links, "put", states.append)
        lessons.add(drawn, label)
    view, problems = codec.read(codec.write(states[-1], DEFAULT), DEFAULT)
    [found] = lessons.taught(view)
    assert not problems and found.label == label
    assert np.abs(found.picture - drawn).max() <= 0.5 / 255 + 1e-6
    assert np.array_equal(found.picture, lessons.rounded(drawn)) and lessons.label_of(view, drawn) == label


def packed(content: bytes) -> str:
    """Return what packs these bytes."""
    return base64.urlsafe_b64encode(zlib.compress(content)).decode().rstrip("=")


@pytest.mark.parametrize(
    "text", ["4:AAAA", "4:A", f"4:{packed(b'short')}", f"4:{packed(bytes(10**8))[:3000]}", f"4:{packed(bytes(785))}"]
)
def test_what_packs_no_picture_is_left_out(text: str):
    view, problems = codec.read({"lessons": text}, DEFAULT)
    assert view.lessons == text and not problems
    assert lessons.taught(view) == ()


@pytest.mark.parametrize("text", ["x:AAAA", "4", "4:", "<b>", "4:AAAA;", "44:AAAA"])
def test_what_is_no_lesson_is_named(text: str):
    view, [problem] = codec.read({"lessons": text}, DEFAULT)
    assert view == DEFAULT and problem == codec.Problem("lessons", text, "unreadable", "")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(0.95, 0.939, "lost"), (0.95, 0.94, "lost"), (0.95, 0.945, "kept"), (0.95, 0.95, "kept"), (0.9, 0.92, "gained")],
)
def test_what_the_lessons_cost_is_said(before: float, after: float, said: str):
    assert lessons.verdict(before, after) == said
