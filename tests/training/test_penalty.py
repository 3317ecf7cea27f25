"""Penalties and clipping against autograd and torch's own."""

import pytest
import torch
from torch import nn

from dlviz.spec import Knobs
from dlviz.training.penalty import add_penalty_gradients, limit_gradients, penalized, penalty


def network() -> nn.Sequential:
    """Return a network with gradients of something."""
    with torch.random.fork_rng():
        torch.manual_seed(2)
        built = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Tanh(), nn.Linear(4, 2))
        built(torch.randn(9, 3)).square().sum().backward()
    return built


def test_only_what_multiplies_is_penalized() -> None:
    assert [tuple(values.shape) for values in penalized(network().parameters())] == [(4, 3), (2, 4)]


def test_the_penalty_is_its_formula() -> None:
    weights = [torch.tensor([[1.0, -2.0]]), torch.tensor([[0.5]])]
    assert penalty(weights, 0.1, 0) == pytest.approx(0.35)
    assert penalty(weights, 0, 0.2) == pytest.approx(0.1 * 5.25)
    assert penalty(weights, 0.1, 0.2) == pytest.approx(0.35 + 0.525)


def test_its_gradients_are_those_of_autograd() -> None:
    built = network()
    weights = penalized(built.parameters())
    before = [values.grad.clone() for values in weights]
    expected = torch.autograd.grad(sum(0.1 * w.abs().sum() + 0.15 * w.square().sum() for w in weights), weights)
    add_penalty_gradients(weights, 0.1, 0.3)
    for values, start, gradient in zip(weights, before, expected, strict=True):
        assert torch.allclose(values.grad - start, gradient, atol=1e-5)


def test_long_gradients_are_shortened_and_short_ones_pass() -> None:
    built = network()
    first = [values.grad.clone() for values in built.parameters()]
    limit_gradients(built.parameters(), Knobs(gradient_clip=100))
    assert all(torch.equal(values.grad, start) for values, start in zip(built.parameters(), first, strict=True))
    limit_gradients(built.parameters(), Knobs(gradient_clip=0.5))
    assert nn.utils.get_total_norm([values.grad for values in built.parameters()]).item() == pytest.approx(
        0.5, rel=1e-4
    )
