"""Numbers that are none are shown as what they are."""

import math

import pytest

from dlviz.concepts.forward_loss.panels.answers import cell, column, said


@pytest.mark.parametrize(("value", "shown"), [(math.nan, "NaN"), (math.inf, "∞"), (-math.inf, "−∞"), (0.5, 0.5)])
def test_what_is_no_number_is_text(value: float, shown: object) -> None:
    assert cell(value) == shown


def test_numbers_in_sentences_have_three_digits() -> None:
    assert [said(value) for value in (1.23456, -0.5, 1.5e-6, math.inf)] == ["1.23", "−0.5", "1.50×10⁻⁶", "∞"]
    assert column("p", "share") == {"label": "p", "kind": "share", "strong": False}
