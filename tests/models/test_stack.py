"""Stacks are plain PyTorch layers, drawn one after the other from one generator."""

import pytest
import torch
from torch import nn

from dlviz.models.stack import BENDS, blocks, first_layer, normalization
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
