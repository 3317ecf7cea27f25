"""A table as people have it: text in rows and columns, from a spreadsheet, a web page or a program.

Nobody agrees on how such a text is written, so it is guessed from the text itself: what stands between
two cells, whether a comma is a decimal point, whether the first line is a heading. What does not fit is
told by its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

MOST_LETTERS, LONGEST_LINE, MOST_COLUMNS, MOST_PROBLEMS = 1_000_000, 10_000, 50, 5
DELIMITERS = ("\t", ";", ",", "|", " ")  # of two that fit as well, the earlier one is taken
LOOKED_AT = 50  # lines from which the delimiter is guessed
QUOTED = 40  # characters of a wrong cell that are told
WITH_POINT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
WITH_COMMA = re.compile(r"[+-]?(?:[0-9]+(?:,[0-9]+)?|,[0-9]+)(?:[eE][+-]?[0-9]+)?")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how the files of spreadsheet programs begin


class Problem(NamedTuple):
    """One thing that does not fit: its `code`, for which there are words in `words/csv.py`, and their values."""

    code: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.code} ({', '.join(f'{name} {value!r}' for name, value in self.values.items())})"


class CsvError(ValueError):
    """A text that is no table of points, and why: up to five problems, in the order of their lines."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return f"csv: {'; '.join(map(str, self.problems))}"


def refuse(code: str, **values: object) -> CsvError:
    """Return the error of a single problem."""
    return CsvError(Problem(code, values))


def refuse_all(problems: Sequence[Problem]) -> None:
    """Raise one error with the first five problems and how many there are more; do nothing where there is none."""
    if not problems:
        return
    more = len(problems) - MOST_PROBLEMS
    told = problems[:MOST_PROBLEMS] if more > 0 else problems
    raise CsvError(*told, *([Problem("and_more", {"count": more})] if more > 0 else []))


class Row(NamedTuple):
    """The cells of one row, and the line (1 is the first) on which it ends."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """What was read: `names` of the columns (their numbers where there is no heading) and the rows below.

    `numeric`: positions of the columns that mostly hold numbers. `delimiter` and `decimal`, a point or a
    comma, are as guessed.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    numeric: tuple[int, ...]
    delimiter: str
    decimal: str
    heading: bool

    def number(self, cell: str) -> float | None:
        """Return the number that a cell holds, infinite where it is too large, None where it is none."""
        return number(cell, self.decimal)


def read_table(content: str | bytes) -> Table:
    """Return the table in a text or in the bytes of a file.

    Empty lines and lines that begin with # are left out.
    Raises: CsvError, a ValueError that tells what does not fit by its line.
    """
    text = content if isinstance(content, str) else _decoded(content)
    if len(text) > MOST_LETTERS:
        raise refuse("too_large", size=len(text), most=MOST_LETTERS)
    if "\0" in text:
        raise refuse("not_text")
    text, named = _without_preface(text)
    lines = _numbered_lines(text, 1 + bool(named))
    if not lines:
        raise refuse("empty")
    line, longest = max(lines, key=lambda one: len(one[1]))
    if len(longest) > LONGEST_LINE:
        raise refuse("long_line", line=line, size=len(longest), most=LONGEST_LINE)
    delimiter = named or _guess_delimiter(lines)
    rows = list(_rows(lines, delimiter))
    if not rows:
        raise refuse("empty")
    rows = _same_width(rows)
    decimal = _guess_decimal(rows, delimiter)
    return _with_heading(rows, delimiter, decimal)


def number(cell: str, decimal: str = ".") -> float | None:
    """Return the number that a cell holds, infinite where it is too large, None where it is none."""
    plain = cell.replace("−", "-")
    if len(plain) > QUOTED or not (WITH_COMMA if decimal == "," else WITH_POINT).fullmatch(plain):
        return None
    return float(plain.replace(",", "."))


# ---------------------------------------------------------------------------------------- text


def _decoded(content: bytes) -> str:
    if content.startswith(WORKBOOKS):
        raise refuse("workbook")
    if len(content) > 2 * MOST_LETTERS:
        raise refuse("too_large", size=len(content), most=MOST_LETTERS)
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):  # what Excel writes in China
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse("not_text")


