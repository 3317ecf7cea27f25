"""Layers start as torch starts them, dropout is inverted dropout, and stages are a plain network."""

import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from dlviz.models.layers import (
    ACTIVATIONS,
    STARTS,
    BatchNorm,
    Dropout,
    Flatten,
    Own,
    Stages,
    bend,
    convolution,
    linear,
    pooled_first,
)


def test_first_weights_are_those_of_glorot_and_bengio() -> None:
    """Evenly spread within √(6 / (inputs + outputs of a unit)), where a kernel's cells count for both."""
    generator = torch.Generator().manual_seed(11)
    layers = [(convolution(8, 32, generator, kernel_size=5), 40 * 25), (linear(300, 100, generator), 400)]
    for layer, connections in layers:
        limit = (6 / connections) ** 0.5
        assert 0.98 * limit < layer.weight.abs().max() <= limit
        assert layer.weight.std().item() == pytest.approx(limit / 3**0.5, rel=0.03)
        assert layer.weight.mean().abs() < 0.03 * limit
        assert not layer.bias.any()


@pytest.mark.parametrize(
    ("initializer", "deviation", "limit"),
    [
        ("xavier", (2 / 500) ** 0.5, (6 / 500) ** 0.5),
        ("he", (2 / 300) ** 0.5, (6 / 300) ** 0.5),
        ("lecun", (1 / 300) ** 0.5, (3 / 300) ** 0.5),
        ("torch", (1 / 900) ** 0.5, (1 / 300) ** 0.5),
        ("normal", 1.0, 6.0),
        ("zeros", 0.0, 0.0),
    ],
)
def test_initializers_have_the_published_spread(initializer: str, deviation: float, limit: float) -> None:
    layer = linear(300, 200, torch.Generator().manual_seed(3), initializer)
    assert layer.weight.std().item() == pytest.approx(deviation, rel=0.03)
    assert layer.weight.abs().max() <= limit
    assert layer.weight.mean().abs() <= 0.02 * deviation
    assert bool(layer.bias.any()) == (initializer == "torch") and layer.bias.abs().max() <= 300**-0.5


@pytest.mark.parametrize("shape", [(30, 20), (20, 30)])
def test_orthogonal_weights_are_orthogonal(shape: tuple[int, int]) -> None:
    weight = linear(*shape, torch.Generator().manual_seed(3), "orthogonal").weight
    rows = weight if weight.shape[0] <= weight.shape[1] else weight.t()
    assert torch.allclose(rows @ rows.t(), torch.eye(len(rows)), atol=1e-5)


def test_torchs_own_start_is_torchs_own() -> None:
    torch_own = nn.Linear(7, 5)
    with torch.random.fork_rng():
        torch.manual_seed(4)
        torch_own.reset_parameters()
    ours = linear(7, 5, torch.Generator().manual_seed(4), "torch")
    assert torch.equal(ours.weight, torch_own.weight) and torch.equal(ours.bias, torch_own.bias)


def test_every_initializer_of_the_spec_exists() -> None:
    from typing import get_args

    from dlviz.spec import Initializer

    assert set(STARTS) == set(get_args(Initializer))


def test_batch_norm_is_torchs_and_a_batch_of_one_is_taken_as_those_before() -> None:
    ours, torchs = BatchNorm(4), nn.BatchNorm1d(4)
    batch = torch.randn(6, 4)
    assert torch.equal(ours(batch), torchs(batch))
    before = {name: values.clone() for name, values in ours.state_dict().items()}
    assert torch.equal(ours(batch[:1]), torchs.eval()(batch[:1]))
    assert all(torch.equal(values, before[name]) for name, values in ours.state_dict().items())


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


def test_a_typed_activation_computes_its_formula_as_torch_does() -> None:
    x = torch.linspace(-3, 3, 12).reshape(3, 4).requires_grad_()
    typed, builtin = bend("own", "x*sigmoid(x)")(x), bend("silu", "")(x)
    assert typed.shape == x.shape and torch.allclose(typed, builtin, atol=1e-6)
    slopes = [torch.autograd.grad(values.sum(), x)[0] for values in (typed, builtin)]
    assert torch.allclose(*slopes, atol=1e-6)
    assert repr(Own("x^2")) == "Own(x^2)" and not list(Own("x^2").parameters())
    with pytest.raises(ValueError, match="unknown"):
        Own("y")


