"""Muted and edited networks against the arithmetic of the layers, and importance against plain loops."""

import numpy as np
import pytest
import torch

from dlviz.models.build import build, read_weights
from dlviz.probes.activations import probabilities, stage_outputs
from dlviz.probes.surgery import accuracy, importance, operate
from dlviz.spec import ConvBlock, ConvNet, Mlp

GENERATOR = np.random.default_rng(0)
PICTURES = GENERATOR.integers(0, 256, (150, 28, 28), dtype=np.uint8)
LABELS = np.arange(150) % 10


def network(**block):
    spec = ConvNet(blocks=(ConvBlock(channels=4, stride=2, **block), ConvBlock(channels=3)), dense=(6,))
    made = build(spec, (1, 28, 28), 10, seed=3)
    for part in made.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.bias.data += 0.7
            part.running_mean += 0.3
    return opinionated(made)


def opinionated(network):
    """The network with larger weights and centred scores, so that its answers differ from picture to picture."""
    with torch.no_grad():
        for name, values in network.named_parameters():
            values *= 3 if name.endswith("weight") else 1
        scores = stage_outputs(network, PICTURES)["scores"]
        network.scores.bias -= torch.from_numpy(scores.mean(axis=0))
    return network


@pytest.mark.parametrize("batch_norm", [False, True])
def test_a_muted_filter_says_nothing_and_the_others_what_they_said(batch_norm):
    before = network(batch_norm=batch_norm)
    maps, after = stage_outputs(before, PICTURES), stage_outputs(operate(before, [("conv1", 2)]), PICTURES)
    assert not after["activation1"][:, 2].any()
    assert maps["activation1"][:, 2].any()
    assert np.array_equal(after["activation1"][:, [0, 1, 3]], maps["activation1"][:, [0, 1, 3]])


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
@pytest.mark.parametrize("batch_norm", [False, True])
def test_with_every_filter_muted_the_answer_is_one_and_right_by_chance(activation, batch_norm):
    spec = ConvNet(blocks=(ConvBlock(channels=4, batch_norm=batch_norm),), activation=activation)
    muted = operate(build(spec, (1, 28, 28), 10, seed=0), [("conv1", channel) for channel in range(4)])
    shares = probabilities(muted, PICTURES)
    assert np.ptp(shares, axis=0).max() == 0
    assert accuracy(muted, PICTURES, LABELS) == pytest.approx(0.1)


def test_an_edited_kernel_is_the_one_that_is_used_and_the_original_is_untouched():
    before = network()
    weights = read_weights(before)
    kernel = GENERATOR.normal(size=(4, 3, 3))
    after = operate(before, [("conv1", 0)], {("conv2", 1): kernel, ("conv1", 0): np.ones((1, 3, 3))})
    changed = read_weights(after)
    assert np.allclose(changed["conv2.weight"][1], kernel)
    assert changed["conv2.bias"][1] == weights["conv2.bias"][1]
    assert not changed["conv1.weight"][0].any()  # edited and muted: muted
    assert np.array_equal(changed["conv1.weight"][1:], weights["conv1.weight"][1:])
    assert all(np.array_equal(values, weights[name]) for name, values in read_weights(before).items())
    in_a_row = operate(before, edited={("conv2", 1): kernel.ravel()})
    assert np.array_equal(read_weights(in_a_row)["conv2.weight"], changed["conv2.weight"])


def test_no_operation_changes_nothing():
    before = network()
    assert np.array_equal(probabilities(operate(before), PICTURES), probabilities(before, PICTURES))


@pytest.mark.parametrize(
    ("muted", "edited", "message"),
    [
        ([("pool1", 0)], {}, "conv1, conv2, dense1, scores"),
        ([("conv1", 4)], {}, "0 to 3, and no 4"),
        ([("conv1", -1)], {}, "no -1"),
        ([], {("conv2", 0): np.zeros((3, 3))}, "4 × 3 × 3 finite numbers, got 3 × 3"),
        ([], {("conv1", 0): np.full((1, 3, 3), np.nan)}, "finite"),
    ],
)
def test_impossible_operations_are_refused(muted, edited, message):
    with pytest.raises(ValueError, match=message):
        operate(network(), muted, edited)


def test_accuracy_counts_what_is_right():
    made = network()
    answered = np.array([probabilities(made, picture).argmax() for picture in PICTURES])
    assert accuracy(made, PICTURES, answered) == 1
    assert accuracy(made, PICTURES, np.where(np.arange(150) < 30, (answered + 1) % 10, answered)) == pytest.approx(0.8)


@pytest.mark.parametrize("stage", ["conv1", "conv2", "dense1"])
@pytest.mark.parametrize("batch_norm", [False, True])
def test_importance_is_the_drop_counted_one_filter_at_a_time(stage, batch_norm):
    made = network(batch_norm=batch_norm)
    labels = probabilities(made, PICTURES).argmax(axis=1)
    labels[::7] = 0  # so that the whole network is wrong now and then, and a filter can do harm
    channels = len(made.stages()[stage].weight)
    drops = importance(made, PICTURES, labels, stage)
    expected = [quality(made, labels) - quality(operate(made, [(stage, n)]), labels) for n in range(channels)]
    assert drops.accuracy.shape == (channels,)
    assert np.allclose(drops, np.transpose(expected), atol=1e-6)
    assert np.ptp(drops, axis=1).min() > 0


def quality(network, labels):
    """Accuracy, and the mean probability of the label."""
    shares = probabilities(network, PICTURES)
    return np.array([accuracy(network, PICTURES, labels), shares[np.arange(150), labels].mean(dtype=float)])


def test_importance_of_dense_units_of_an_mlp():
    made = opinionated(build(Mlp(hidden=(5, 4), activation="sigmoid"), (1, 28, 28), 10, seed=0))
    labels = probabilities(made, PICTURES).argmax(axis=1)
    expected = [1 - accuracy(operate(made, [("dense1", unit)]), PICTURES, labels) for unit in range(5)]
    assert np.allclose(importance(made, PICTURES, labels, "dense1").accuracy, expected, atol=1e-6)
    assert np.ptp(expected) > 0
