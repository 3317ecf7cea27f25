"""Strokes on the drawing canvas: as the canvas holds them, as text for a link, and as a picture.

The text is `thickness:x,y,x,y;x,y,…` in whole pixels of the canvas; a stroke is a row of points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from PIL import Image, ImageDraw

Stroke = list[tuple[int, int]]
SIDE = 280  # pixels of the canvas
LONGEST = 3_900  # characters of the text
FINER = 2  # the picture is drawn larger and scaled down, which smooths its edges


def from_canvas(drawing: Mapping[str, object] | None) -> list[Stroke]:
    """Return the strokes of the canvas's JSON, each at the points the pointer passed."""
    objects = (drawing or {}).get("objects") or []
    return [points for one in objects if (points := _points(one.get("path") or []))]


def _points(path: Sequence[Sequence[object]]) -> Stroke:
    """Return the end points of a path's commands (M x y, L x y, Q cx cy x y)."""
    ends = [command[-2:] for command in path if len(command) >= 3]
    return [(round(float(x)), round(float(y))) for x, y in ends]


def to_text(strokes: Iterable[Stroke], thickness: int) -> str:
    """Return strokes as text, thinned out until they fit a link."""
    rows = [stroke for stroke in strokes if stroke]
    if not rows:
        return ""
    for every in (1, 2, 3, 4, 6, 8, 12, 16, 32):
        text = ";".join(",".join(f"{x},{y}" for x, y in _thinned(row, every)) for row in rows)
        if len(text) < LONGEST:
            return f"{thickness}:{text}"
    return ""


def _thinned(stroke: Stroke, every: int) -> Stroke:
    return [*stroke[:-1:every], stroke[-1]]


def from_text(text: str) -> tuple[list[Stroke], int]:
    """Return the strokes and their thickness in pixels that `text` says. Raises: ValueError where it says none."""
    if not text:
        return [], 0
    head, _, body = text.partition(":")
    thickness = int(head)
    if not 1 <= thickness <= 60:
        raise ValueError(f"drawing: thickness {thickness} is not between 1 and 60")
    return [_read(part) for part in body.split(";") if part], thickness


def _read(part: str) -> Stroke:
    numbers = [min(max(int(number), -SIDE), 2 * SIDE) for number in part.split(",")]
    if len(numbers) % 2:
        raise ValueError("drawing: a point has two coordinates")
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def to_canvas(strokes: Iterable[Stroke], thickness: int, colour: str) -> dict[str, object]:
    """Return what the canvas shows as its first drawing."""
    return {"objects": [_path(stroke, thickness, colour) for stroke in strokes]}


def _path(stroke: Stroke, thickness: int, colour: str) -> dict[str, object]:
    (x, y), *rest = stroke
    path = [["M", x, y], *(["L", a, b] for a, b in rest or [(x + 0.1, y)])]
    look = {"stroke": colour, "strokeWidth": thickness, "strokeLineCap": "round", "strokeLineJoin": "round"}
    return {"type": "path", "fill": None, "path": path, **look}


def picture(strokes: Iterable[Stroke], thickness: int) -> np.ndarray:
    """Return the strokes as the canvas draws them: (280, 280, 4) uint8, white on black, round ends and joins."""
    image = Image.new("L", (SIDE * FINER, SIDE * FINER))
    pen = ImageDraw.Draw(image)
    radius = thickness * FINER / 2
    for stroke in strokes:
        points = [(x * FINER, y * FINER) for x, y in stroke]
        if len(points) > 1:
            pen.line(points, fill=255, width=round(2 * radius), joint="curve")
        for x, y in points:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    grey = np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BOX))
    return np.dstack([grey, grey, grey, np.full_like(grey, 255)])
