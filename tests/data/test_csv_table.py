"""Tables as people write them: against Python's own reader and pandas, and every mistake by its line."""

import io
import pickle

import pandas as pd
import pytest

from dlviz.data.csv_table import CsvError, number, read_table

PLAIN = "x,y,kind\n1.5,-2,a\n3,4e-1,b\n.5,+6.,a\n"
CELLS = [("1.5", "-2", "a"), ("3", "4e-1", "b"), (".5", "+6.", "a")]


def cells(content) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(content).rows]


def problems(content) -> list[tuple[str, dict]]:
    with pytest.raises(CsvError) as refused:
        read_table(content)
    return [(problem.code, dict(problem.values)) for problem in refused.value.problems]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " "])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found(delimiter, end):
    text = PLAIN.replace(",", delimiter).replace("\n", end)
    table = read_table(text)
    assert (table.delimiter, table.decimal, table.heading) == (delimiter, ".", True)
    assert (table.names, table.numeric) == (("x", "y", "kind"), (0, 1))
    assert [row.cells for row in table.rows] == CELLS
    assert [row.line for row in table.rows] == [2, 3, 4]


@pytest.mark.parametrize("delimiter", [";", "\t", "|", " "])
def test_a_comma_may_be_a_decimal_point(delimiter):
    text = "1,5;-2,25;a\n3;0,4;b\n7,125;6;a\n".replace(";", delimiter)
    table = read_table(text)
    assert (table.delimiter, table.decimal, table.heading) == (delimiter, ",", False)
    read = pd.read_csv(io.StringIO(text), sep=delimiter, decimal=",", header=None)
    assert [[table.number(cell) for cell in row.cells[:2]] for row in table.rows] == read[[0, 1]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1", ".", 1.0),
        ("-1.5e3", ".", -1500.0),
        ("−2", ".", -2.0),
        ("1,5", ",", 1.5),
        ("1e999", ".", float("inf")),
        *(
            (cell, ".", None)
            for cell in ("", "1,5", "nan", "inf", "1_000", "0x1", "１", "1 2", "e5", "-", ".", "9" * 41)
        ),
        *((cell, ",", None) for cell in ("1.5", "1,", ",", "1.000,5")),
    ],
)
def test_only_what_everybody_writes_as_a_number_is_one(cell, decimal, value):
    assert number(cell, decimal) == value


def test_quoted_cells_hold_delimiters_quotes_and_lines():
    text = 'x,y,kind\n1,2,"a, ""b""\nc"\n3,4,d\n'
    table = read_table(text)
    assert [row.cells for row in table.rows] == [("1", "2", 'a, "b"\nc'), ("3", "4", "d")]
    assert [row.line for row in table.rows] == [3, 4]


def test_what_is_around_the_table_does_not_matter():
    text = "# made by hand\n\nx, y ,kind,,\n1.5 ,-2,a,,\n , ,,,\n3,4e-1,b,,\n#,,\n.5,+6.,a,,\n\n"
    assert cells(text) == CELLS
    assert [row.line for row in read_table(text).rows] == [4, 6, 8]
    assert cells("sep=;\n" + PLAIN.replace(",", ";")) == CELLS
    assert read_table("sep=;\r\n" + PLAIN.replace(",", ";")).rows[0].line == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_files_of_any_origin_are_read(encoding):
    table = read_table("横,纵,类别\n1,2,苹果\n3,4,梨\n".encode(encoding))
    assert table.names == ("横", "纵", "类别")
    assert table.rows[0].cells[2] == "苹果"


@pytest.mark.parametrize(
    ("text", "heading"),
    [("a,b\n1,2\n3,4", True), ("1,2\n3,4\n5,6", False), ("1,b,q\n3,4,r\n5,6,s", False), ("a,b,c\nd,e,f", True)],
)
def test_a_heading_has_no_number_above_numbers(text, heading):
    table = read_table(text)
    assert table.heading == heading
    assert len(table.rows) == text.count("\n") + (not heading)
    assert table.names == (tuple(text.split("\n")[0].split(",")) if heading else ("1", "2", "3")[: len(table.names)])


# ------------------------------------------------------------------------------------ mistakes


def test_rows_of_another_width_are_told_by_their_lines():
    assert problems("1,2,3\n4,5\n6,7,8\n\n1,2,3,4\n5,6,7\n") == [
        ("cells", {"line": 2, "found": 2, "wanted": 3}),
        ("cells", {"line": 5, "found": 4, "wanted": 3}),
    ]


def test_five_mistakes_are_told_and_the_others_counted():
    told = problems("1,2,3\n" * 10 + "4,5\n" * 8)
    assert [values.get("line") for _, values in told] == [11, 12, 13, 14, 15, None]
    assert told[-1] == ("and_more", {"count": 3})


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", ("empty", {})),
        (" \n# nothing\n\n", ("empty", {})),
        ("\nhello\nworld\n", ("one_column", {"line": 2, "text": "hello"})),
        ('1,2\n3,"4\n5,6\n', ("quotes", {"line": 3})),
        ('1,2\n"3"x,4\n5,6\n', ("quotes", {"line": 2})),
        ("1,2\0\n", ("not_text", {})),
        (b"\xff\xff\xff\n", ("not_text", {})),
        (b"\xff\xfea", ("not_text", {})),
        (b"PK\x03\x04 and so on", ("workbook", {})),
        ("1,2\n" * 250_001, ("too_large", {"size": 1_000_004, "most": 1_000_000})),
        (b"1,2\n" * 500_001, ("too_large", {"size": 2_000_004, "most": 1_000_000})),
        ("1,2\n" + "3" * 10_001 + "\n", ("long_line", {"line": 2, "size": 10_001, "most": 10_000})),
        ("1," * 60 + "2\n", ("too_many_columns", {"columns": 61, "most": 50})),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content, problem):
    assert problems(content) == [problem]


def test_an_error_says_everything_and_survives_the_way_from_a_worker():
    with pytest.raises(ValueError, match=r"^csv: cells \(line 2, found 1, wanted 2\)$") as refused:
        read_table("1,2\n3\n4,5")
    copy = pickle.loads(pickle.dumps(refused.value))
    assert (str(copy), copy.problems) == (str(refused.value), refused.value.problems)
