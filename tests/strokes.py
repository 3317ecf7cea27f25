"""Digits as people draw them with a mouse: test material for everything that reads a drawing.

A digit is a few strokes of a pen, and everybody has a way of their own: a seven with or without
its bar, an open or a closed four. `STYLES` holds such ways; `hand` draws size, place, slant, pen and unsteadiness at
random; `strokes` gives the points that a mouse would visit, and `rasterise` the ink that a canvas
with round pens would show. Nothing here knows the networks that are tested with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

SIDE = 280  # canvas pixels
FINER = 4  # the ink is painted this much finer and then averaged, as browsers smooth edges

# Points x,y in hundredths of the digit's height, y downwards; "!" is a sharp corner, all else is
# passed smoothly; ";" lifts the pen.
STYLES: dict[int, tuple[str, ...]] = {
    0: (
        "32,0 8,14 0,50 9,86 31,100 53,86 61,50 54,14 32,0",
        "24,0 6,16 0,52 7,88 20,100 35,86 40,48 35,14 22,1",
        "45,2 16,8 0,48 14,90 42,100 74,84 82,44 64,8 38,1",
        "44,10 24,1 4,26 2,66 20,98 44,92 58,58 52,18 30,3 20,10",
    ),
    1: (
        "30,0 30,100",
        "12,22 32,0! 32,100",
        "10,24 32,0! 32,100 ; 8,100 56,100",
        "40,0 22,100",
        "0,36 34,0! 34,100",
    ),
    2: (
        "3,24 14,5 34,0 53,12 52,36 28,70 0,100! 62,100",
        "5,22 24,1 49,9 52,34 32,72 10,96 2,86 14,78 36,94 64,97",
        "2,14 26,3 52,6 53,28 30,62 3,98! 34,94 62,97",
        "6,28 8,8 34,0 56,18 46,48 22,78 2,99! 60,95",
    ),
    3: (
        "4,14 24,0 49,9 49,32 20,46! 51,57 58,80 32,100 2,88",
        "4,3 56,3! 24,42! 52,52 59,78 32,100 2,90",
        "6,12 28,0 52,14 44,38 24,46 33,50 54,62 55,86 28,100 3,90",
        "8,8 34,2 46,18 34,40 16,47! 44,50 52,74 34,97 4,94",
    ),
    4: (
        "12,0 3,56! 62,56 ; 45,8 45,100",
        "44,0! 0,66! 64,66 ; 44,0 44,100",
        "46,100 46,0! 0,64! 64,64",
        "8,2 6,34 20,50 50,44 ; 52,0 50,50 44,100",
        "22,0 2,60! 60,54 ; 42,28 38,100",
    ),
    5: (
        "14,2 10,44! 34,37 57,58 48,91 22,100 2,91 ; 14,2 60,0",
        "56,1 13,3! 9,44! 35,36 58,59 48,92 22,100 1,90",
        "55,4 22,3 11,24 22,41 46,50 56,72 40,97 4,95",
        "52,0 14,2! 8,48! 40,44 52,72 34,98 2,96",
    ),
    6: (
        "46,2 20,22 3,60 9,91 32,100 54,86 51,62 30,55 7,72",
        "40,0 10,56 5,84 24,100 49,92 54,70 36,58 9,72",
        "34,0 8,40 2,74 18,99 44,94 52,74 40,56 18,60 6,80",
        "52,8 34,1 12,24 3,64 14,96 40,97 55,76 42,52 16,56 5,72",
    ),
    7: (
        "0,3 58,3! 22,100",
        "0,4 58,3! 24,100 ; 14,52 54,50",
        "2,17 3,3! 58,4! 27,100",
        "0,8 28,9 60,3! 36,42 27,100",
        "4,6 60,0! 40,36 30,100 ; 18,46 56,48",
    ),
    8: (
        "50,12 29,0 6,14 15,37 45,57 55,82 30,100 3,82 15,57 45,37 51,14",
        "30,0 9,10 8,32 30,46 51,32 51,10 30,0 ; 30,46 5,58 3,86 30,100 57,86 55,58 30,46",
        "30,47 10,32 12,8 32,0 50,14 44,36 12,62 6,86 30,100 52,84 46,60 28,46",
        "54,8 26,2 10,18 26,42 50,62 46,94 16,96 6,74 24,50 50,28 52,6",
    ),
    9: (
        "50,12 26,0 4,16 8,42 32,49 49,32 53,4! 50,100",
        "50,12 26,1 4,16 8,40 32,46 50,28 53,5! 53,60 42,95 10,94",
        "50,16 30,0 6,13 9,40 34,45 52,18 50,56 34,100",
        "46,4 18,2 3,26 20,48 44,34 48,6! 40,60 34,100",
    ),
}


@dataclass(frozen=True)
class Hand:
    """How one drawing is made: lengths in canvas pixels, slant as a tangent, turn in radians."""

    size: float
    thickness: int
    width: float
    slant: float
    turn: float
    sloppiness: float
    tremor: float
    spacing: float


def hand(seed: int) -> Hand:
    """Return the random hand of `seed`: sizes 40 to 250 px, pens 8 to 30 px, slant up to 20 degrees either way.

    A pen is at most three tenths of the digit it draws: with a thicker one the holes of an 8 close,
    and nobody could read it.
    """
    random = np.random.default_rng([seed, 1])
    size = random.uniform(40, 250)
    return Hand(
        size=size,
        thickness=int(min(random.uniform(8, 30), max(8, 0.3 * size))),
        width=random.uniform(0.75, 1.25),
        slant=np.tan(np.radians(random.uniform(-20, 20))),
        turn=np.radians(random.uniform(-7, 7)),
        sloppiness=random.uniform(0.01, 0.035),
        tremor=random.uniform(0.002, 0.009),
        spacing=random.uniform(2.5, 12),
    )


def thickness(seed: int) -> int:
    """Return the pen's thickness of the drawing `seed`, in canvas pixels (8 to 30)."""
    return hand(seed).thickness


