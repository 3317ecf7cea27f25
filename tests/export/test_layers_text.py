"""The layers of a script are those of the network: same weights from the same seed, same answers."""

import pytest
import torch
from torch import nn

from dlviz.export.layers_text import layer_lines
from dlviz.export.script import FIRST_WEIGHTS
from dlviz.models.build import build
from dlviz.models.layers import ACTIVATIONS, Dropout, Flatten
from dlviz.spec import ConvBlock, ConvNet, Mlp, Network

DEEP = ConvNet(
    blocks=(
        ConvBlock(channels=3, kernel=5, stride=2, padding=2, batch_norm=True, pooling="average"),
        ConvBlock(channels=4, padding=1, pooling="none"),
    ),
    dense=(9, 8),
    activation="elu",
)


def sequential(lines: list[str], seed: int) -> nn.Sequential:
    """Return the network that the lines make."""
    names = {"torch": torch, "nn": nn, "Dropout": Dropout, "Flatten": Flatten, "noise": torch.Generator()}
    network = nn.Sequential(*(eval(line, names) for line in lines))
    exec(FIRST_WEIGHTS, names | {"network": network, "SEED": seed})
    return network


@pytest.mark.parametrize("dropout", ["", "Dropout(0.0, noise)"])
@pytest.mark.parametrize(
    ("network", "shape"),
    [
        (ConvNet(), (1, 28, 28)),
        (DEEP, (1, 28, 28)),
        (Mlp(), (1, 28, 28)),
        (Mlp(hidden=(4, 3)), (2,)),
        (Mlp(hidden=()), (2,)),
    ],
)
def test_the_lines_make_the_same_network(network: Network, shape: tuple[int, ...], dropout: str) -> None:
    built, written = build(network, shape, 10, seed=3), sequential(layer_lines(network, len(shape) > 1, 10, dropout), 3)
    x = torch.rand(4, *shape)
    assert torch.allclose(built(x), written(x), atol=1e-6)
    drops = sum(isinstance(layer, Dropout) for layer in written)
    assert drops == (sum(isinstance(layer, Dropout) for layer in built) if dropout else 0)


def test_a_formula_of_ones_own_has_its_line() -> None:
    network = Mlp(hidden=(4, 3), activation="relu", activations=("own",))
    assert layer_lines(network, False, 2)[1:4] == ["Own()", "nn.Linear(4, 3)", "nn.ReLU()"]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_has_its_line(activation: str) -> None:
    network = Mlp(hidden=(4,), activation=activation)
    x = torch.randn(6, 2)
    assert torch.allclose(build(network, (2,), 2, 0)(x), sequential(layer_lines(network, False, 2), 0)(x), atol=1e-6)


def test_the_articles_network_reads_as_in_a_book() -> None:
    assert layer_lines(ConvNet(), True, 10) == [
        "nn.Conv2d(1, 32, kernel_size=3)",
        "nn.ReLU()",
        "nn.MaxPool2d(2)",
        "Flatten()",
        "nn.Linear(5408, 64)",
        "nn.ReLU()",
        "nn.Linear(64, 10)",
    ]


def test_convolution_and_pooling_as_one_layer() -> None:
    assert layer_lines(ConvNet(), True, 10, pools_at_once=True)[:3] == [
        "PooledConvolution(1, 32, kernel_size=3)",
        "nn.ReLU()",
        "Flatten()",
    ]
    two = ConvNet(blocks=(ConvBlock(kernel=5, stride=2, padding=1), ConvBlock(channels=4)))
    lines = layer_lines(two, True, 10, pools_at_once=True)
    assert lines[0] == "PooledConvolution(1, 32, kernel_size=5, stride=2, padding=1)"
    assert lines[1:] == layer_lines(two, True, 10)[1:2] + layer_lines(two, True, 10)[3:]
