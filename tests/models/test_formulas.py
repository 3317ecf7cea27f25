"""A formula's value is that of the mathematics library, and its slope that of a central difference."""

import math

import pytest
import torch

from dlviz.formula import FUNCTIONS, OPERATORS, read_formula
from dlviz.models.formulas import OPERATIONS, evaluate

TRUTH = {
    "exp(x)": math.exp,
    "log(x)": math.log,
    "sqrt(x)": math.sqrt,
    "abs(-x)": lambda x: x,
    "sign(-x)": lambda x: -1,
    "sin(x)": math.sin,
    "cos(x)": math.cos,
    "tan(x)": math.tan,
    "atan(x)": math.atan,
    "sinh(x)": math.sinh,
    "cosh(x)": math.cosh,
    "tanh(x)": math.tanh,
    "sigmoid(x)": lambda x: 1 / (1 + math.exp(-x)),
    "relu(x) + relu(-x)": lambda x: x,
    "softplus(x)": lambda x: math.log1p(math.exp(x)),
    "erf(x)": math.erf,
    "max(x, 1) + min(x, 1)": lambda x: x + 1,
    "2x^3 - x/4 + -x": lambda x: 2 * x**3 - x / 4 - x,
    "pi^x": lambda x: math.pi**x,
}
PLACES = [0.3, 0.9, 1.7]


@pytest.mark.parametrize("text", TRUTH)
def test_values_and_slopes_are_those_of_mathematics(text):
    x = torch.tensor(PLACES, dtype=torch.float64, requires_grad=True)
    found = evaluate(read_formula(text), {"x": x})
    assert found.tolist() == pytest.approx([TRUTH[text](place) for place in PLACES], rel=1e-12)
    slopes = torch.autograd.grad(found.sum(), x)[0].tolist()
    h = 1e-5
    differences = [(TRUTH[text](place + h) - TRUTH[text](place - h)) / (2 * h) for place in PLACES]
    assert slopes == pytest.approx(differences, rel=1e-6, abs=1e-8)


def test_torch_knows_every_operator_and_function():
    assert set(OPERATIONS) == {*OPERATORS.values(), "negative", *FUNCTIONS}
    assert all(any(name in text for text in TRUTH) for name in FUNCTIONS)


def test_a_square_has_a_slope_on_both_sides():
    x = torch.tensor([-2.0, 0.0, 2.0], requires_grad=True)
    evaluate(read_formula("x^2"), {"x": x}).sum().backward()
    assert x.grad.tolist() == [-4, 0, 4]


def test_whole_powers_are_exact():
    x = torch.linspace(-3, 3, 101)
    assert torch.equal(evaluate(read_formula("x^2"), {"x": x}), x * x)


def test_the_answer_has_the_shape_and_type_of_the_variable():
    x = torch.zeros(3, 2, dtype=torch.float64)
    constant = evaluate(read_formula("2"), {"x": x})
    assert (constant.shape, constant.dtype) == (x.shape, x.dtype)
    with pytest.raises(KeyError):
        evaluate(read_formula("y", ("y",)), {"x": x})