def strokes(digit: int, seed: int) -> list[np.ndarray]:
    """Return the drawing `seed` of `digit`: one (n, 2) array of x, y per stroke, whole pixels of the canvas."""
    held, random = hand(seed), np.random.default_rng([seed, 2, digit])
    style = STYLES[digit][random.integers(len(STYLES[digit]))]
    paths = [_path(stroke, held, random) for stroke in style.split(";")]
    paths = _placed(paths, held, random)
    return [_visited(path, held, random) for path in paths]


def _path(stroke: str, held: Hand, random: np.random.Generator) -> np.ndarray:
    """Return the stroke as a dense curve (n, 2), y from about 0 to 1, its points put down a little carelessly."""
    words = stroke.split()
    points = np.array([word.rstrip("!").split(",") for word in words], float) / 100
    points += random.normal(0, held.sloppiness, points.shape)
    corners = [i for i, word in enumerate(words) if word.endswith("!")]
    ends = [0, *corners, len(points) - 1]
    return np.concatenate([_smooth(points[a : b + 1]) for a, b in pairwise(ends)])


def _smooth(points: np.ndarray) -> np.ndarray:
    """Return a Catmull-Rom curve through (n, 2) points, 24 steps between two of them."""
    padded = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    before, start, end, after = (padded[i : len(padded) - 3 + i, None] for i in range(4))
    t = np.linspace(0, 1, 24, endpoint=False)[:, None]
    curve = start + t * (end - before) / 2
    curve = curve + t**2 * (before - 2.5 * start + 2 * end - after / 2)
    curve = curve + t**3 * (3 * (start - end) + after - before) / 2
    return np.concatenate([curve.reshape(-1, 2), points[-1:]])


def _placed(paths: list[np.ndarray], held: Hand, random: np.random.Generator) -> list[np.ndarray]:
    """Return the paths in canvas pixels: widened, slanted, turned, and anywhere, one in four in a corner."""
    cosine, sine = np.cos(held.turn), np.sin(held.turn)
    shape = np.array([[cosine, -sine], [sine, cosine]]) @ np.array([[held.width, -held.slant], [0, 1]])
    paths = [held.size * path @ shape.T for path in paths]
    low, high = np.min(np.vstack(paths), 0), np.max(np.vstack(paths), 0)
    fit = min(1.0, (SIDE - 6) / max(high - low))  # a wide, slanted digit of 250 px must be drawn smaller
    room = SIDE - 6 - fit * (high - low)
    share = random.integers(0, 2, 2) if random.random() < 0.25 else random.random(2)
    return [fit * (path - low) + 3 + room * share for path in paths]


def _visited(path: np.ndarray, held: Hand, random: np.random.Generator) -> np.ndarray:
    """Return the whole pixels at which the mouse reports while it follows the path, at an uneven speed."""
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    waves = np.arange(1, 5)
    shake = random.normal(size=(2, 4)) @ np.sin(
        2 * np.pi * waves[:, None] * length / (0.4 * held.size) + random.uniform(0, 6.3, (4, 1))
    )
    path = path + held.tremor * held.size * shake.T / 2
    steps = held.spacing * np.exp(random.normal(0, 0.5, int(length[-1]) + 2))
    stops = np.cumsum(np.maximum(steps, 1))
    stops = np.concatenate([[0], stops[stops < length[-1]], length[-1:]])
    visited = np.stack([np.interp(stops, length, axis) for axis in path.T], 1) + random.normal(0, 0.4, (len(stops), 2))
    return np.clip(visited.round(), 1, SIDE - 2)


def rasterise(drawing: list[np.ndarray], pen: int) -> np.ndarray:
    """Return the drawing as a canvas shows it: (280, 280) uint8 ink, 255 where the pen was, round caps and joins."""
    image = Image.new("L", (SIDE * FINER, SIDE * FINER))
    paint, radius = ImageDraw.Draw(image), pen * FINER / 2
    for stroke in drawing:
        points = [tuple(point) for point in (_rounded(stroke) + 0.5) * FINER]
        paint.line(points, fill=255, width=round(2 * radius))
        for x, y in points:
            paint.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BOX))


def _rounded(stroke: np.ndarray) -> np.ndarray:
    """Return the stroke as drawing canvases join it: quadratic curves from middle to middle, mouse points between."""
    if len(stroke) < 3:
        return stroke
    middles = (stroke[1:] + stroke[:-1]) / 2
    t = np.linspace(0, 1, 5)[:, None, None]
    curve = (1 - t) ** 2 * middles[:-1] + 2 * t * (1 - t) * stroke[1:-1] + t**2 * middles[1:]
    return np.concatenate([stroke[:1], curve.transpose(1, 0, 2).reshape(-1, 2), stroke[-1:]])
