"""Every rule of the table is torch's own: value by value, and slope by slope."""

import numpy as np
import pytest
import torch

from dlviz.concepts.backprop.compute import TORCH
from dlviz.concepts.backprop.graph.rules import ANY, RULES, sigmoid, slopes, symbols, value
from dlviz.formula import FUNCTIONS, OPERATORS

PLACES = [(0.3, 1.7), (1.2, 0.4), (2.5, 2.5), (0.9, -1.1)]
ONE = {"sqrt", "log"}  # defined right of zero only


def parents_of(operation: str, place: tuple[float, float]) -> list[float]:
    """Return as many numbers as the operation takes."""
    both = operation in OPERATORS.values() or FUNCTIONS.get(operation) == 2 or operation in ANY
    return list(place) if both else [place[0]]


def test_there_is_a_rule_for_all_that_can_be_typed() -> None:
    assert set(RULES) == {*OPERATORS.values(), *FUNCTIONS, "negative", "raise"}


@pytest.mark.parametrize("operation", [*RULES, *ANY])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sign", [1, -1])
def test_value_and_slopes_are_those_of_torch(operation: str, place: tuple[float, float], sign: int) -> None:
    given = parents_of(operation, place)
    if operation not in ONE and operation != "power":
        given[0] *= sign
    number = 3.0 if operation == "raise" else 0.0
    tensors = [torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in given]
    theirs = tensors[0] ** number if operation == "raise" else TORCH[operation](*tensors)
    ours = value(operation, [np.float64(one) for one in given], number)
    assert float(ours) == pytest.approx(theirs.item(), rel=1e-12)
    wanted = torch.autograd.grad(theirs, tensors, allow_unused=True, materialize_grads=True)
    found = slopes(operation, [np.float64(one) for one in given], ours, number)
    assert [float(one) for one in found] == pytest.approx([one.item() for one in wanted], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("operation", "given"), [("relu", [0.0]), ("abs", [0.0]), ("max", [1.0, 1.0]), ("min", [1.0, 1.0])]
)
def test_at_a_corner_the_slope_is_the_one_that_torch_takes(operation: str, given: list[float]) -> None:
    tensors = [torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in given]
    wanted = torch.autograd.grad(TORCH[operation](*tensors), tensors)
    found = slopes(operation, [np.float64(one) for one in given], value(operation, given, 0.0), 0.0)
    assert [float(one) for one in found] == [one.item() for one in wanted]


def test_a_power_of_zero_and_to_zero_has_slopes_without_a_fault() -> None:
    with np.errstate(all="ignore"):
        assert [float(one) for one in slopes("power", [np.float64(0), np.float64(2)], np.float64(0), 0)] == [0, 0]
        by_base, by_exponent = slopes("power", [np.float64(2), np.float64(0)], np.float64(1), 0)
    assert (float(by_base), float(by_exponent)) == (0, pytest.approx(np.log(2)))


def test_sigmoid_does_not_overflow() -> None:
    assert [float(sigmoid(place)) for place in (-1000, 0, 1000)] == [0, 0.5, 1]


@pytest.mark.parametrize("operation", [*RULES, *ANY])
def test_each_parent_has_its_derivative_in_symbols(operation: str) -> None:
    count = 3 if operation in ANY else len(parents_of(operation, (1, 1)))
    sign, texts = symbols(operation, count)
    assert sign
    assert len(texts) == count
