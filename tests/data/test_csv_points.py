"""Points from tables: columns, classes and scales as they should be; whatever comes in, only ValueErrors come out."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sklearn.datasets import load_iris

from dlviz.data.csv_points import CsvPoints, likely_columns, points_of, read_points
from dlviz.data.csv_table import CsvError, read_table
from dlviz.words.catalogue import LANGUAGES, text

CLASSES = "x,y,kind\n0,10,b\n1,30,a\n2,20,b\n4,10,a\n"


def problems(content) -> list[tuple[str, dict]]:
    with pytest.raises(CsvError) as refused:
        read_points(content)
    return [(problem.code, dict(problem.values)) for problem in refused.value.problems]


def test_columns_fill_the_plane_and_keep_their_scale():
    points = read_points(CLASSES)
    assert points.rows == ((-5, -5, 1), (-2.5, 5, 0), (0, 0, 1), (5, -5, 0))
    assert (points.label, points.classes, points.names) == ("class", ("a", "b"), ("x", "y", "kind"))
    assert points.lines == (2, 3, 4, 5)
    back = [scaling.from_plane(place) for scaling, place in zip(points.scalings, points.rows[1][:2], strict=True)]
    assert back == [1, 30]


def test_points_that_fill_the_plane_stay_where_they_are():
    points = read_points("-5,4,0\n5,-4,1\n6,0.5,0\n-1,-2,1\n")
    assert points.rows == ((-5, 4, 0), (5, -4, 1), (6, 0.5, 0), (-1, -2, 1))
    assert {*points.scalings} == {(0, 1)}


def test_a_number_is_a_label_too():
    points = read_points("a;b;price\n1;2;100,5\n2;1;200\n3;3;300\n4;1;50\n5;5;150\n")
    assert (points.label, points.classes) == ("number", ())
    assert [label for _, _, label in points.rows] == pytest.approx([-0.596, 0.2, 1, -1, -0.2])
    assert points.scalings[2].from_plane(points.rows[0][2]) == pytest.approx(100.5)
    kept = read_points("1,2,-0.9\n2,1,0.5\n3,3,0.25\n4,1,0\n5,5,1\n")
    assert [label for _, _, label in kept.rows] == [-0.9, 0.5, 0.25, 0, 1]


@pytest.mark.parametrize(
    ("labels", "classes"),
    [("1 10 9 1.0", ("1", "9", "10")), ("b a B b", ("B", "a", "b")), ("-1 1 -1 1", ("-1", "1"))],
)
def test_classes_are_in_the_order_of_numbers_or_letters(labels, classes):
    points = read_points("\n".join(f"{place},{place * place},{label}" for place, label in enumerate(labels.split())))
    assert points.classes == classes
    assert {label for _, _, label in points.rows} == {*range(len(classes))}


def test_the_irises_are_read_as_they_are():
    iris = load_iris(as_frame=True)
    table = iris.frame.assign(target=iris.target_names[iris.target]).to_csv(index=False)
    points = read_points(table)
    assert points.classes == ("setosa", "versicolor", "virginica")
    assert points.names == ("sepal length (cm)", "sepal width (cm)", "target")
    rows = np.array(points.rows)
    assert np.array_equal(rows[:, 2], iris.target)
    assert np.ptp(rows[:, :2], axis=0) == pytest.approx([10, 10])
    assert np.corrcoef(rows[:, 0], iris.data.iloc[:, 0])[0, 1] == pytest.approx(1)
    petals = points_of(read_table(table), 2, 3, 4)
    assert petals.names[:2] == ("petal length (cm)", "petal width (cm)")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("kind,x,y\na,1,2\nb,3,4", (1, 2, 0)),
        ("x,y,z\n1,2,3\n4,5,6", (0, 1, 2)),
        ("label,x,y,note\n1,2,3,p\n4,5,6,q", (1, 2, 0)),
        ("id,x,y,kind\ni,1,2,a\nj,3,4,b", (1, 2, 3)),
        ("类别,x,y\n1,2,3\n4,5,6", (1, 2, 0)),
    ],
)
def test_the_likely_columns_are_found(text, columns):
    assert likely_columns(read_table(text)) == columns


# ------------------------------------------------------------------------------------ mistakes


def test_wrong_cells_are_told_by_line_and_column():
    text = "x,y,kind\n1,2,a\n2,two,b\n3,4,a\n,5,b\n4,1e400,a\n5,6,\n7,8,b\n9,9,a\n"
    assert problems(text) == [("missing", {"line": 5, "column": "x"})]
    assert problems(text.replace("\n,5", "\n1,5")) == [
        ("no_number", {"line": 3, "column": "y", "value": "two"}),
        ("huge", {"line": 6, "column": "y", "value": "1e400"}),
    ]
    assert problems(text.replace("\n,5", "\n1,5").replace("two", "2").replace("1e400", "3")) == [
        ("missing", {"line": 7, "column": "kind"})
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1,a\n2,b\n3,a\n4,b", ("few_numbers", {"found": 1})),
        ("a,b,c\nd,e,f\n", ("few_numbers", {"found": 0})),
        ("1,2,a\n2,3,b\n3,3,a", ("rows", {"found": 3, "fewest": 4, "most": 2000})),
        ("1,2,a\n" * 2001, ("rows", {"found": 2001, "fewest": 4, "most": 2000})),
        ("1,2,a\n2,3,a\n3,3,a\n4,2,a", ("one_class", {"column": "3", "value": "a"})),
        ("7,1,a\n7,2,b\n7,3,a\n7,4,b", ("constant", {"column": "1", "value": 7.0})),
        (
            "x,y,k\n1,2,a\n2,3,b\n3,3,c\n4,2,d\n5,1,e\n6,6,f",
            ("many_classes", {"found": 6, "line": 6, "column": "k", "value": "e", "most": 4}),
        ),
    ],
)
def test_tables_without_points_are_refused_with_their_reason(text, problem):
    assert problems(text) == [problem]


def test_columns_must_be_three_different_ones():
    table = read_table(CLASSES)
    for columns in [(0, 0, 2), (0, 1, 3), (-1, 0, 1)]:
        with pytest.raises(CsvError, match=r"columns \(wanted 3, found 3\)"):
            points_of(table, *columns)


# ----------------------------------------------------------------------------- hostile input

PIECES = (
    *"0123456789.,;|\t -+eE\"'#\n\r\0",
    *("\r\n", "\n\n", '""', "1e999", "-0", "nan", "1e-320", "9" * 60, "é", "类", "\u2028", "\ufeff", "sep=;\n", "🙂"),
)
WHERE_IT_HURTS = ("", "x", "1e400", '"', "-", "1;2", "nan", "\n", "1e-310", "\0", "9" * 50)


def hostile(chance: random.Random) -> str | bytes:
    """Return a text or file by one of three ways: any pieces, a table with mistakes in it, or any bytes."""
    kind = chance.random()
    if kind < 0.3:
        return "".join(chance.choices(PIECES, k=chance.randrange(80)))
    if kind < 0.4:
        return chance.randbytes(chance.randrange(60))
    delimiter, width = chance.choice(",;\t| "), chance.randint(2, 5)
    columns = [_column(chance, chance.randint(1, 12)) for _ in range(width)]
    for _ in range(chance.choice((0, 0, 1, 3))):
        column = chance.choice(columns)
        column[chance.randrange(len(column))] = chance.choice(WHERE_IT_HURTS)
    return "\n".join(map(delimiter.join, zip(*columns, strict=False)))


def _column(chance: random.Random, rows: int) -> list[str]:
    if chance.random() < 0.3:
        return [chance.choice("abc0") for _ in range(rows)]
    scale, middle = 10.0 ** chance.choice((0, 0, 1, 3, 90, -300)), chance.choice((0, 0, 1, 1e12))
    return [f"{middle + scale * chance.uniform(-9, 9):.17g}" for _ in range(rows)]


def allowed(points: CsvPoints) -> bool:
    """Return whether points are what the plane can hold."""
    most = (6, 6, 3 if points.label == "class" else 1 + 1e-6)
    least = (-6, -6, 0 if points.label == "class" else -1 - 1e-6)
    return all(low <= value <= high for row in points.rows for low, value, high in zip(least, row, most, strict=True))


@pytest.mark.parametrize("part", range(4))
@settings(max_examples=2500)
@given(seed=some.integers(0, 2**60))
def test_whatever_comes_in_is_points_or_a_value_error(part, seed):
    content = hostile(random.Random(4 * seed + part))
    try:
        points = read_points(content)
    except CsvError as error:
        for problem in error.problems:
            assert all(text(f"csv.{problem.code}", language, **problem.values) for language in LANGUAGES)
    else:
        assert allowed(points)
        assert all(math.isfinite(number) for scaling in points.scalings for number in scaling)


@given(some.text(max_size=200) | some.binary(max_size=200))
def test_any_text_and_any_bytes_are_points_or_a_value_error(content):
    try:
        read_points(content)
    except ValueError:
        return


def test_the_hostile_tables_are_of_many_kinds():
    chance, codes = random.Random(0), set()
    for _ in range(3000):
        try:
            codes.add(read_points(hostile(chance)).label)
        except CsvError as error:
            codes |= {problem.code for problem in error.problems}
    assert {"class", "number", "cells", "missing", "no_number", "constant", "quotes", "few_numbers"} <= codes
