"""Stacks are plain PyTorch layers, drawn one after the other from one generator."""

import pytest
import torch
from torch import nn

from dlviz.models.stack import BENDS, blocks, first_layer, normalization
from dlviz.probes.depth import moments
from dlviz.stack import Bend, Stack


def chance(seed: int = 0) -> torch.Generator:
    """Return a generator."""
    return torch.Generator().manual_seed(seed)


def test_every_activation_of_the_spec_has_its_module() -> None:
    assert set(BENDS) >= set(Bend.__args__)


def test_a_stack_does_what_the_plain_layers_do() -> None:
    stack = Stack(deep_bend="relu", deep_start="he")
    network = blocks(stack, (4, 6, 6), chance(), learns=False)
    signals = torch.randn(5, 4)
    torch.manual_seed(0)
    first, second = nn.utils.skip_init(nn.Linear, 4, 6), nn.utils.skip_init(nn.Linear, 6, 6)
    for layer in (first, second):
        nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
        nn.init.zeros_(layer.bias)
    assert torch.equal(network(signals), torch.relu(second(torch.relu(first(signals)))))


def test_a_shortcut_adds_where_sizes_agree() -> None:
    network = blocks(Stack(deep_bend="tanh"), (4, 6, 6), chance(), learns=False, shortcut=True)
    middle = network[0](torch.randn(5, 4))
    assert torch.equal(network[1](middle), middle + torch.tanh(network[1].linear(middle)))
    assert [block.shortcut for block in network] == [False, True]


def test_normal_weights_have_the_deviation_that_was_asked_for() -> None:
    layer = first_layer(Stack(deep_start="normal", deep_scale=0.3), 256, 256, chance())
    assert layer.weight.std().item() == pytest.approx(0.3, rel=0.02)
    assert not layer.bias.any()


@pytest.mark.parametrize(("norm", "axis"), [("batch", 0), ("layer", 1)])
def test_a_normalisation_gives_mean_0_and_deviation_1(norm: str, axis: int) -> None:
    found = normalization(Stack(deep_norm=norm), 64, learns=False)(3 + 5 * torch.randn(128, 64))
    assert found.mean(axis).abs().max() < 1e-5
    assert (found.std(axis, correction=0) - 1).abs().max() < 1e-4
    assert isinstance(normalization(Stack(), 64, learns=False), nn.Identity)


@pytest.mark.parametrize("norm", ["none", "layer"])
@pytest.mark.parametrize("scale", [0.5, 1.0, 1.5])
def test_a_shortcut_multiplies_the_mean_square_of_a_gradient_by_one_plus_chi(norm: str, scale: float) -> None:
    """As the vanishing panel tells it. Sources: Yang and Schoenholz 2017; De and Smith 2020 for normalised branches."""
    width, layers = 512, 8
    stack = Stack(deep_bend="tanh", deep_start="normal", deep_scale=scale / width**0.5, deep_norm=norm)
    network = blocks(stack, (width,) * (layers + 1), chance(), learns=False, shortcut=True)
    signals = torch.randn(128, width, generator=chance(1), requires_grad=True)
    arriving = torch.randn(128, width, generator=chance(2))
    (slopes,) = torch.autograd.grad(network(signals), signals, arriving)
    square, expected = 1.0, 1.0
    for _ in range(layers):
        _, bent, slope = moments(nn.Tanh(), 1.0 if norm == "layer" else scale**2 * square)
        chi = slope / square if norm == "layer" else scale**2 * slope
        square, expected = square + bent, expected * (1 + chi)
    assert float(slopes.square().mean()) == pytest.approx(expected, rel=0.08)
    assert expected > 1
