"""A drawing is the same on the canvas, in a link and as a picture."""

import json
import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from dlviz.concepts.cnn.spec import View
from dlviz.ui import strokes
from dlviz.ui.strokes import SIDE, Stroke, from_canvas, from_text, picture, to_canvas, to_text

WHITE = "#FFFFFF"
points = some.tuples(some.integers(0, SIDE), some.integers(0, SIDE))
drawings = some.lists(some.lists(points, min_size=2, max_size=12), min_size=1, max_size=6)
pens = some.integers(1, 60)


@given(drawings, pens)
def test_a_drawing_comes_back_from_its_text(rows: list[Stroke], pen: int) -> None:
    assert from_text(to_text(rows, pen)) == (rows, pen)


@given(drawings, pens)
def test_a_drawing_comes_back_from_the_canvas(rows: list[Stroke], pen: int) -> None:
    canvas = json.loads(json.dumps(to_canvas(rows, pen, WHITE)))  # as it travels
    assert from_canvas(canvas) == rows
    assert {one["strokeWidth"] for one in canvas["objects"]} == {pen}


def test_a_dot_is_drawn_and_stays_a_dot() -> None:
    once = from_canvas(to_canvas([[(7, 9)]], 20, WHITE))
    assert set(once[0]) == {(7, 9)}
    assert from_canvas(to_canvas(once, 20, WHITE)) == once


def test_the_curves_of_the_canvas_pass_their_end_points() -> None:
    path = [["M", 10.4, 20.6], ["Q", 99, 99, 30.2, 40.1], ["L", 50, 60], ["z"]]
    assert from_canvas({"objects": [{"path": path}, {"type": "rect"}, {"path": []}]}) == [
        [(10, 21), (30, 40), (50, 60)]
    ]


@pytest.mark.parametrize("drawing", [None, {}, {"objects": None}, {"objects": []}])
def test_nothing_drawn_is_no_stroke(drawing: dict[str, object] | None) -> None:
    assert from_canvas(drawing) == []
    assert to_text([], 20) == to_text([[]], 20) == ""
    assert from_text("") == ([], 0)


@given(some.integers(200, 3000), some.integers(1, 4))
def test_a_long_drawing_is_thinned_out_until_it_fits_a_link(length: int, count: int) -> None:
    rows = [[(i % SIDE, (i * 7 + k) % SIDE) for i in range(length)] for k in range(count)]
    text = to_text(rows, 20)
    assert 0 < len(text) < strokes.LONGEST
    assert View(drawing=text).drawing == text
    thinned, pen = from_text(text)
    assert pen == 20
    for before, after in zip(rows, thinned, strict=True):
        assert (after[0], after[-1]) == (before[0], before[-1])  # where a stroke begins and ends is kept
        assert set(after) <= set(before)


@example("20:1")
@example("20:1,2,3")
@example("0:1,2")
@example("61:1,2")
@example("-5:1,2")
@example("20:a,b")
@example(":")
@example("20:,;,")
@given(some.text(max_size=30))
def test_any_text_is_a_drawing_or_a_value_error(text: str) -> None:
    try:
        rows, pen = from_text(text)
    except ValueError:
        return
    assert all(len(row) >= 1 for row in rows)
    assert pen == 0 or 1 <= pen <= 60
    assert picture(rows, pen or 1).shape == (SIDE, SIDE, 4)


def test_points_far_outside_are_brought_near() -> None:
    assert from_text(f"20:{10**12},{-(10**12)}") == ([[(2 * SIDE, -SIDE)]], 20)


# ------------------------------------------------------------------------------------------ picture


@pytest.mark.parametrize("pen", [6, 20, 36])
def test_the_ink_of_a_line_is_its_length_times_its_width_and_two_half_discs(pen: int) -> None:
    length = 120
    ink = picture([[(80, 140), (80 + length, 140)]], pen)[..., 0].sum() / 255
    assert ink == pytest.approx(length * pen + math.pi * (pen / 2) ** 2, rel=0.05)


@pytest.mark.parametrize("pen", [10, 20, 36])
def test_a_dot_is_a_disc_around_its_place(pen: int) -> None:
    ink = picture([[(100, 60)]], pen)[..., 0] / 255
    rows, columns = np.indices(ink.shape)
    assert ink.sum() == pytest.approx(math.pi * (pen / 2) ** 2, rel=0.12)
    assert ((rows * ink).sum() / ink.sum(), (columns * ink).sum() / ink.sum()) == pytest.approx((60, 100), abs=0.6)


def test_strokes_lie_over_each_other_and_nothing_is_black() -> None:
    one, other = [(10, 10), (200, 200)], [(10, 200), (200, 10)]
    both = picture([one, other], 20)
    assert np.array_equal(both[..., 0], np.maximum(picture([one], 20), picture([other], 20))[..., 0])
    assert not picture([], 20)[..., :3].any()
    assert (both[..., 3] == 255).all()
    assert both.dtype == np.uint8
