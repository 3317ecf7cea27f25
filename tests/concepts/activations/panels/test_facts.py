"""Facts in words: numbers with the digits that mean something, and nothing said that was not measured."""

import math

import pytest

from dlviz.concepts.activations.compute import facts, function
from dlviz.concepts.activations.panels.facts import number, said, shape, where
from dlviz.concepts.activations.recording import Stretch
from dlviz.concepts.activations.spec import Parameters


def told(name: str, formula: str = "") -> dict[str, list[str]]:
    """Return all that is said of a function, by kind."""
    rows = said(facts(function(name, Parameters(), formula), 0.05), 0.05)
    return {kind: [text for one, text in rows if one == kind] for kind, _ in rows}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1e-9, "0"),
        (-0.1699, "−0.17"),
        (1.0, "1"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (0.39894, "0.399"),
        (-2500, "−2,500"),
        (1.11e308, "1.11×10³⁰⁸"),
    ],
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text


def test_what_is_said_of_relu() -> None:
    found = told("relu")
    assert found["dead"] == ["Dead (slope 0) for x < 0"]
    assert found["plain"] == [
        "Gives 0 to ∞",
        "Steepest slope 1",
        "Average output 0.399 (not centred)",
        "Never falls, kink at 0",
    ]


def test_what_is_said_of_tanh_and_the_identity() -> None:
    assert told("tanh")["flat"] == ["Nearly flat (|slope| < 0.05) for x < −2.18 and x > 2.18"]
    assert "Average output 0 (centred at 0)" in told("tanh")["plain"]
    assert "Gives any number" in told("identity")["plain"]
    assert "Nowhere flat (|slope| ≥ 0.05)" in told("identity")["plain"]


def test_what_is_said_where_there_is_no_number() -> None:
    found = told("own", "log(x)")
    assert "No average output" in found["plain"]
    assert found["plain"][-1] == "Never falls, not defined everywhere"
    assert told("own", "3")["dead"] == ["Dead (slope 0) for every x"]


def test_where() -> None:
    assert where([Stretch(-1, 2, False)]) == "−1 < x < 2"
    assert where([Stretch(-1, 2, False)] * 4) == "4 places"


def test_many_kinks_are_counted() -> None:
    found = facts(function("own", Parameters(), "abs(sin(3x))"), 0.05)
    assert shape(found).endswith("places")
    assert "jump at −0.5, 0.5" in told("hardshrink")["plain"][-1]
