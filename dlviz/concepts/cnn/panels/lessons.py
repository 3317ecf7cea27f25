"""What the visitor has taught the network: drawings with the digit that each is meant to be.

They stay until they are taken back, whatever network stands on the stage and whatever is drawn next.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

MOST = 8  # lessons that are kept: every one is shown in every step
LOST = 1.0  # points of accuracy on other digits from which on they are said to be read worse
_KEY = "cnn.lessons"


class Lesson(NamedTuple):
    """A drawing (28, 28), 0 to 1, as the networks see it, and the digit that it is meant to be."""

    picture: np.ndarray
    label: int


def taught() -> tuple[Lesson, ...]:
    """Return the lessons there are, the first one first."""
    return st.session_state.get(_KEY, ())


def add(picture: np.ndarray, label: int) -> None:
    """Teach one drawing more; what it was said to be before is forgotten, and so is the oldest where there are many."""
    others = [one for one in taught() if not np.array_equal(one.picture, picture)]
    st.session_state[_KEY] = (*others, Lesson(picture, label))[-MOST:]


def take_back() -> None:
    """Forget the last lesson."""
    st.session_state[_KEY] = taught()[:-1]


def forget() -> None:
    """Forget all lessons: the network is as it learnt."""
    st.session_state[_KEY] = ()


def label_of(picture: np.ndarray) -> int | None:
    """Return the digit that this very picture was taught to be, None where it was not taught."""
    return next((one.label for one in taught() if np.array_equal(one.picture, picture)), None)


def verdict(before: float, after: float) -> str:
    """Return how accuracies (shares) on other digits compare: "lost", "kept" or "gained"."""
    points = round(100 * before, 1) - round(100 * after, 1)  # as they are shown
    return "lost" if points >= LOST else "gained" if points <= -LOST else "kept"
