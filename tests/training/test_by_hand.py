"""Backpropagation by hand has the bits of autograd, stage by stage and over many updates."""

import copy

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from dlviz.models.build import build, learner, set_dropout
from dlviz.models.layers import Dropout, Flatten
from dlviz.models.pooled_convolution import PooledConvolution
from dlviz.spec import ConvBlock, ConvNet, Knobs, Mlp, Network
from dlviz.training import by_hand, step
from dlviz.training.optimizers import KINDS, make_optimizer

PICTURES, POINTS = (1, 28, 28), (2,)
NETWORKS = {
    **{name: (Mlp(hidden=(7, 5), activation=name), POINTS) for name in ("relu", "tanh", "sigmoid", "identity")},
    "no hidden layer": (Mlp(hidden=()), POINTS),
    "pictures": (Mlp(hidden=(9,)), PICTURES),
    "the article's": (ConvNet(), PICTURES),
    "other windows": (ConvNet(blocks=(ConvBlock(channels=3, kernel=5, stride=2, padding=1),), dense=()), PICTURES),
}


def examples(shape: tuple[int, ...], count: int, seed: int) -> tuple[Tensor, Tensor]:
    """Return inputs, half of them zero, and labels."""
    random = torch.Generator().manual_seed(seed)
    inputs = torch.rand(count, *shape, generator=random) * (torch.rand(count, *shape, generator=random) < 0.5)
    return inputs, torch.randint(10, (count,), generator=random)


def twins(network: Network, shape: tuple[int, ...]) -> list[nn.Sequential]:
    """Return the same network twice, as it learns."""
    return [learner(build(network, shape, 10, seed=3), isinstance(network, ConvNet)) for _ in range(2)]


@pytest.mark.parametrize(("network", "shape"), NETWORKS.values(), ids=NETWORKS)
@pytest.mark.parametrize("optimizer", ["adam", "nesterov"])
def test_every_bit_is_that_of_autograd(network: Network, shape: tuple[int, ...], optimizer: str) -> None:
    ours, autograds = twins(network, shape)
    assert by_hand.knows(ours)
    knobs = Knobs(optimizer=optimizer, learning_rate=0.01, weight_decay=0.01)
    optimizers = [make_optimizer(each.parameters(), knobs) for each in (ours, autograds)]
    for number, count in enumerate((16, 16, 16, 5, 1)):
        inputs, labels = examples(shape, count, number)
        before = inputs.clone()
        mine = by_hand.learn(ours, optimizers[0], inputs, labels)
        assert mine == step.learn(autograds, optimizers[1], inputs, labels)
        assert torch.equal(inputs, before)
        for a, b in zip(ours.parameters(), autograds.parameters(), strict=True):
            assert torch.equal(a.grad, b.grad)
            assert torch.equal(a, b)


def test_other_optimizers_get_the_same_gradients() -> None:
    for kind in KINDS:
        ours, autograds = twins(Mlp(hidden=(6,)), POINTS)
        knobs = Knobs(optimizer=kind, learning_rate=0.01)
        for learn, network in ((by_hand.learn, ours), (step.learn, autograds)):
            optimizer = make_optimizer(network.parameters(), knobs)
            for number in range(3):
                learn(network, optimizer, *examples(POINTS, 8, number))
        assert all(torch.equal(a, b) for a, b in zip(ours.parameters(), autograds.parameters(), strict=True)), kind


def test_the_slope_of_cross_entropy_is_softmax_minus_truth() -> None:
    scores = torch.randn(6, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    labels = torch.tensor([0, 3, 1, 1, 2, 0])
    loss, gradient = by_hand.cross_entropy_and_gradient(scores, labels)
    assert loss.item() == pytest.approx(cross_entropy(scores, labels).item(), abs=1e-15)
    expected = (scores.softmax(1) - torch.eye(4, dtype=torch.float64)[labels]) / 6
    assert torch.allclose(gradient, expected, atol=1e-15)


def test_only_what_is_written_out_is_known() -> None:
    known = build(Mlp(hidden=(4, 3)), POINTS, 2, seed=0)
    assert by_hand.knows(known)
    set_dropout(known, 0.5)
    assert not by_hand.knows(known)
    set_dropout(known, 0)
    assert by_hand.knows(copy.deepcopy(known))
    for stranger in (nn.Conv2d(1, 1, 1), nn.BatchNorm2d(1), nn.GELU(), nn.MaxPool2d(2), nn.Sequential()):
        assert not by_hand.knows(nn.Sequential(stranger))


def test_a_relu_may_only_write_over_what_nobody_else_needs() -> None:
    linear, relu = nn.Linear(2, 2), nn.ReLU()
    assert by_hand.knows(nn.Sequential(linear, relu))
    assert by_hand.knows(nn.Sequential(PooledConvolution(1, 2, 3), relu, Flatten()))
    for before in (nn.Tanh(), Flatten(), nn.Flatten(), Dropout(0, torch.Generator()), nn.Identity(), nn.ReLU()):
        assert not by_hand.knows(nn.Sequential(before, relu))
