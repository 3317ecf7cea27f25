"""Slopes are those of mathematics; a typed tanh or sigmoid is flat exactly where the built-in one is taken to be."""

import pytest
import torch
from torch import nn

from dlviz.models.layers import Own
from dlviz.probes.diagnosis import SATURATED
from dlviz.probes.slopes import FLAT, relative_slopes, slopes

SUMS = torch.linspace(-9, 9, 1803, dtype=torch.float64).reshape(-1, 3)


@pytest.mark.parametrize("text", ["x*sigmoid(x)", "tanh(x)", "exp(-x^2)", "sin(2x)", "x^3/9"])
def test_slopes_are_central_differences(text: str) -> None:
    f, h = Own(text), 1e-5
    assert torch.allclose(slopes(f, SUMS), (f(SUMS + h) - f(SUMS - h)) / (2 * h), atol=1e-8)


@pytest.mark.parametrize(("text", "reach"), [("tanh(x)", lambda y: y), ("sigmoid(x)", lambda y: 2 * y - 1)])
def test_flat_is_beyond_097_of_the_reach(text: str, reach: object) -> None:
    f = Own(text)
    assert torch.equal(relative_slopes(f, SUMS) < FLAT, reach(f(SUMS)).abs() > SATURATED)


def test_a_steep_function_is_measured_by_a_slope_of_one_and_a_gap_in_it_is_not_flat() -> None:
    steep = relative_slopes(Own("exp(x)"), torch.tensor([-5.0, 0.0, 5.0]))
    assert steep.tolist() == pytest.approx([0.0067379, 1, 148.413], rel=1e-4)
    assert relative_slopes(Own("sqrt(x)"), torch.tensor([-1.0, 4.0]))[0].isnan()
    assert torch.equal(relative_slopes(nn.ReLU(), torch.tensor([-1.0, 4.0])), torch.tensor([0.0, 1.0]))
