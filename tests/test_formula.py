"""Formulas mean what mathematics says they mean, read back as they were written, and nothing typed does harm."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dlviz.formula import (
    CONSTANTS,
    DEEPEST,
    FUNCTIONS,
    MOST_LETTERS,
    MOST_PARTS,
    OPERATORS,
    Call,
    FormulaError,
    Line,
    Number,
    Variable,
    formula_text,
    names_in,
    number_of,
    parts_of,
    read_formula,
    read_program,
)

X, TWO = Variable("x"), Number(2.0)

leaves = some.builds(Number, some.floats(0, 1e300)) | some.sampled_from((X, Variable("y")))
calls = {**FUNCTIONS, **dict.fromkeys(OPERATORS.values(), 2), "negative": 1}


def _call(parts: some.SearchStrategy) -> some.SearchStrategy:
    return some.sampled_from(sorted(calls)).flatmap(
        lambda name: some.builds(Call, some.just(name), some.tuples(*[parts] * calls[name]))
    )


formulas = some.recursive(leaves, _call, max_leaves=12)


@given(formulas)
def test_what_was_written_reads_back_as_the_same_formula(formula):
    assert read_formula(formula_text(formula), ("x", "y")) == formula


@given(some.text() | some.text("x+-*/^() .,12e²=π;\n#sincosmax", max_size=60))
def test_whatever_is_typed_is_read_or_refused(text):
    for read in (read_formula, read_program):
        try:
            read(text)
        except FormulaError as error:
            assert 0 <= error.place <= len(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("-x^2", "-(x^2)"),
        ("2^3^2", "2^(3^2)"),
        ("2^-x", "2^(-x)"),
        ("8/x/2", "(8/x)/2"),
        ("8-x-2", "(8-x)-2"),
        ("2x^2", "2*(x^2)"),
        ("2(x+1)x", "(2*(x+1))*x"),
        ("1/2x", "(1/2)*x"),
        ("x²+x³", "x^2+x^3"),
        ("x**2", "x^2"),
        ("--x", "-(-x)"),
        ("+x", "x"),
        ("x.relu()", "relu(x)"),
        ("(x+1).max(2)", "max(x+1, 2)"),
        ("ln(x)", "log(x)"),
        ("２×（ｘ＋１）", "2*(x+1)"),
        (".5x − 3÷x", "0.5*x-3/x"),
        ("1e3x", "1000*x"),
    ],
)
def test_the_usual_ways_of_writing_mean_the_same(text, same):
    assert read_formula(text) == read_formula(same)


def test_a_formula_is_a_tree_of_calls():
    assert read_formula("-x^2") == Call("negative", (Call("power", (X, TWO)),))
    assert read_formula("max(x, pi)") == Call("max", (X, Number(math.pi)))
    assert read_formula("2e") == Call("multiply", (TWO, Number(math.e)))
    assert CONSTANTS["e"] == math.e


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "empty", 0),
        ("  ", "empty", 0),
        ("x +", "unfinished", 3),
        ("(x", "unfinished", 2),
        ("x)", "unexpected", 1),
        ("x $ 2", "character", 2),
        ("__import__(x)", "unknown", 0),
        ("__import__('os')", "character", 11),
        ("x.__class__", "character", 1),
        ("x.real()", "unexpected", 2),
        ("y + 1", "unknown", 0),
        ("sin x", "arguments", 0),
        ("max(x)", "arguments", 0),
        ("sin(x, 2)", "arguments", 0),
        ("1e999", "number", 0),
        ("x x 3", "unexpected", 4),
        ("x" * (MOST_LETTERS + 1), "too_long", 0),
        ("+".join("x" * 150), "too_large", None),
        ("(" * 60 + "x" + ")" * 60, "too_deep", None),
        ("-" * 60 + "x", "too_deep", None),
        ("2^" * 60 + "x", "too_deep", None),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(text, code, place):
    with pytest.raises(FormulaError) as error:
        read_formula(text)
    assert error.value.code == code
    assert place is None or error.value.place == place


def test_limits_are_reached_but_not_passed():
    widest = "+".join("x" * ((MOST_PARTS + 1) // 2))
    assert parts_of(read_formula(widest)) == MOST_PARTS - 1
    deepest = "(" * (DEEPEST - 1) + "x" + ")" * (DEEPEST - 1)
    assert read_formula(deepest) == X


def test_names_come_in_the_order_in_which_they_appear():
    assert names_in(read_formula("b*a + b^c", None)) == ("b", "a", "c")
    assert names_in(TWO) == ()


def test_a_number_is_told_from_what_is_more():
    texts = {"3": 3, "-2.5": -2.5, "--1": 1, "(4)": 4, "1+1": None, "x": None, "-x": None, "sin(0)": None}
    assert {text: number_of(read_formula(text)) for text in texts} == texts


def test_a_program_names_its_values_line_by_line():
    lines = read_program("a = -4  # the first\nb = 2; c = a*b\nc += e1\nc.relu()")
    assert [line.name for line in lines] == ["a", "b", "c", "c", ""]
    assert lines[3] == Line("c", Call("add", (Variable("c"), Variable("e1"))))
    assert read_program("e = 2\ne^2")[1].formula == Call("power", (Variable("e"), TWO))


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a = 1\nb = $", "character", 10),
        ("a + 1\nb = 2", "nameless", 0),
        ("a = 1\na +", "unfinished", 9),
        ("import os", "word", 0),
        ("import torch\na = 1", "word", 0),
        ("a = 2\nL = a + tahn(a)", "word", 14),
        ("a = 2\nprint(a)", "word", 6),
        ("a = 2\na rate", "word", 8),
        ("rate += 1", "word", 0),
        ("L = rate * a\nrate = 2", "word", 4),
        ("pi = 3\npi", "reserved", 0),
        ("sin = 3", "reserved", 0),
        ("# nothing", "empty", 0),
        ("\n".join(["a = 1"] * 60), "too_large", 0),
    ],
)
def test_a_program_that_cannot_be_read_is_refused_at_its_place(text, code, place):
    with pytest.raises(FormulaError) as error:
        read_program(text)
    assert (error.value.code, error.value.place) == (code, place)


def test_a_variable_without_a_value_is_a_letter_and_a_longer_name_has_one():
    assert names_in(read_program("x + w1 + h_2 + _")[0].formula) == ("x", "w1", "h_2", "_")
    lines = read_program("rate = 0.1\nrate += 1\nL = 2rate * rate(a + 1)")
    assert names_in(lines[2].formula) == ("rate", "a")
    assert names_in(read_formula("rate * a", None)) == ("rate", "a")  # where any name is one
