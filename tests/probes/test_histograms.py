"""Histograms of a network's numbers: against numpy's own, of numbers that are computed another way."""

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from dlviz.models.build import build
from dlviz.probes.histograms import counted, histograms, looks
from dlviz.probes.landscape import flat_weights
from dlviz.spec import ConvBlock, ConvNet, Mlp

CHANCE = np.random.default_rng(0)
POINTS = CHANCE.uniform(-6, 6, (50, 2))
LABELS = CHANCE.integers(0, 2, 50)


def playground(activation: str = "tanh"):
    return build(Mlp(hidden=(8, 5), activation=activation), (2,), 2, seed=0).double()


def dense_numbers(network) -> dict[str, list[np.ndarray]]:
    """Weights, gradients and activations of each layer, by hand: in numpy, with central differences."""

    def loss_and_layers(flat: np.ndarray) -> tuple[float, list[np.ndarray]]:
        layers, values, place = [], POINTS, 0
        for before, after in ((2, 8), (8, 5), (5, 2)):
            matrix = flat[place : place + before * after].reshape(after, before)
            place += before * after
            values = values @ matrix.T + flat[place : place + after]
            place += after
            values = values if after == 2 else np.tanh(values)
            layers.append(values)
        logs = values - np.log(np.exp(values).sum(axis=1, keepdims=True))
        return -logs[np.arange(50), LABELS].mean(), layers

    flat, step = flat_weights(network), 1e-5
    slopes = [
        (loss_and_layers(flat + step * one)[0] - loss_and_layers(flat - step * one)[0]) / (2 * step)
        for one in np.eye(len(flat))
    ]
    places = {"dense1": slice(0, 16), "dense2": slice(24, 64), "scores": slice(69, 79)}
    layers = loss_and_layers(flat)[1]
    return {
        name: [flat[place], np.array(slopes)[place], layer.ravel()]
        for (name, place), layer in zip(places.items(), layers, strict=True)
    }


def test_every_number_of_every_layer_is_counted_where_numpy_counts_it():
    network = playground()
    found, expected = histograms(network, POINTS, LABELS, bins=12), dense_numbers(network)
    assert list(found) == list(expected)
    for layer, numbers in expected.items():
        for histogram, values in zip(found[layer], numbers, strict=True):
            assert histogram.high == pytest.approx(np.abs(values).max(), rel=1e-6)
            assert histogram.low == -histogram.high
            counts, _ = np.histogram(values, 12, (-histogram.high * (1 + 1e-6), histogram.high * (1 + 1e-6)))
            assert np.array_equal(histogram.counts, counts[None])


def test_what_is_never_negative_begins_at_zero():
    activations = histograms(playground("relu"), POINTS, LABELS)["dense1"].activations
    assert activations.low == 0
    assert activations.counts.sum() == 50 * 8
    assert activations.counts[0, 0] > 100  # a ReLU gives nothing for about half of all points


def test_moments_share_one_scale():
    network = playground()
    moments = np.stack([flat_weights(network) * factor for factor in (0.1, 1, 3)])
    found = histograms(network, POINTS, LABELS, moments=moments)
    alone = histograms(network, POINTS, LABELS)
    weights = found["dense1"].weights
    assert weights.counts.shape == (3, 40)
    assert weights.high == pytest.approx(3 * alone["dense1"].weights.high)
    assert np.count_nonzero(weights.counts, axis=1).tolist() == sorted(np.count_nonzero(weights.counts, axis=1))
    assert np.array_equal(weights.counts[2], alone["dense1"].weights.counts[0])
    again = histograms(network, POINTS, LABELS, moments=moments[1:2])["scores"].gradients
    assert np.array_equal(again.counts, alone["scores"].gradients.counts)


def test_layers_of_a_convolutional_network_are_counted_after_their_activation():
    network = build(ConvNet(blocks=(ConvBlock(channels=2, batch_norm=True),), dense=(5,)), (1, 28, 28), 10, seed=0)
    pictures, truth = CHANCE.integers(0, 256, (4, 28, 28), dtype=np.uint8), np.arange(4)
    found = histograms(network, pictures, truth)
    assert [(name, one.activations.counts.sum()) for name, one in found.items()] == [
        ("conv1", 4 * 2 * 26 * 26),
        ("dense1", 4 * 5),
        ("scores", 4 * 10),
    ]
    assert found["conv1"].activations.low == 0
    scores = network.eval()(torch.tensor(pictures).float()[:, None] / 255)
    cross_entropy(scores, torch.tensor(truth)).backward()
    slopes = network.conv1.weight.grad.numpy().ravel()
    assert found["conv1"].gradients.high == pytest.approx(np.abs(slopes).max(), rel=1e-5)
    edges = np.linspace(-1, 1, 41) * found["conv1"].gradients.high * (1 + 1e-6)
    assert np.abs(found["conv1"].gradients.counts[0] - np.histogram(slopes, edges)[0]).sum() <= 2  # float32 at an edge


def test_numbers_that_ran_away_are_not_counted():
    network = playground()
    broken = flat_weights(network)
    broken[:3] = np.nan, np.inf, 0.5
    weights, _, activations = histograms(network, POINTS, LABELS, moments=broken[None])["dense1"]
    assert weights.counts.sum() == 14
    assert activations.counts.sum() < 400
    nothing = histograms(network, POINTS, LABELS, moments=np.full((1, len(broken)), np.nan))["scores"]
    assert [(one.counts.sum(), one.low, one.high) for one in nothing] == [(0, 0, 1)] * 3


def test_rows_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"rows of 81 weights are needed, got the shape \(2, 5\)"):
        histograms(playground(), POINTS, LABELS, moments=np.zeros((2, 5)))


def test_compared_gradients_share_one_scale_that_is_finer_near_zero():
    network = playground()
    seen = looks(network, POINTS, LABELS)
    found, alone = counted(seen, 10, compare=True), counted(seen, 10)
    most = max(np.abs(one.gradients).max() for one in seen[0].values())
    edges = most * np.linspace(-1, 1, 11) * np.abs(np.linspace(-1, 1, 11))
    edges[[0, -1]] *= 1 + 1e-6
    for layer, numbers in seen[0].items():
        gradients = found[layer].gradients
        assert (gradients.low, gradients.high, gradients.root) == (pytest.approx(-most), pytest.approx(most), 2)
        assert np.array_equal(gradients.counts[0], np.histogram(numbers.gradients, edges)[0])
        assert found[layer].weights.high == alone[layer].weights.high
    assert any(alone[layer].gradients.high < most for layer in found)
