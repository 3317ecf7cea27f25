"""Layers start as torch starts them, dropout is inverted dropout, and stages are a plain network."""

import copy

import pytest
import torch
from torch import nn

from dlviz.models.layers import ACTIVATIONS, Dropout, Stages, convolution, linear


def test_first_weights_are_torchs_own() -> None:
    with torch.random.fork_rng():
        torch.manual_seed(11)
        expected = [nn.Conv2d(3, 5, kernel_size=4, stride=2, padding=1), nn.Linear(7, 6)]
    generator = torch.Generator().manual_seed(11)
    made = [convolution(3, 5, generator, kernel_size=4, stride=2, padding=1), linear(7, 6, generator)]
    for ours, theirs in zip(made, expected, strict=True):
        assert torch.equal(ours.weight, theirs.weight)
        assert torch.equal(ours.bias, theirs.bias)


def test_the_global_generator_is_not_touched() -> None:
    before = torch.get_rng_state()
    linear(7, 6, torch.Generator())
    convolution(1, 2, torch.Generator(), kernel_size=3)
    Dropout(0.5, torch.Generator())(torch.ones(4, 4))
    assert torch.equal(torch.get_rng_state(), before)


def test_dropout_silences_its_share_and_keeps_the_mean() -> None:
    outputs = Dropout(0.3, torch.Generator().manual_seed(0))(torch.ones(200, 500))
    assert outputs.unique().tolist() == pytest.approx([0, 1 / 0.7])
    assert outputs.mean().item() == pytest.approx(1, abs=0.01)
    assert (outputs == 0).float().mean().item() == pytest.approx(0.3, abs=0.01)


def test_dropout_rests_in_evaluation_and_at_zero() -> None:
    generator = torch.Generator().manual_seed(0)
    before, inputs = generator.get_state(), torch.rand(3, 4)
    assert torch.equal(Dropout(0.5, generator).eval()(inputs), inputs)
    assert torch.equal(Dropout(0.0, generator)(inputs), inputs)
    assert torch.equal(generator.get_state(), before)


def test_a_network_with_dropout_can_be_copied() -> None:
    layer = Dropout(0.5, torch.Generator().manual_seed(4))
    assert torch.equal(copy.deepcopy(layer)(torch.ones(9, 9)), layer(torch.ones(9, 9)))


@pytest.mark.parametrize(
    ("name", "at_minus_one", "at_two"),
    [
        ("relu", 0, 2),
        ("leaky_relu", -0.01, 2),
        ("elu", -0.6321206, 2),
        ("gelu", -0.1586553, 1.9544997),
        ("silu", -0.2689414, 1.7615942),
        ("tanh", -0.7615942, 0.9640276),
        ("sigmoid", 0.2689414, 0.8807971),
        ("identity", -1, 2),
    ],
)
def test_activations_have_the_published_values(name: str, at_minus_one: float, at_two: float) -> None:
    values = ACTIVATIONS[name]()(torch.tensor([-1.0, 2.0])).tolist()
    assert values == pytest.approx([at_minus_one, at_two], abs=1e-6)


def test_every_activation_of_the_spec_exists() -> None:
    from typing import get_args

    from dlviz.spec import Activation

    assert set(ACTIVATIONS) == set(get_args(Activation))


def test_stage_outputs_end_with_what_the_network_gives() -> None:
    stages = Stages()
    stages.add_module("dense1", nn.Linear(3, 4))
    stages.add_module("scores", nn.Linear(4, 2))
    inputs = torch.rand(5, 3)
    outputs = stages.stage_outputs(inputs)
    assert list(outputs) == list(stages.stages()) == ["dense1", "scores"]
    assert torch.equal(outputs["scores"], stages(inputs))
    assert torch.equal(outputs["dense1"], stages.dense1(inputs))