def test_stage_outputs_end_with_what_the_network_gives() -> None:
    stages = Stages()
    stages.add_module("dense1", nn.Linear(3, 4))
    stages.add_module("scores", nn.Linear(4, 2))
    inputs = torch.rand(5, 3)
    outputs = stages.stage_outputs(inputs)
    assert list(outputs) == list(stages.stages()) == ["dense1", "scores"]
    assert torch.equal(outputs["scores"], stages(inputs))
    assert torch.equal(outputs["dense1"], stages.dense1(inputs))


def test_flatten_takes_place_by_place() -> None:
    maps = torch.arange(24.0).view(1, 2, 3, 4)  # channel 0 holds 0 … 11, channel 1 holds 12 … 23
    assert Flatten()(maps)[0, :6].tolist() == [0, 12, 1, 13, 2, 14]


def test_flatten_copies_nothing_where_channels_lie_last() -> None:
    maps = torch.rand(3, 2, 5, 5).to(memory_format=torch.channels_last)
    assert Flatten()(maps).data_ptr() == maps.data_ptr()


def in_the_order_of_the_book(stages: Stages, inputs: Tensor) -> Tensor:
    for stage in stages.stages().values():
        inputs = stage(inputs)
    return inputs


def gradients(scores: Tensor, stages: Stages) -> list[Tensor]:
    weight = torch.linspace(-1, 1, scores.numel()).view_as(scores)
    return torch.autograd.grad((scores * weight).sum(), list(stages.parameters()))


@settings(max_examples=20, deadline=None)
@given(
    side=st.integers(6, 13),
    kernel=st.integers(1, 4),
    stride=st.integers(1, 2),
    padding=st.integers(0, 2),
    pool=st.integers(2, 3),
    pooling=st.sampled_from([nn.MaxPool2d, nn.AvgPool2d]),
    activation=st.sampled_from(sorted(ACTIVATIONS)),
    norm=st.booleans(),
    levels=st.sampled_from([2, 3, 256]),
    seed=st.integers(0, 99),
)
def test_pooling_first_changes_no_bit(
    side, kernel, stride, padding, pool, pooling, activation, norm, levels, seed
) -> None:
    """Odd sides, ties (pictures of few levels have many), whatever stands between: scores and gradients are equal."""
    channels, places = 4, ((side + 2 * padding - kernel) // stride + 1) // pool
    if places < 1:
        return
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        stages = Stages()
        stages.add_module("conv1", nn.Conv2d(1, channels, kernel, stride, padding))
        if norm:
            stages.add_module("norm1", nn.BatchNorm2d(channels))
        stages.add_module("activation1", ACTIVATIONS[activation]())
        stages.add_module("pool1", pooling(pool))
        stages.add_module("flatten", Flatten())
        stages.add_module("scores", nn.Linear(channels * places**2, 3))
        pictures = torch.randint(levels, (5, 1, side, side)) / (levels - 1)
    stages.to(memory_format=torch.channels_last)
    ours, books = stages(pictures), in_the_order_of_the_book(stages, pictures)
    assert torch.equal(ours, books)
    for mine, theirs in zip(gradients(ours, stages), gradients(books, stages), strict=True):
        assert torch.equal(mine, theirs)


def test_only_a_relu_lets_max_pooling_pass() -> None:
    relu, tanh, largest, mean, conv = nn.ReLU(), nn.Tanh(), nn.MaxPool2d(2), nn.AvgPool2d(2), nn.Conv2d(1, 1, 1)
    assert pooled_first([conv, relu, largest, conv, relu, largest]) == [conv, largest, relu, conv, largest, relu]
    for left in ([relu, mean], [tanh, largest], [largest, relu], [relu, conv, largest], [relu], []):
        assert pooled_first(left) == left
