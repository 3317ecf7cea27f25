"""Convolutional networks have the named stages and the shapes that their description says."""

import pytest
import torch
from torch import nn

from dlviz.models.convolutional import block_stages, convolutional_network
from dlviz.models.layers import Stages
from dlviz.spec import ConvBlock, ConvNet

ODD = ConvNet(
    blocks=(
        ConvBlock(channels=3, kernel=4, stride=2, padding=1, batch_norm=True, pooling="average", pool_size=3),
        ConvBlock(channels=2, kernel=2, pooling="none"),
    ),
    dense=(6, 5),
    activation="tanh",
)


def network(spec: ConvNet) -> Stages:
    return convolutional_network(spec, (1, 28, 28), 10, torch.Generator(), torch.Generator())


def test_the_articles_network_has_its_347146_parameters() -> None:
    assert sum(values.numel() for values in network(ConvNet()).parameters()) == 347_146


@pytest.mark.parametrize(
    ("spec", "stages"),
    [
        (ConvNet(), "conv1 activation1 pool1 flatten dropout1 dense1 activation2 dropout2 scores"),
        (
            ODD,
            "conv1 norm1 activation1 pool1 conv2 activation2 flatten "
            "dropout1 dense1 activation3 dropout2 dense2 activation4 dropout3 scores",
        ),
    ],
)
def test_stages_in_order(spec: ConvNet, stages: str) -> None:
    assert " ".join(network(spec).stages()) == stages


def test_a_layer_computes_the_formula_of_a_convolution() -> None:
    stage = dict(block_stages(1, 2, ConvBlock(channels=3, kernel=3, stride=2, padding=1), "relu", torch.Generator()))
    layer, x = stage["conv1"].double(), torch.rand(1, 2, 6, 6, dtype=torch.float64)
    padded = nn.functional.pad(x, (1, 1, 1, 1))
    for c, i, j in ((0, 0, 0), (2, 1, 2), (1, 2, 2)):
        window = padded[0, :, 2 * i : 2 * i + 3, 2 * j : 2 * j + 3]
        expected = layer.bias[c] + (layer.weight[c] * window).sum()
        assert layer(x)[0, c, i, j].item() == pytest.approx(expected.item(), abs=1e-12)


def test_pooling_takes_the_strongest_or_the_mean() -> None:
    x = torch.arange(16.0).view(1, 1, 4, 4)
    for pooling, expected in (("max", [5, 7, 13, 15]), ("average", [2.5, 4.5, 10.5, 12.5])):
        stages = dict(block_stages(1, 1, ConvBlock(pooling=pooling), "relu", torch.Generator()))
        assert stages["pool1"](x).flatten().tolist() == expected


def test_scores_for_any_batch() -> None:
    assert network(ODD)(torch.rand(7, 1, 28, 28)).shape == (7, 10)


def test_points_are_refused() -> None:
    with pytest.raises(ValueError, match=r"cnn needs pictures, got inputs of shape \(2,\); choose mlp"):
        convolutional_network(ConvNet(), (2,), 2, torch.Generator(), torch.Generator())
