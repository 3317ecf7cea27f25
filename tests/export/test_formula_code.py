"""A formula's line of PyTorch computes the same bits as the page did, and reads as somebody would write it."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as some
from torch import nn

from dlviz.export.formula_code import torch_code
from dlviz.formula import FUNCTIONS, OPERATORS, Call, Formula, Number, Variable, read_formula
from dlviz.models.formulas import evaluate

PLACES = torch.linspace(-4, 4, 41)
leaves = some.builds(Number, some.floats(0, 1e3)) | some.sampled_from((Variable("x"), Variable("y")))
calls = {**FUNCTIONS, **dict.fromkeys(OPERATORS.values(), 2), "negative": 1}
formulas = some.recursive(
    leaves,
    lambda parts: some.sampled_from(sorted(calls)).flatmap(
        lambda name: some.tuples(*[parts] * calls[name]).map(lambda found: Call(name, found))
    ),
    max_leaves=12,
)


def computed(code: str, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return torch.as_tensor(eval(code, {"torch": torch, "nn": nn, "x": x, "y": y})).expand_as(x)


@given(formulas, some.sampled_from([torch.float32, torch.float64]))
def test_the_code_computes_the_same_bits(formula: Formula, kind: torch.dtype) -> None:
    x, y = PLACES.to(kind), PLACES.flip(0).to(kind) / 3
    expected, found = evaluate(formula, {"x": x, "y": y}), computed(torch_code(formula), x, y)
    assert found.dtype == kind
    assert torch.equal(expected.nan_to_num(12345.0), found.nan_to_num(12345.0))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("x*sigmoid(x)", "x * torch.sigmoid(x)"),
        ("-x^2 + 2x", "-x ** 2 + 2 * x"),
        ("(x+1)(x-1)/2", "(x + 1) * (x - 1) / 2"),
        ("2^-x", "2 ** -x"),
        ("max(x, 0.1x)", "torch.maximum(x, 0.1 * x)"),
        ("max(x, 0)", "torch.maximum(x, x.new_tensor(0))"),
        ("x*sqrt(2/pi)", "x * torch.sqrt(x.new_tensor(2) / torch.pi)"),
        ("softplus(x) - e", "nn.functional.softplus(x) - torch.e"),
        ("sin(x) - (x - 1)", "torch.sin(x) - (x - 1)"),
        ("2", "x.new_tensor(2)"),
    ],
)
def test_it_reads_as_somebody_would_write_it(typed: str, code: str) -> None:
    assert torch_code(read_formula(typed)) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("max(x, 0)", "torch.maximum(x, torch.tensor(0.0))"),
        ("2", "torch.tensor(2.0)"),
        ("1/3", "torch.tensor(1.0) / 3"),
        ("cos(pi)", "torch.cos(torch.tensor(torch.pi))"),
        ("2x", "2 * x"),
    ],
)
def test_numbers_may_be_of_the_scripts_own_type(typed: str, code: str) -> None:
    assert torch_code(read_formula(typed), like="") == code
    assert computed(code, PLACES, PLACES).is_floating_point()
