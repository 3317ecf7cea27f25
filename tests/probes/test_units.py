"""A check-up of a network: against numpy, against central differences, against scikit-learn."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.metrics import log_loss, mean_squared_error

from dlviz.models.build import build
from dlviz.probes.landscape import flat_weights, loss_about, losses_at
from dlviz.probes.units import guess_loss, look
from dlviz.spec import ConvBlock, ConvNet, Mlp

CHANCE = np.random.default_rng(0)
POINTS = CHANCE.uniform(-6, 6, (50, 2))
LABELS = CHANCE.integers(0, 3, 50)


def test_layers_hold_what_goes_in_and_what_comes_out():
    network = build(Mlp(hidden=(4, 3), activation="tanh"), (2,), 3, seed=0).double()
    flat = flat_weights(network)
    values = POINTS
    for layer in look(network, POINTS, LABELS).layers:
        assert layer.activation == "tanh"
        assert np.array_equal(flat[layer.weight_places], layer.weights)
        assert np.array_equal(flat[layer.bias_places], layer.biases)
        assert layer.sums == pytest.approx(values @ layer.weights.T + layer.biases)
        values = np.tanh(layer.sums)
        assert layer.outputs == pytest.approx(values)
    assert values.shape == (50, 3)


def test_of_somebodys_own_function_the_slopes_are_known_too():
    network = build(Mlp(hidden=(4, 3), activations=("own", "tanh"), own="x^2 / 20"), (2,), 3, seed=0).double()
    typed, other = look(network, POINTS, LABELS).layers
    assert (typed.activation, other.activation, other.slopes) == ("own", "tanh", None)
    assert typed.slopes == pytest.approx(np.abs(typed.sums) / 10 / 0.6)  # the steepest, at 6, is 0.6
    assert all(values.grad is None for values in network.parameters())


@pytest.mark.parametrize("about", ["class", "number"])
def test_the_slope_is_the_length_of_the_gradient(about):
    network = build(Mlp(hidden=(4,), activation="tanh"), (2,), 3 if about == "class" else 1, seed=0).double()
    labels = LABELS if about == "class" else POINTS[:, 0] / 6
    seen = look(network, POINTS, labels, loss_about(about))
    flat = flat_weights(network)
    steps = 1e-5 * np.concatenate([np.eye(len(flat)), -np.eye(len(flat))])
    above, below = np.split(losses_at(network, flat + steps, POINTS, labels, loss_about(about)), 2)
    assert seen.slope == pytest.approx(np.linalg.norm((above - below) / 2e-5), rel=1e-6)
    assert seen.length == pytest.approx(np.linalg.norm(flat))
    assert seen.loss == pytest.approx(losses_at(network, flat[None], POINTS, labels, loss_about(about))[0])
    assert all(values.grad is None for values in network.parameters())


def test_the_guess_is_the_best_constant_answer():
    shares = DummyClassifier(strategy="prior").fit(POINTS, LABELS).predict_proba(POINTS)
    assert guess_loss(LABELS) == pytest.approx(log_loss(LABELS, shares))
    numbers = POINTS[:, 0].astype(np.float32)
    mean = DummyRegressor().fit(POINTS, numbers).predict(POINTS)
    assert guess_loss(numbers) == pytest.approx(mean_squared_error(numbers, mean), rel=1e-5)


def test_cells_of_maps_are_points_and_normalised_units_have_the_normalisations_bias():
    network = build(ConvNet(blocks=(ConvBlock(channels=3, batch_norm=True),), dense=(5,)), (1, 28, 28), 10, seed=0)
    maps, dense = look(network, CHANCE.integers(0, 256, (2, 28, 28), dtype=np.uint8), np.array([1, 2])).layers
    assert maps.outputs.shape == (2 * 26 * 26, 3)
    assert maps.weights.size == maps.weight_places.size == 0
    assert np.array_equal(flat_weights(network)[maps.bias_places], network.norm1.bias.detach())
    assert maps.bias_places.tolist() == [33, 34, 35]  # after 3 · 9 weights, 3 biases and 3 scales
    assert dense.weights.shape == (5, 3 * 13 * 13)
