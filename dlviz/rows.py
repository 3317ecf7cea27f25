"""Rows: points that somebody painted or brought along, as one short text.

They are part of the question, as the seed is, so that a link, a replay and a script hold them whole.
A coordinate is one of 4,095 steps from -6 to 6, which is finer than a screen, and two characters of
an alphabet that needs no escape in an address: x1, x2, then the class as a digit 0 to 3, or a number
from -1 to 1 in as many steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Label = Literal["class", "number"]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ZERO, REACH = 2048, 2047  # the step that means 0, and how many there are to either side
EXTENT = 6.0
MOST_ROWS, MOST_CLASSES = 2000, 4
PAIR, MOST_PAIRS = 4, 500  # characters of a point (x, y), and how many there may be
WIDTH: dict[Label, int] = {"class": 5, "number": 6}  # characters of a row
SHAPE: dict[Label, re.Pattern[str]] = {
    "class": re.compile(r"(?:[A-Za-z0-9_-]{4}[0-3])*"),
    "number": re.compile(r"(?:[A-Za-z0-9_-]{6})*"),
}


def rows_text(rows: Iterable[tuple[float, float, float]], label: Label) -> str:
    """Return rows (x1, x2, label) as text; coordinates beyond -6 to 6 and numbers beyond -1 to 1 are moved to the edge.

    Raises: ValueError where a coordinate is no number, or a class is none of 0 to 3.
    """
    return "".join(_two(x1 / EXTENT) + _two(x2 / EXTENT) + _label_text(value, label) for x1, x2, value in rows)


def _label_text(value: float, label: Label) -> str:
    if label == "number":
        return _two(value)
    if value not in range(MOST_CLASSES):
        raise ValueError(f"rows: a class is a whole number from 0 to {MOST_CLASSES - 1}, got {value}")
    return str(int(value))


def _two(share: float) -> str:
    """Return a share of the way from 0 to the edge, -1 to 1, as two characters."""
    if share != share:
        raise ValueError("rows: a coordinate or label is not a number")
    step = ZERO + round(max(-1.0, min(1.0, share)) * REACH)
    return ALPHABET[step // 64] + ALPHABET[step % 64]


def count_rows(text: str, label: Label) -> int:
    """Return how many rows the text holds. Raises: ValueError where it is no text of rows, or one of too many."""
    if not SHAPE[label].fullmatch(text):
        raise ValueError(f"rows: {text[:20]!r} is not written as rows with a {label} are, {WIDTH[label]} letters each")
    count = len(text) // WIDTH[label]
    if count > MOST_ROWS:
        raise ValueError(f"rows: {count} are too many; at most {MOST_ROWS} are allowed")
    return count


def count_classes(text: str) -> int:
    """Return how many classes rows with a class have: up to the highest named, and two at least."""
    return max(2, *(int(name) + 1 for name in set(text[4 :: WIDTH["class"]])), 0)


def read_rows(text, width):
    """Return the rows (x1, x2, label) of the text, `width` characters each: 5 with a class, 6 with a number."""
    rows = []
    for start in range(0, len(text), width):
        places = [ALPHABET.index(letter) for letter in text[start : start + width]]
        steps = [(64 * high + low - 2048) / 2047 for high, low in zip(places[::2], places[1::2], strict=False)]
        steps = [max(-1.0, min(1.0, step)) for step in steps]
        rows.append((6 * steps[0], 6 * steps[1], int(text[start + 4]) if width == 5 else steps[2]))
    return rows


# ------------------------------------------------------------------------- points along a line


def pairs_text(pairs: Iterable[tuple[float, float]]) -> str:
    """Return points (x, y) as text, four characters each; what lies beyond -1 to 1 is moved to the edge.

    Raises: ValueError where a coordinate is no number.
    """
    return "".join(_two(x) + _two(y) for x, y in pairs)


def count_pairs(text: str) -> int:
    """Return how many points the text holds. Raises: ValueError where it is no text of pairs, or one of too many."""
    if not re.fullmatch(r"(?:[A-Za-z0-9_-]{4})*", text):
        raise ValueError(f"pairs: {text[:20]!r} is not written as pairs are, {PAIR} letters each")
    if len(text) > MOST_PAIRS * PAIR:
        raise ValueError(f"pairs: {len(text) // PAIR} are too many; at most {MOST_PAIRS} are allowed")
    return len(text) // PAIR


def read_pairs(text):
    """Return the points (x, y) of the text, each coordinate from -1 to 1."""
    places = [ALPHABET.index(letter) for letter in text]
    steps = [(64 * high + low - 2048) / 2047 for high, low in zip(places[::2], places[1::2], strict=True)]
    steps = [max(-1.0, min(1.0, step)) for step in steps]
    return list(zip(steps[::2], steps[1::2], strict=True))
