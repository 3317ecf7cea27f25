"""Every function has its formula, with today's parameters in it; typed formulas are written as they are read."""

import pytest

from dlviz.concepts.activations.panels.formulas import FORMULAS, latex, written
from dlviz.concepts.activations.spec import PARAMETERS, Function, Parameters
from dlviz.formula import read_formula


def test_every_function_has_one() -> None:
    assert {*FORMULAS, "own"} == set(Function.__args__)
    for name in FORMULAS:
        text = latex(name, Parameters(), "")
        assert text.startswith("f(x) = ")
        assert text.count("{") == text.count("}")


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name in PARAMETERS for place in PARAMETERS[name].values()]
)
def test_a_parameter_is_seen_in_it(name: str, place: str) -> None:
    value = {"rrelu_lower": 0.23}.get(place, 0.77) if not place.endswith("_min") else -0.77
    value = 7.7 if place == "softplus_threshold" else value
    told = Parameters(**{place: value})
    assert f"{abs(value):g}" in latex(name, told, "")
    assert latex(name, told, "") != latex(name, Parameters(), "")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("x^2", "x^{2}"),
        ("-x^2", "-x^{2}"),
        ("(x+1)^2", r"\left(x + 1\right)^{2}"),
        ("1 - (x - 2)", r"1 - \left(x - 2\right)"),
        ("2(x+1)", r"2 \cdot \left(x + 1\right)"),
        ("x/(1+abs(x))", r"\frac{x}{1 + \left|x\right|}"),
        ("sqrt(x)*ln(x)", r"\sqrt{x} \cdot \ln\left(x\right)"),
        ("max(x, erf(x))", r"\max\left(x, \operatorname{erf}\left(x\right)\right)"),
        ("sigmoid(x)", r"\sigma\left(x\right)"),
    ],
)
def test_typed_formulas_are_written(typed: str, text: str) -> None:
    assert written(read_formula(typed)) == text
    assert latex("own", Parameters(), typed) == f"f(x) = {text}"


def test_an_unreadable_one_is_a_dash() -> None:
    assert latex("own", Parameters(), "x +") == r"f(x) = \text{–}"
