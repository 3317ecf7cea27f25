"""Costs by formula equal what torch counts on the network itself."""

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from dlviz.models.build import build
from dlviz.models.cost import LayerCost, layer_costs
from dlviz.spec import ConvBlock, ConvNet, Mlp, Network

DEEP = ConvNet(
    blocks=(
        ConvBlock(channels=5, kernel=5, stride=2, padding=2, batch_norm=True, pooling="average", pool_size=2),
        ConvBlock(channels=7, kernel=3, padding=1, pooling="none"),
        ConvBlock(channels=6, kernel=2, pool_size=3),
    ),
    dense=(11, 9),
)
NETWORKS = [
    (ConvNet(), (1, 28, 28)),
    (DEEP, (1, 28, 28)),
    (ConvNet(dense=()), (1, 28, 28)),
    (Mlp(hidden=(12, 8)), (1, 28, 28)),
    (Mlp(hidden=(4, 3)), (2,)),
    (Mlp(hidden=()), (2,)),
]


@pytest.mark.parametrize(("network", "shape"), NETWORKS)
def test_parameters_and_shapes_are_the_networks(network: Network, shape: tuple[int, ...]) -> None:
    built, costs = build(network, shape, 10, 0), layer_costs(network, shape, 10)
    outputs = {
        name: values for name, values in built.stage_outputs(torch.rand(2, *shape)).items() if "dropout" not in name
    }
    assert [(cost.name, cost.shape) for cost in costs] == [(name, tuple(v.shape[1:])) for name, v in outputs.items()]
    for cost in costs:
        assert cost.parameters == sum(values.numel() for values in built.stages()[cost.name].parameters())


@pytest.mark.parametrize(("network", "shape"), NETWORKS)
def test_operations_are_what_torch_counts(network: Network, shape: tuple[int, ...]) -> None:
    built = build(network, shape, 10, 0)
    with FlopCounterMode(display=False) as counter:
        built(torch.rand(1, *shape))
    assert sum(cost.flops for cost in layer_costs(network, shape, 10)) == counter.get_total_flops()


def test_the_articles_network() -> None:
    costs = {cost.name: cost for cost in layer_costs(ConvNet(), (1, 28, 28), 10)}
    assert costs["conv1"] == LayerCost("conv1", (32, 26, 26), 320, 194_688)
    assert costs["dense1"] == LayerCost("dense1", (64,), 346_176, 346_112)
    assert sum(cost.parameters for cost in costs.values()) == 347_146
