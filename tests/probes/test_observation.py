"""A probe leaves no trace: weights, gradients, modes, hooks and generators are as they were, whatever happens."""

import numpy as np
import pytest
import torch
from torch import nn

from dlviz.models.build import build
from dlviz.probes.activations import probabilities, stage_outputs
from dlviz.probes.histograms import histograms
from dlviz.probes.landscape import losses_at, over_random_directions
from dlviz.probes.movement import moved_away, shifted
from dlviz.probes.observation import batch, examples_batch, stages, walk, watch
from dlviz.probes.projection import hidden_features
from dlviz.probes.saliency import grad_cam, gradient, occlusion
from dlviz.probes.surgery import accuracy, importance, operate
from dlviz.probes.window import cell_arithmetic
from dlviz.spec import ConvBlock, ConvNet

PICTURES = np.random.default_rng(0).integers(0, 256, (6, 28, 28), dtype=np.uint8)
LABELS = np.arange(6)
NOISE = torch.Generator()

PROBES = {
    "stage_outputs": lambda network, pictures: stage_outputs(network, pictures),
    "probabilities": lambda network, pictures: probabilities(network, pictures),
    "hidden_features": lambda network, pictures: hidden_features(network, pictures),
    "gradient": lambda network, pictures: gradient(network, pictures[0], 3),
    "occlusion": lambda network, pictures: occlusion(network, pictures[0], 3, patch=9, stride=7),
    "grad_cam": lambda network, pictures: grad_cam(network, pictures[0], 3),
    "cell_arithmetic": lambda network, pictures: cell_arithmetic(network, pictures[0], "conv1", 0, 2, 2),
    "operate": lambda network, pictures: operate(network, [("conv1", 1)], {("conv1", 0): np.ones((1, 3, 3))}),
    "accuracy": lambda network, pictures: accuracy(network, pictures, LABELS),
    "shifted": lambda network, pictures: shifted(network, pictures[0], [(0, 0), (3, -2)]),
    "moved_away": lambda network, pictures: moved_away(network, pictures, LABELS, [2]),
    "importance": lambda network, pictures: importance(network, pictures, LABELS, "conv1"),
    "histograms": lambda network, pictures: histograms(network, pictures, LABELS),
    "losses_at": lambda network, pictures: losses_at(network, some_weights(network), pictures, LABELS),
}


def some_weights(network):
    return over_random_directions(network).at(np.eye(2))


def learning_network():
    """A network in the middle of learning: some gradients are there, batch norm and dropout are active."""
    block = ConvBlock(channels=3, batch_norm=True, stride=2)
    network = build(ConvNet(blocks=(block,), dense=(5,)), (1, 28, 28), 10, seed=1, noise=NOISE)
    network.dropout1.share = 0.5
    network.train()
    network.norm1.eval()  # modes need not be the same everywhere
    network.dense1.weight.grad = torch.full_like(network.dense1.weight, 7.0)
    return network


def everything(network):
    """All of a network's state, and that of every generator it could draw from."""
    return {
        "tensors": [tensor.clone() for tensor in network.state_dict().values()],
        "gradients": [None if p.grad is None else p.grad.clone() for p in network.parameters()],
        "needs": [p.requires_grad for p in network.parameters()],
        "modes": [part.training for part in network.modules()],
        "hooks": [
            len(part._forward_hooks) + len(part._forward_pre_hooks) + len(part._backward_hooks)
            for part in network.modules()
        ],
        "generators": [torch.get_rng_state(), NOISE.get_state(), torch.tensor(np.random.get_state()[1].tolist())],
        "grad_mode": torch.is_grad_enabled(),
    }


def same(before, after):
    if isinstance(before, torch.Tensor):
        return torch.equal(before, after)
    if isinstance(before, list):
        return len(before) == len(after) and all(map(same, before, after))
    return before == after


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_leaves_no_trace(name):
    network = learning_network()
    before = everything(network)
    PROBES[name](network, PICTURES)
    after = everything(network)
    assert [part for part in before if not same(before[part], after[part])] == []


@pytest.mark.parametrize("name", [name for name in PROBES if name != "operate"])
def test_a_probe_that_fails_leaves_no_trace(name):
    network = learning_network()
    before = everything(network)
    with pytest.raises(RuntimeError):
        PROBES[name](network, PICTURES[:, :20, :20])  # the dense layer cannot take so few cells
    after = everything(network)
    assert [part for part in before if not same(before[part], after[part])] == []


def test_the_check_above_would_see_a_trace():
    network = learning_network()
    before = everything(network)
    network(batch(network, PICTURES)).sum().backward()
    after = everything(network)
    assert [part for part in before if not same(before[part], after[part])] == ["gradients", "generators"]


def test_stages_walked_one_by_one_are_the_network():
    network = learning_network().eval()
    inputs = batch(network, PICTURES)
    seen = watch(network, inputs)
    assert list(seen) == list(stages(network))
    assert torch.equal(seen["scores"].left, network(inputs))
    behind = dict(walk(network, seen["pool1"].left, after="pool1"))
    assert list(behind) == ["flatten", "dropout1", "dense1", "activation2", "dropout2", "scores"]
    assert torch.equal(behind["scores"].left, seen["scores"].left)


def test_a_batch_has_the_networks_type_and_bytes_become_shares():
    network = nn.Sequential(nn.Linear(1, 1)).double()
    single = batch(network, PICTURES[0])
    assert single.shape == (1, 1, 28, 28)
    assert single.dtype == torch.float64
    assert np.array_equal(single[0, 0].numpy(), PICTURES[0] / 255)
    assert torch.equal(batch(network, PICTURES[:2] / 255), batch(network, PICTURES[:2]))


def test_examples_enter_as_rows_or_as_pictures():
    network, rows = nn.Sequential(nn.Linear(2, 1)), np.arange(6.0).reshape(3, 2)
    assert examples_batch(network, rows).dtype == torch.float32
    assert np.array_equal(examples_batch(network, rows), rows)
    assert torch.equal(examples_batch(network, PICTURES), batch(network, PICTURES))
