"""The rules by which points are laid out, checked as geometry."""

import numpy as np
import pytest

from dlviz.data.plane import EXTENT, LAYOUTS, scatter


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("noise", [0, 0.1, 0.5])
def test_points_lie_within_the_plane_and_classes_are_even(name: str, noise: float) -> None:
    points, labels = scatter(LAYOUTS[name], 501, noise, 0)
    assert (points.shape, points.dtype) == ((501, 2), np.float32)
    assert np.abs(points).max() <= EXTENT
    assert np.bincount(labels).tolist() == [251, 250]


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_seed_decides_the_points_and_noise_moves_them_by_its_bound(name: str) -> None:
    calm, moved = scatter(LAYOUTS[name], 200, 0, 7)[0], scatter(LAYOUTS[name], 200, 0.1, 7)[0]
    assert (calm == scatter(LAYOUTS[name], 200, 0, 7)[0]).all()
    assert (calm != scatter(LAYOUTS[name], 200, 0, 8)[0]).any()
    assert 0.5 < np.abs(calm - moved).max() <= 0.6 + 1e-6


def test_a_circle_separates_by_radius() -> None:
    points, labels = scatter(LAYOUTS["circle"], 400, 0, 0)
    radius = np.hypot(*points.T)
    assert radius[labels == 1].max() <= 2.5
    assert radius[labels == 0].min() >= 3.5 - 1e-5
    assert radius.max() <= 5 + 1e-5


def test_xor_separates_by_the_sign_of_the_product() -> None:
    points, labels = scatter(LAYOUTS["xor"], 400, 0, 0)
    assert ((points.prod(axis=1) > 0) == (labels == 1)).all()
    assert len({tuple(row) for row in np.sign(points).tolist()}) == 4


def test_gauss_has_its_centres_and_spread() -> None:
    points, labels = scatter(LAYOUTS["gauss"], 2000, 0, 0)
    for label, centre in ((0, -2), (1, 2)):
        assert np.allclose(points[labels == label].mean(axis=0), centre, atol=0.1)
        assert np.allclose(points[labels == label].var(axis=0), 0.5, atol=0.1)


def test_the_arms_of_a_spiral_are_each_other_turned_by_half() -> None:
    points, labels = scatter(LAYOUTS["spiral"], 400, 0, 0)
    radius = np.hypot(*points.T)
    turn = np.arctan2(points[:, 0], points[:, 1])
    expected = 3.5 * np.pi * radius / 5 + np.pi * labels
    assert np.abs(np.exp(1j * turn) - np.exp(1j * expected))[radius > 0.01].max() < 1e-4


def test_moons_are_half_circles_around_two_centres() -> None:
    points, labels = scatter(LAYOUTS["moons"], 400, 0, 0)
    centres = np.where(labels == 1, 1.5, -1.5), np.where(labels == 1, 0.75, -0.75)
    assert np.allclose(np.hypot(points[:, 0] - centres[0], points[:, 1] - centres[1]), 3, atol=1e-4)
    assert (points[labels == 0, 1] >= -0.75 - 1e-5).all()
    assert (points[labels == 1, 1] <= 0.75 + 1e-5).all()
