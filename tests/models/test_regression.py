"""The regression's surface: its lowest place is least squares', and gradients of parts add up to the whole."""

import numpy as np
import pytest
import torch

from dlviz.models.regression import Regression

CHANCE = torch.Generator().manual_seed(0)
FEATURES = torch.randn(30, 2, generator=CHANCE, dtype=torch.float64)
TARGETS = torch.randn(30, generator=CHANCE, dtype=torch.float64)
BATCHES = torch.arange(30).reshape(5, 6)
LOSS = Regression(FEATURES, TARGETS, BATCHES)
PLACE = torch.tensor([0.4, -1.1], dtype=torch.float64)


def test_the_height_is_half_the_mean_squared_error() -> None:
    wanted = 0.5 * np.mean((FEATURES.numpy() @ PLACE.numpy() - TARGETS.numpy()) ** 2)
    assert float(LOSS.height(PLACE)) == pytest.approx(wanted)
    assert LOSS.height(PLACE.expand(4, 3, 2)).shape == (4, 3)


def test_the_slope_vanishes_at_least_squares() -> None:
    best = np.linalg.lstsq(FEATURES.numpy(), TARGETS.numpy(), rcond=None)[0]
    assert LOSS.slope(torch.tensor(best)).abs().max() < 1e-12
    assert torch.allclose(LOSS.bend(PLACE), FEATURES.T @ FEATURES / 30)


def test_parts_of_equal_size_add_up_to_the_whole() -> None:
    assert float(sum(LOSS.part(PLACE, step) for step in range(5)) / 5) == pytest.approx(float(LOSS.height(PLACE)))
    assert float(LOSS.part(PLACE, 7)) == float(LOSS.part(PLACE, 2))


def test_the_mean_of_all_examples_gradients_is_the_slope() -> None:
    found = LOSS.gradients(PLACE)
    assert torch.allclose(found.mean(dim=0), LOSS.slope(PLACE))
    assert torch.allclose(found, (FEATURES @ PLACE - TARGETS)[:, None] * FEATURES)
