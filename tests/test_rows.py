"""Points written as text read back to within half a step, and nothing else is taken for points."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dlviz import rows
from dlviz.rows import count_classes, count_rows, read_rows, rows_text

HALF_A_STEP = 0.5 / rows.REACH + 1e-9
places = some.floats(-6, 6)
numbers = some.lists(some.tuples(places, places, some.floats(-1, 1)), max_size=20)
classes = some.lists(some.tuples(places, places, some.integers(0, 3)), max_size=20)


@given(classes)
def test_points_with_a_class_read_back(given_rows: list[tuple[float, float, int]]) -> None:
    text = rows_text(given_rows, "class")
    assert count_rows(text, "class") == len(given_rows)
    for (x1, x2, label), read in zip(given_rows, read_rows(text, 5), strict=True):
        assert read == (pytest.approx(x1, abs=6 * HALF_A_STEP), pytest.approx(x2, abs=6 * HALF_A_STEP), label)


@given(numbers)
def test_points_with_a_number_read_back(given_rows: list[tuple[float, float, float]]) -> None:
    text = rows_text(given_rows, "number")
    assert count_rows(text, "number") == len(given_rows)
    assert [row[2] for row in read_rows(text, 6)] == pytest.approx([row[2] for row in given_rows], abs=HALF_A_STEP)


@given(numbers)
def test_what_was_read_is_written_the_same(given_rows: list[tuple[float, float, float]]) -> None:
    text = rows_text(given_rows, "number")
    assert rows_text(read_rows(text, 6), "number") == text


def test_zero_and_the_edges_are_exact_and_nothing_lies_beyond() -> None:
    assert read_rows(rows_text([(0, 6, 1), (-6, 99, 3)], "class"), 5) == [(0, 6, 1), (-6, 6, 3)]
    assert read_rows("AAAAAA", 6) == [(-6, -6, -1)]
    assert rows_text([], "class") == "" and read_rows("", 5) == []


@pytest.mark.parametrize("row", [(float("nan"), 0, 0), (0, 0, 4), (0, 0, 0.5), (0, 0, -1), (0, 0, float("nan"))])
def test_what_is_no_point_is_refused(row: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="rows: "):
        rows_text([row], "class")


@given(some.text(max_size=12), some.sampled_from(["class", "number"]))
def test_any_text_is_counted_or_refused(text: str, label: rows.Label) -> None:
    try:
        count = count_rows(text, label)
    except ValueError as error:
        assert "is not written as rows" in str(error)
    else:
        assert len(read_rows(text, rows.WIDTH[label])) == count


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="2001 are too many; at most 2000"):
        count_rows("gAgA0" * 2001, "class")


@given(classes)
def test_classes_go_up_to_the_highest_and_are_two_at_least(given_rows: list[tuple[float, float, int]]) -> None:
    highest = max((label for *_, label in given_rows), default=0)
    assert count_classes(rows_text(given_rows, "class")) == max(2, highest + 1)
