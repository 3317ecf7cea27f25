"""Your own points: any table with two columns of numbers and a label becomes points on the plane.

The label is what is to be learnt: a class, of up to four, or a number. The columns are stretched so that
the points fill the plane, and how they were stretched is kept, so that a point of the plane can be told
in the table's own units.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dlviz.data.csv_table import QUOTED, Problem, Table, number, read_table, refuse, refuse_all
from dlviz.rows import EXTENT, MOST_CLASSES, MOST_ROWS, Label

FEWEST_ROWS = 4  # two to learn from, two to judge by
FILLED = 5.0  # how far stretched points reach; the plane's edge is at 6
NO_SPREAD = 1e-9  # of the largest number: differences that are rounding, or nearly so
USUAL_LABELS = ("label", "class", "target", "species", "category", "group", "标签", "类别", "分类")


class Scaling(NamedTuple):
    """How a column was stretched: what stands in the table is `middle` + `unit` times what stands on the plane."""

    middle: float
    unit: float

    def onto_plane(self, value: float) -> float:
        """Return where on the plane a value of the table is."""
        return (value - self.middle) / self.unit

    def from_plane(self, place: float) -> float:
        """Return the value of the table that belongs to a place on the plane."""
        return self.middle + self.unit * place


class CsvPoints(NamedTuple):
    """Points from a table: `rows` (x1, x2, label), x1 and x2 from -6 to 6, the label 0 to 3 or a number -1 to 1.

    `names` of the two columns and the label; `classes`: what each class is called, empty for numbers;
    `lines`: where each row stood in the text; `scalings` of x1, x2 and of a number (classes have none).
    """

    rows: tuple[tuple[float, float, float], ...]
    label: Label
    names: tuple[str, str, str]
    classes: tuple[str, ...]
    lines: tuple[int, ...]
    scalings: tuple[Scaling, ...]


def read_points(content: str | bytes) -> CsvPoints:
    """Return the points in a text or file, with the columns that are most likely meant.

    Raises: CsvError, a ValueError that tells what does not fit by its line.
    """
    table = read_table(content)
    return points_of(table, *likely_columns(table))


def likely_columns(table: Table) -> tuple[int, int, int]:
    """Return the positions of x1, x2 and the label: the first two of numbers, and a column whose name says so.

    Without such a name, the label is the last column that holds no numbers, or the last one.
    Raises: CsvError where there are too few columns of numbers.
    """
    named = [place for place, name in enumerate(table.names) if name.lower() in USUAL_LABELS]
    words = [place for place in range(len(table.names)) if place not in table.numeric]
    label = (named or words or [len(table.names) - 1])[-1]
    numeric = [place for place in table.numeric if place != label]
    if len(numeric) < 2:
        raise refuse("few_numbers", found=len(numeric))
    return numeric[0], numeric[1], label


def points_of(table: Table, x1: int, x2: int, label: int) -> CsvPoints:
    """Return the points that the columns at these positions (0 is the first) are.

    Raises: CsvError, a ValueError that tells what does not fit by its line.
    """
    if len({x1, x2, label}) < 3 or not all(0 <= place < len(table.names) for place in (x1, x2, label)):
        raise refuse("columns", wanted=3, found=len(table.names))
    if not FEWEST_ROWS <= len(table.rows) <= MOST_ROWS:
        raise refuse("rows", found=len(table.rows), fewest=FEWEST_ROWS, most=MOST_ROWS)
    across, down = _numbers(table, x1), _numbers(table, x2)
    kind, labels, classes = _labels(table, label)
    scalings = [_scaling(across, table.names[x1]), _scaling(down, table.names[x2])]
    scalings = _kept_where_they_fit(scalings, [across, down], EXTENT)
    if kind == "number":
        scalings += _kept_where_they_fit([_scaling(labels, table.names[label], 1.0)], [labels], 1.0)
    columns = [across, down, labels]
    for place, scaling in enumerate(scalings):
        columns[place] = [scaling.onto_plane(value) for value in columns[place]]
    names = (table.names[x1], table.names[x2], table.names[label])
    lines = tuple(row.line for row in table.rows)
    return CsvPoints(tuple(zip(*columns, strict=True)), kind, names, classes, lines, tuple(scalings))


# ------------------------------------------------------------------------------------- columns


def _numbers(table: Table, column: int) -> list[float]:
    """Return the numbers of a column; every cell must be one."""
    values = [table.number(row.cells[column]) for row in table.rows]
    wrong = [
        _wrong_cell(row.line, table.names[column], row.cells[column], value)
        for row, value in zip(table.rows, values, strict=True)
        if value is None or not _allowed(value)
    ]
    refuse_all(wrong)
    return values


def _allowed(value: float) -> bool:
    return abs(value) <= 1e100  # so that nothing overflows


def _wrong_cell(line: int, column: str, cell: str, value: float | None) -> Problem:
    code = "missing" if not cell else "no_number" if value is None else "huge"
    return Problem(code, {"line": line, "column": column, **({"value": cell[:QUOTED]} if cell else {})})


def _labels(table: Table, column: int) -> tuple[Label, list[float], tuple[str, ...]]:
    """Return whether labels are classes or numbers, the labels as numbers, and the names of the classes."""
    name, cells = table.names[column], [row.cells[column] for row in table.rows]
    refuse_all([Problem("missing", {"line": row.line, "column": name}) for row in table.rows if not row.cells[column]])
    kinds = [_kind(table, cell) for cell in cells]  # 1 and 1.0 are the same class
    found = list(dict.fromkeys(kinds))
    if len(found) < 2:
        raise refuse("one_class", column=name, value=found[0])
    if len(found) <= MOST_CLASSES:
        classes = _in_order(found)
        return "class", [float(classes.index(kind)) for kind in kinds], tuple(classes)
    if column in table.numeric:
        return "number", _numbers(table, column), ()
    line = table.rows[kinds.index(found[MOST_CLASSES])].line
    values = {"line": line, "column": name, "value": found[MOST_CLASSES], "most": MOST_CLASSES}
    raise refuse("many_classes", found=len(found), **values)


def _kind(table: Table, cell: str) -> str:
    value = table.number(cell)
    return cell[:QUOTED] if value is None else f"{value:.12g}"


def _in_order(classes: list[str]) -> list[str]:
    """Return names of classes in the order of their numbers, or else of the alphabet."""
    values = {name: number(name) for name in classes}
    return sorted(classes) if None in values.values() else sorted(classes, key=values.__getitem__)


def _scaling(values: Sequence[float], name: str, filled: float = FILLED) -> Scaling:
    low, high = min(values), max(values)
    unit = (high - low) / 2 / filled
    if unit <= NO_SPREAD * max(-low, high, 1e-290):
        raise refuse("constant", column=name, value=low)
    return Scaling((low + high) / 2, unit)


def _kept_where_they_fit(scalings: list[Scaling], columns: Sequence[Sequence[float]], extent: float) -> list[Scaling]:
    """Return the scalings, or none at all where the columns already fill the plane around its middle."""
    ends = [(min(values), max(values)) for values in columns]
    fit = all(-extent <= low < 0 < high <= extent and max(-low, high) >= extent / 2 for low, high in ends)
    return [Scaling(0.0, 1.0)] * len(scalings) if fit else scalings
