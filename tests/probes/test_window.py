"""The sum of a cell's products is the cell: checked in random architectures, at every border."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from dlviz.models.build import build
from dlviz.probes.activations import stage_outputs
from dlviz.probes.window import CONTRIBUTIONS, cell_arithmetic
from dlviz.spec import ConvBlock, ConvNet, Mlp

PICTURE = np.random.default_rng(0).random((28, 28), dtype=np.float32)

blocks = st.builds(
    ConvBlock,
    channels=st.integers(1, 4),
    kernel=st.integers(1, 6),
    stride=st.integers(1, 3),
    padding=st.integers(0, 4),
    pooling=st.sampled_from(["max", "average", "none"]),
    pool_size=st.integers(2, 3),
    batch_norm=st.booleans(),
)


@st.composite
def networks(draw):
    """A random network whose batch norm has seen something, so that it is not the identity."""
    activation = draw(st.sampled_from(["relu", "tanh", "gelu", "identity"]))
    chosen = draw(st.lists(blocks, min_size=1, max_size=3))
    try:
        spec = ConvNet(blocks=tuple(chosen), dense=tuple(draw(st.lists(st.integers(1, 20), max_size=2))))
    except ValidationError:
        spec = ConvNet(blocks=(chosen[0].model_copy(update={"stride": 1}),))
    network = build(spec.model_copy(update={"activation": activation}), (1, 28, 28), 10, seed=draw(st.integers(0, 99)))
    generator = torch.Generator().manual_seed(5)
    for part in network.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            for values in (part.running_mean, part.running_var, part.weight.data, part.bias.data):
                values.uniform_(0.5, 2, generator=generator)
    return network


@settings(max_examples=40)
@given(networks(), st.data())
def test_the_sum_is_the_cell(network, data):
    maps = stage_outputs(network, PICTURE)
    stage = data.draw(st.sampled_from(list(maps)))
    sizes = (*maps[stage].shape[1:], 1, 1)[:3]
    cell = tuple(data.draw(st.integers(0, size - 1)) for size in sizes)
    found = cell_arithmetic(network, PICTURE, stage, *cell)
    assert found.value == maps[stage][0][cell[: maps[stage].ndim - 1]]
    assert np.allclose(found.products, found.window * found.kernel, atol=1e-6)
    assert found.total == pytest.approx(found.products.sum(dtype=float) + found.rest + found.bias, abs=1e-5)
    if found.kind != "activation":
        assert found.total == pytest.approx(found.value, rel=1e-5, abs=1e-5)
    for name, value in found.after:
        assert value == maps[name][0][cell[: maps[name].ndim - 1]]


@settings(max_examples=25)
@given(networks(), st.data())
def test_the_window_is_cut_from_the_source(network, data):
    maps = stage_outputs(network, PICTURE) | {"picture": PICTURE[None, None]}
    stage = data.draw(st.sampled_from([name for name in maps if name.startswith(("conv", "pool"))]))
    cell = tuple(data.draw(st.sampled_from([0, size - 1])) for size in maps[stage].shape[1:])  # a corner
    found = cell_arithmetic(network, PICTURE, stage, *cell)
    source = maps[found.source][0] if stage.startswith("conv") else maps[found.source][0][cell[0], None]
    for place in np.ndindex(found.window.shape):
        row, column = found.top + place[1], found.left + place[2]
        within = 0 <= row < source.shape[1] and 0 <= column < source.shape[2]
        assert found.inside[place[1:]] == within
        assert found.window[place] == (source[place[0], row, column] if within else 0)


def test_the_first_cell_with_padding_begins_outside():
    network = build(ConvNet(blocks=(ConvBlock(channels=1, kernel=3, padding=2),)), (1, 28, 28), 10, seed=0)
    found = cell_arithmetic(network, PICTURE, "conv1", 0, 0, 0)
    assert (found.top, found.left) == (-2, -2)
    assert found.inside.sum() == 1
    assert found.window[0, 2, 2] == PICTURE[0, 0]


def test_the_winner_of_max_pooling_is_the_largest_of_its_window():
    network = build(ConvNet(activation="tanh"), (1, 28, 28), 10, seed=0)
    found = cell_arithmetic(network, PICTURE, "pool1", 7, 3, 5)
    assert found.kind == "max_pooling"
    assert found.window[0][found.winner] == found.window.max() == found.value
    assert found.kernel.sum() == found.kernel[0][found.winner] == 1


def test_a_dense_unit_shows_its_weightiest_inputs_and_where_they_are():
    network = build(ConvNet(), (1, 28, 28), 10, seed=0)
    found, maps = cell_arithmetic(network, PICTURE, "dense1", 11), stage_outputs(network, PICTURE)
    every = maps["pool1"].transpose(0, 2, 3, 1).ravel() * network.dense1.weight[11].detach().numpy()
    assert found.source == "pool1"
    assert len(found.products) == CONTRIBUTIONS
    assert np.allclose(np.abs(found.products.ravel()), np.sort(np.abs(every))[::-1][:CONTRIBUTIONS], atol=1e-7)
    assert found.rest + found.products.sum() == pytest.approx(every.sum(dtype=float), abs=1e-5)
    for place, value in zip(found.places, found.window.ravel(), strict=True):
        assert maps["pool1"][0][tuple(place)] == value
    assert found.after == (("activation2", maps["activation2"][0, 11]),)


def test_an_mlp_reads_the_pixels():
    network = build(Mlp(hidden=(5,)), (1, 28, 28), 10, seed=0)
    found = cell_arithmetic(network, PICTURE, "dense1", 2)
    assert found.source == "picture"
    assert all(
        PICTURE[tuple(place[1:])] == value for place, value in zip(found.places, found.window.ravel(), strict=True)
    )
    assert cell_arithmetic(network, PICTURE, "scores", 9).places.tolist()[0][1:] == [0, 0]
    assert len(cell_arithmetic(network, PICTURE, "scores", 9).places) == 5


@pytest.mark.parametrize(
    ("stage", "cell", "message"),
    [
        ("conv9", (0, 0, 0), "no 'conv9'"),
        ("conv1", (32, 0, 0), "32 × 26 × 26"),
        ("conv1", (0, -1, 0), "none at"),
        ("dense1", (3, 0, 1), "64 × 1 × 1"),
    ],
)
def test_cells_that_are_not_there_are_refused(stage, cell, message):
    network = build(ConvNet(), (1, 28, 28), 10, seed=0)
    with pytest.raises(ValueError, match=message):
        cell_arithmetic(network, PICTURE, stage, *cell)
