"""Descent by hand or by gradient: torch's own SGD, and slopes by float64 differences, say the same."""

from itertools import pairwise

import numpy as np
import pytest
import torch

from dlviz.data.load import load
from dlviz.models.build import build
from dlviz.models.layers import Stages
from dlviz.spec import Mlp, Plane
from dlviz.training import descent

KNOWN = load(Plane(data="moons", points=60, noise=0.1), 5).train
POINTS, LABELS = torch.tensor(KNOWN.inputs).double(), torch.tensor(KNOWN.labels).double()


def network() -> Stages:
    """Return a network of two tanh units in float64."""
    return build(Mlp(hidden=(2,), activation="tanh"), (2,), 1, 4).double()


def written_out(weights: np.ndarray) -> np.ndarray:
    """Return the score of every point, by numpy: the weights lie as torch keeps them."""
    into, shifts, out, shift = weights[:4].reshape(2, 2), weights[4:6], weights[6:8], weights[8]
    return np.tanh(KNOWN.inputs.astype(float) @ into.T + shifts) @ out + shift


def loss(weights: np.ndarray) -> float:
    """Return the mean cross-entropy, by numpy."""
    says = 1 / (1 + np.exp(-written_out(weights)))
    return float(-np.log(np.where(KNOWN.labels == 1, says, 1 - says)).mean())


def slopes(weights: np.ndarray) -> np.ndarray:
    """Return the gradient by central differences."""
    steps = 1e-5 * np.eye(len(weights))
    return np.array([(loss(weights + step) - loss(weights - step)) / 2e-5 for step in steps])


def test_every_move_goes_down_the_slope_that_differences_measure() -> None:
    passed = descent.descend(network(), POINTS, LABELS, 0.3, 6)
    assert passed.shape == (7, 9)
    for before, after in pairwise(passed):
        assert after - before == pytest.approx(-0.3 * slopes(before), abs=1e-8)


def test_the_way_is_that_of_torchs_sgd() -> None:
    twin = network()
    optimizer = torch.optim.SGD(twin.parameters(), lr=1.5, foreach=False, fused=False)
    for _ in range(12):
        optimizer.zero_grad()
        torch.nn.functional.binary_cross_entropy(twin(POINTS)[:, 0].sigmoid(), LABELS).backward()
        optimizer.step()
    passed = descent.descend(network(), POINTS, LABELS, 1.5, 12)
    assert passed[-1] == pytest.approx(descent.weights_of(twin), abs=1e-10)
    assert np.array_equal(passed[0], descent.weights_of(network()))


def test_losses_and_shares_are_those_of_the_weights() -> None:
    rows = np.random.default_rng(0).normal(0, 3, (5, 9))
    losses, shares = descent.standing(network(), POINTS, LABELS, rows)
    assert losses == pytest.approx([loss(row) for row in rows], abs=1e-9)
    assert shares == pytest.approx([np.mean((written_out(row) > 0) == (KNOWN.labels == 1)) for row in rows])


def test_downhill_is_against_the_slope() -> None:
    weights = np.random.default_rng(1).normal(0, 1, 9)
    assert descent.downhill(network(), POINTS, LABELS, weights) == pytest.approx(-slopes(weights), abs=1e-8)


def test_the_loss_of_a_score_that_is_sure_is_no_infinity() -> None:
    rows = np.array([[9.0] * 9, [-9.0] * 9]) * 100
    losses, _ = descent.standing(network(), POINTS, LABELS, rows)
    assert np.isfinite(losses).all() and (losses > 0).all()
