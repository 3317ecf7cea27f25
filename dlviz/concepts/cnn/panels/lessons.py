"""What the visitor has taught the network: drawings with the digit that each is meant to be.

They stand in the page's link, so that they stay until they are taken back, whatever network stands on the stage and
whatever is drawn next: `digit:picture;digit:picture`, a picture being its 28 × 28 greys, packed.
"""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dlviz.concepts.cnn.spec import DEFAULT, View
from dlviz.ui import links

MOST = 8  # lessons that are kept: every one is shown in every step
LONGEST = 3_900  # characters of the text
SIDE = 28  # pixels of a picture
LOST = 1.0  # points of accuracy on other digits from which on they are said to be read worse


class Lesson(NamedTuple):
    """A drawing (28, 28), 0 to 1 in 255 steps, as the networks see it, and the digit that it is meant to be."""

    picture: np.ndarray
    label: int


def taught(view: View) -> tuple[Lesson, ...]:
    """Return the lessons there are, the first one first; what cannot be read is left out."""
    parts = [part.partition(":") for part in view.lessons.split(";")]
    found = [(_unpacked(text), label) for label, _, text in parts]
    return tuple(Lesson(picture, int(label)) for picture, label in found if picture is not None)[-MOST:]


def add(picture: np.ndarray, label: int) -> None:
    """Teach one drawing more; what it was said to be before is forgotten, and so is the oldest where there are many."""
    seen = rounded(picture)
    others = [one for one in taught(links.current(DEFAULT)) if not np.array_equal(one.picture, seen)]
    _put((*others, Lesson(seen, label))[-MOST:])


def take_back() -> None:
    """Forget the last lesson."""
    _put(taught(links.current(DEFAULT))[:-1])


def forget() -> None:
    """Forget all lessons: the network is as it learnt."""
    _put(())


def label_of(view: View, picture: np.ndarray) -> int | None:
    """Return the digit that this very picture was taught to be, None where it was not taught."""
    seen = rounded(picture)
    return next((one.label for one in taught(view) if np.array_equal(one.picture, seen)), None)


def verdict(before: float, after: float) -> str:
    """Return how accuracies (shares) on other digits compare: "lost", "kept" or "gained"."""
    points = round(100 * before, 1) - round(100 * after, 1)  # as they are shown
    return "lost" if points >= LOST else "gained" if points <= -LOST else "kept"


# -------------------------------------------------------------------------------------- the link


def rounded(picture: np.ndarray) -> np.ndarray:
    """Return a picture in the 255 steps that the link tells apart."""
    return _greys(picture).astype(np.float32) / 255


def _greys(picture: np.ndarray) -> np.ndarray:
    return np.round(255 * np.clip(picture, 0, 1)).astype(np.uint8)


def _put(rows: Sequence[Lesson]) -> None:
    """Make these the lessons of the page; the oldest go where the link would be too long."""
    parts = [f"{one.label}:{_packed(one.picture)}" for one in rows]
    while len(";".join(parts)) > LONGEST:
        parts.pop(0)
    links.put(links.current(DEFAULT).model_copy(update={"lessons": ";".join(parts)}))


def _packed(picture: np.ndarray) -> str:
    return urlsafe_b64encode(zlib.compress(_greys(picture).tobytes(), 9)).decode().rstrip("=")


def _unpacked(text: str) -> np.ndarray | None:
    """Return the picture that the text packs, None where it packs none; never more of it than a picture holds."""
    try:
        packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        greys = zlib.decompressobj().decompress(packed, SIDE * SIDE + 1)
    except (ValueError, zlib.error):
        return None
    return np.frombuffer(greys, np.uint8).reshape(SIDE, SIDE) / np.float32(255) if len(greys) == SIDE * SIDE else None
