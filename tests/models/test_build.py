"""The same description and seed give the same network; weights can be read and set."""

import numpy as np
import pytest
import torch
from torch import nn

from dlviz.models.build import build, learner, read_weights, set_dropout, set_weights
from dlviz.spec import ConvBlock, ConvNet, Mlp, Network

PICTURES = (1, 28, 28)
NORMED = ConvNet(blocks=(ConvBlock(channels=4, batch_norm=True), ConvBlock(channels=3)), dense=(5,))


def test_the_same_bits_as_a_plain_script() -> None:
    with torch.random.fork_rng():
        plain = nn.Sequential(
            nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.Conv2d(4, 3, 3), nn.Linear(75, 5), nn.Linear(5, 10)
        )
        torch.manual_seed(7)
        for layer in plain:
            if isinstance(layer, nn.Conv2d | nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)
    built = build(NORMED, PICTURES, 10, seed=7)
    for ours, theirs in zip(built.parameters(), plain.parameters(), strict=True):
        assert torch.equal(ours, theirs)


@pytest.mark.parametrize("network", [ConvNet(), NORMED, Mlp(hidden=(5, 4))])
def test_the_seed_decides_and_the_global_generator_is_not_touched(network: Network) -> None:
    before, numpy_before = torch.get_rng_state(), np.random.get_state()[1].copy()
    weights = [read_weights(build(network, PICTURES, 10, seed)) for seed in (1, 1, 2)]
    assert torch.equal(torch.get_rng_state(), before)
    assert (np.random.get_state()[1] == numpy_before).all()
    assert all((weights[0][name] == weights[1][name]).all() for name in weights[0])
    assert (weights[0]["scores.weight"] != weights[2]["scores.weight"]).any()


def test_channels_last_changes_no_number() -> None:
    built, x = build(ConvNet(), PICTURES, 10, 0).double(), torch.rand(3, *PICTURES, dtype=torch.float64)
    plain = build(ConvNet(), PICTURES, 10, 0).double().to(memory_format=torch.contiguous_format)
    assert built.conv1.weight.is_contiguous(memory_format=torch.channels_last)
    assert torch.allclose(built(x), plain(x), atol=1e-12)


def test_weights_go_from_one_network_to_another() -> None:
    source, target = build(NORMED, PICTURES, 10, 0), build(NORMED, PICTURES, 10, 1)
    source(torch.rand(8, *PICTURES))  # moves the running statistics of batch norm
    weights = read_weights(source)
    assert weights["norm1.num_batches_tracked"] == 1
    set_weights(target, weights)
    x = torch.rand(4, *PICTURES)
    assert torch.equal(source.eval()(x), target.eval()(x))


def test_what_was_read_is_a_copy() -> None:
    built = build(Mlp(hidden=(3,)), (2,), 2, 0)
    read_weights(built)["scores.bias"][:] = 9
    assert (read_weights(built)["scores.bias"] != 9).all()


def test_dropout_is_set_everywhere() -> None:
    built = build(Mlp(hidden=(40, 40)), (2,), 2, 0)
    set_dropout(built, 0.25)
    assert [built.dropout2.share, built.dropout3.share] == [0.25, 0.25]


@pytest.mark.parametrize("network", [ConvNet(), ConvNet(blocks=(ConvBlock(padding=1), ConvBlock(channels=3)))])
def test_what_learns_at_once_is_the_network_itself(network: ConvNet) -> None:
    built, x = build(network, PICTURES, 10, 0), torch.rand(3, *PICTURES)
    assert learner(built, pools_at_once=False) is built
    learns = learner(built, pools_at_once=True)
    assert [id(values) for values in learns.parameters()] == [id(values) for values in built.parameters()]
    assert torch.allclose(learns(x), built(x), atol=1e-5)
    set_weights(built, read_weights(build(network, PICTURES, 10, 1)))
    assert torch.allclose(learns(x), built(x), atol=1e-5)
