"""The rules by which points are laid out, checked as geometry."""

import numpy as np
import pytest

from dlviz.data.plane import EXTENT, HEIGHTS, LAYOUTS, scatter, survey
from dlviz.spec import PLANE_NUMBERS, Plane


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("noise", [0, 0.1, 0.5])
def test_points_lie_within_the_plane_and_classes_are_even(name: str, noise: float) -> None:
    classes = Plane(data=name).outputs
    points, labels = scatter(LAYOUTS[name], 501, noise, 0, classes)
    assert (points.shape, points.dtype) == ((501, 2), np.float32)
    assert np.abs(points).max() <= EXTENT
    assert np.bincount(labels).tolist() == [len(range(label, 501, classes)) for label in range(classes)]


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


def test_three_clouds_stand_around_a_triangle() -> None:
    points, labels = scatter(LAYOUTS["clouds"], 3000, 0, 0, 3)
    middles = np.array([points[labels == label].mean(axis=0) for label in range(3)])
    assert np.hypot(*middles.T) == pytest.approx([3.2] * 3, abs=0.15)
    assert np.linalg.norm(middles - np.roll(middles, 1, axis=0), axis=1) == pytest.approx([3.2 * 3**0.5] * 3, abs=0.2)


def test_three_arms_are_each_other_turned_by_a_third() -> None:
    points, labels = scatter(LAYOUTS["arms"], 600, 0, 0, 3)
    radius = np.hypot(*points.T)
    expected = 2.2 * np.pi * (radius / 5.4 - 0.06) / 0.94 + 2 * np.pi * labels / 3
    turn = np.arctan2(points[:, 0], points[:, 1])
    assert np.abs(np.exp(1j * turn) - np.exp(1j * expected)).max() < 1e-3
    assert radius.max() <= 5.4 + 1e-5


def test_a_checkerboard_has_four_colours_and_no_neighbours_alike() -> None:
    points, labels = scatter(LAYOUTS["checkerboard"], 2000, 0, 0, 4)
    cells = np.floor((points + 6) / 3).astype(int)
    board = np.full((4, 4), -1)
    board[tuple(cells.T)] = labels
    assert (board[tuple(cells.T)] == labels).all()  # one colour to a cell
    assert (board >= 0).all()
    assert (board[1:] != board[:-1]).all() and (board[:, 1:] != board[:, :-1]).all()


def test_a_slope_is_a_plane_and_hills_have_their_tops() -> None:
    assert HEIGHTS["slope"](np.array([[6, 6], [-6, -6], [3, -3]])).tolist() == [1, -1, 0]
    assert HEIGHTS["hills"](np.array([[-4, 2.5], [0, 2.5], [4, -1.5], [6, 6]])).tolist() == [1, -1, -0.5, 0]
    assert tuple(HEIGHTS) == PLANE_NUMBERS


@pytest.mark.parametrize("name", HEIGHTS)
def test_heights_are_surveyed_all_over_the_plane_and_noise_misplaces_them(name: str) -> None:
    points, labels = survey(HEIGHTS[name], 500, 0, 3)
    assert (points.dtype, labels.dtype) == (np.float32, np.float32)
    assert np.abs(points).max() <= EXTENT and points.std(axis=0) == pytest.approx([12 / 12**0.5] * 2, rel=0.1)
    assert labels == pytest.approx(HEIGHTS[name](points), abs=1e-5)
    noisy = survey(HEIGHTS[name], 500, 0.3, 3)
    assert (noisy[0] == points).all() and (noisy[1] != labels).any()
    assert (noisy[1] == survey(HEIGHTS[name], 500, 0.3, 3)[1]).all()
