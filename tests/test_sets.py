"""Data sets of the zoo refuse what they cannot be, and say what they are about."""

import pytest
from pydantic import ValidationError

from dlviz.rows import read_pairs
from dlviz.sets import COLUMNS, EXAMPLE_PAIRS, Pairs, Recall, Sunspots, Surnames, Table, Writing


def test_the_example_rises() -> None:
    pairs = read_pairs(EXAMPLE_PAIRS)
    assert len(pairs) == 7
    assert pairs == sorted(pairs)


@pytest.mark.parametrize("pairs", ["", "AAAA", "AAAAB", "AAA!AAAA"])
def test_pairs_that_cannot_be_read_are_refused(pairs: str) -> None:
    with pytest.raises(ValidationError, match="pairs"):
        Pairs(pairs=pairs)


def test_columns_are_named_once_and_in_order() -> None:
    assert Table(columns=("weight", "year")).shape == (2,)
    assert Table(data="wine").shape == (13,)
    for wrong in (("year", "weight"), ("weight", "weight"), ("colour",)):
        with pytest.raises(ValidationError, match="columns"):
            Table(columns=wrong)


def test_every_table_says_what_it_is_about() -> None:
    about = {name: (Table(data=name).about, Table(data=name).outputs) for name in COLUMNS}
    assert about == {
        "auto-mpg": ("number", 1),
        "diabetes": ("number", 1),
        "breast-cancer": ("class", 2),
        "wine": ("class", 3),
    }


def test_sequences_say_what_is_read_and_told() -> None:
    assert (Surnames().shape, Surnames().outputs) == ((20,), 8)
    assert (Writing().outputs, Sunspots(window=7).shape, Sunspots().about) == (30, (7,), "number")
    assert (Recall(delay=5).shape, Recall(signs=3).outputs) == ((6,), 3)
