"""Lessons are kept in their order, each drawing once, and can be taken back."""

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.cnn.panels import lessons


@pytest.fixture(autouse=True)
def _session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})


def picture(number: int) -> np.ndarray:
    """Return a picture that no other number has."""
    return np.full((28, 28), number / 100, np.float32)


def labels() -> list[int]:
    """Return what was taught, the first first."""
    return [one.label for one in lessons.taught()]


def test_lessons_are_taken_back_one_by_one_or_all_at_once():
    for number in (3, 7, 9):
        lessons.add(picture(number), number)
    lessons.take_back()
    assert labels() == [3, 7]
    assert lessons.label_of(picture(7)) == 7 and lessons.label_of(picture(9)) is None
    lessons.forget()
    lessons.take_back()
    assert labels() == []


def test_a_drawing_that_is_taught_again_means_what_was_said_last():
    lessons.add(picture(1), 1)
    lessons.add(picture(2), 2)
    lessons.add(picture(1), 7)
    assert labels() == [2, 7]
    assert lessons.label_of(picture(1)) == 7


def test_the_oldest_lesson_makes_room():
    for number in range(lessons.MOST + 2):
        lessons.add(picture(number), number % 10)
    assert len(labels()) == lessons.MOST and lessons.label_of(picture(1)) is None


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(0.95, 0.939, "lost"), (0.95, 0.94, "lost"), (0.95, 0.945, "kept"), (0.95, 0.95, "kept"), (0.9, 0.92, "gained")],
)
def test_what_the_lessons_cost_is_said(before: float, after: float, said: str):
    assert lessons.verdict(before, after) == said
