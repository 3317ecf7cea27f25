"""Names become letters: against names whose spelling without accents is known, and back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dlviz.data.letters import ALPHABET, SYMBOLS, codes, folded, spells, spelt


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Müller", "muller"),
        ("Łukasiewicz", "lukasiewicz"),
        ("Heß", "hess"),
        ("Ó Súilleabháin", "o suilleabhain"),
        ("  van   't Erve ", "van 't erve"),
        ("O’Brien", "o'brien"),
        ("Jean–Luc", "jean-luc"),
        ("Zoë Ångström", "zoe angstrom"),
        ("ＳＡＴＯ", "sato"),  # full width, as a Chinese or Japanese keyboard writes it
    ],
)
def test_accents_case_and_needless_spaces_go(name: str, plain: str) -> None:
    assert folded(name) == plain
    assert spells(name)


def test_a_letter_has_the_number_of_its_place_and_0_is_none() -> None:
    assert codes("abz") == [1, 2, 26]
    assert codes(" '-a") == [28, 29, 1]  # the leading space goes
    assert codes("a a") == [1, 27, 1]
    assert (len(SYMBOLS), SYMBOLS[0]) == (30, "")


@given(some.text(ALPHABET))
def test_what_is_spelt_is_read_back(name: str) -> None:
    assert spelt([*codes(name), 0, 0]) == folded(name)


@given(some.text(max_size=30))
def test_any_text_is_spelt_or_refused(name: str) -> None:
    if spells(name):
        assert all(1 <= number <= 29 for number in codes(name))
    elif folded(name):
        with pytest.raises(ValueError, match="allowed are the letters a to z"):
            codes(name)


def test_the_signs_that_do_not_fit_are_told() -> None:
    with pytest.raises(ValueError, match="'Wang 王3' holds '王', '3'; allowed are"):
        codes("Wang 王3")
    assert not spells("") and not spells("王") and codes("") == []