def _without_preface(text: str) -> tuple[str, str]:
    """Return the text without a byte order mark and without Excel's line "sep=;", and the delimiter named there."""
    text = text.removeprefix("\ufeff")
    found = re.match(r"sep=([\t;,| ])\r?\n", text)
    return (text[found.end() :], found[1]) if found else (text, "")


def _numbered_lines(text: str, first: int) -> list[tuple[int, str]]:
    """Return the lines with something in them and their numbers."""
    lines = enumerate(io.StringIO(text, newline=None), first)  # any of the three ways to end a line
    return [(place, line.strip("\n")) for place, line in lines if line.strip() and not line.startswith("#")]


def _rows(lines: Sequence[tuple[int, str]], delimiter: str) -> Iterator[Row]:
    """Yield the rows; a cell in quotes may hold delimiters, and lines.

    Raises: CsvError where quotes do not fit.
    """
    texts = (line.strip() + "\n" if delimiter == " " else line + "\n" for _, line in lines)
    reader = csv.reader(texts, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(lines[reader.line_num - 1][0], tuple(cell.strip() for cell in cells))
    except csv.Error:
        raise refuse("quotes", line=lines[min(reader.line_num, len(lines)) - 1][0]) from None


# ------------------------------------------------------------------------------------- guesses


def _guess_delimiter(lines: Sequence[tuple[int, str]]) -> str:
    """Return the delimiter that cuts the first lines into equally many cells, most of them numbers."""
    fits = {delimiter: _fit(lines[:LOOKED_AT], delimiter) for delimiter in DELIMITERS}
    best = max(fits, key=fits.__getitem__)
    if fits[best] < 0:
        line, text = lines[0]
        raise refuse("one_column", line=line, text=text[:QUOTED])
    return best


def _fit(lines: Sequence[tuple[int, str]], delimiter: str) -> float:
    """Return how well a delimiter fits: the share of rows of the usual width, and of numbers; below 0: not at all."""
    rows = []
    with suppress(CsvError):  # told later, where this is the delimiter
        rows.extend(_rows(lines, delimiter))
    if not rows:
        return -1
    width, count = Counter(len(row.cells) for row in rows).most_common(1)[0]
    cells = [cell for row in rows for cell in row.cells if len(row.cells) == width]
    numbers = sum(number(cell) is not None or number(cell, ",") is not None for cell in cells)
    return count / len(rows) * (0.1 + numbers / len(cells)) if width > 1 else -1


def _same_width(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without columns that are empty at the right; they must all be equally wide."""
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    if width > MOST_COLUMNS:
        raise refuse("too_many_columns", columns=width, most=MOST_COLUMNS)
    uneven = [row for row in rows if len(row.cells) != width]
    refuse_all([Problem("cells", {"line": row.line, "found": len(row.cells), "wanted": width}) for row in uneven])
    used = max(place for row in rows for place, cell in enumerate(row.cells, 1) if cell)
    return [Row(row.line, row.cells[:used]) for row in rows]


def _guess_decimal(rows: Iterable[Row], delimiter: str) -> str:
    """Return "," where more cells are numbers with a comma than with a point."""
    cells = [cell for row in rows for cell in row.cells]
    commas = sum("," in cell and number(cell, ",") is not None for cell in cells)
    points = sum("." in cell and number(cell) is not None for cell in cells)
    return "," if delimiter != "," and commas > points else "."


def _with_heading(rows: Sequence[Row], delimiter: str, decimal: str) -> Table:
    """The first row is a heading where it has no number above columns of numbers."""
    body = rows[1:] or rows
    width = len(rows[0].cells)
    numbers = Counter(
        place for row in body for place, cell in enumerate(row.cells) if number(cell, decimal) is not None
    )
    numeric = tuple(place for place in range(width) if 2 * numbers[place] > len(body))
    heading = len(rows) > 1 and all(number(rows[0].cells[place], decimal) is None for place in numeric)
    first = rows[0].cells if heading else ("",) * width
    names = tuple(name[:QUOTED] or str(place) for place, name in enumerate(first, 1))
    return Table(names, tuple(rows[1:] if heading else rows), numeric, delimiter, decimal, heading)
