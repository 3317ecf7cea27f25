"""The loss surface: every height against the network itself, a loop, a closed form, and scikit-learn's components."""

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA
from torch import nn
from torch.nn.functional import cross_entropy

from dlviz.models.build import build, read_weights, set_weights
from dlviz.probes import landscape
from dlviz.probes.landscape import (
    WeightPlane,
    flat_weights,
    loss_about,
    loss_surface,
    losses_at,
    main_directions,
    measures,
    on_plane,
    over_path,
    over_random_directions,
    over_two_weights,
    reach,
)
from dlviz.spec import ConvBlock, ConvNet, Mlp, Plane, RunSpec
from dlviz.training.run import Run

CHANCE = np.random.default_rng(0)
POINTS = CHANCE.uniform(-6, 6, (60, 2)).astype(np.float32)
LABELS = CHANCE.integers(0, 2, 60)
GRID = np.linspace(-2, 2, 9)


def playground(seed: int = 0) -> nn.Module:
    return build(Mlp(hidden=(8, 8), activation="tanh"), (2,), 2, seed)


def pictures() -> nn.Module:
    network = ConvNet(blocks=(ConvBlock(channels=2, batch_norm=True), ConvBlock(channels=3)), dense=(5,))
    return build(network, (1, 28, 28), 10, seed=0)


def by_loop(network: nn.Module, weights: np.ndarray, loss) -> list[float]:
    """The plain way: put the weights into the network, one after the other, and look."""
    before, found = read_weights(network), []
    for row in weights:
        nn.utils.vector_to_parameters(torch.tensor(row, dtype=torch.float32), network.parameters())
        with torch.no_grad():
            found.append(loss(network.eval()).item())
    set_weights(network, before)
    return found


@pytest.mark.parametrize("plane", ["two weights", "random"])
def test_every_height_is_the_loss_of_the_network_with_those_weights(plane):
    network = playground()
    chosen = over_two_weights(network, 3, 50) if plane == "two weights" else over_random_directions(network, seed=4)
    surface = loss_surface(network, POINTS, LABELS, chosen, GRID, GRID[:5] * 2)
    expected = np.empty((5, 9))
    for row, along in enumerate(GRID[:5] * 2):
        for column, across in enumerate(GRID):
            weights = chosen.origin + across * chosen.directions[0] + along * chosen.directions[1]
            expected[row, column] = by_loop(network, weights[None], points_loss)[0]
    assert np.allclose(surface.heights, expected, rtol=1e-6, atol=1e-6)
    assert np.ptp(expected, axis=0).min() > 0.01


def points_loss(network: nn.Module) -> torch.Tensor:
    return cross_entropy(network(torch.tensor(POINTS)), torch.tensor(LABELS))


def test_the_height_at_the_marker_is_the_loss_that_the_run_displays():
    run = Run(RunSpec(data=Plane(points=200), network=Mlp(hidden=(8, 8)), device="cpu", epochs=6))
    *_, last = [moment for moment in run.work() if moment is not None]
    validation = run.splits.validation
    for plane in (over_random_directions(run.network), over_two_weights(run.network, 0, 1)):
        surface = loss_surface(run.network, validation.inputs, validation.labels, plane, GRID, GRID)
        assert surface.here == pytest.approx(last["validation_loss"].item(), abs=1e-6)
        assert surface.heights[4, 4] == pytest.approx(surface.here, abs=1e-6)


def test_a_linear_network_has_the_paraboloid_of_the_closed_form():
    network = nn.Sequential(nn.Linear(2, 1))
    truth = CHANCE.standard_normal(60).astype(np.float32)
    surface = loss_surface(network, POINTS, truth, over_two_weights(network, 1, 2), GRID, GRID, loss_about("number"))
    weights, design = flat_weights(network), np.column_stack([POINTS, np.ones(60)]).astype(float)
    hessian, slope = design.T @ design / 60, design.T @ (design @ weights - truth) / 60
    for (row, column), height in np.ndenumerate(surface.heights):
        step = np.array([0, GRID[column], GRID[row]])
        expected = np.square(design @ weights - truth).mean() + 2 * slope @ step + step @ hessian @ step
        assert height == pytest.approx(expected, rel=1e-5)


def test_a_network_with_typed_activations_has_the_surface_of_a_loop():
    for own in ("x*sigmoid(2x)", "max(x, 0) - 1/(1 + x^2)", "sqrt(2)*x"):
        network = build(Mlp(hidden=(4, 3), activation="own", own=own), (2,), 3, seed=2)
        weights = over_random_directions(network).at(CHANCE.standard_normal((5, 2)))
        expected = by_loop(network, weights, lambda one: cross_entropy(one(torch.tensor(POINTS)), torch.tensor(LABELS)))
        assert np.allclose(losses_at(network, weights, POINTS, LABELS), expected, rtol=1e-5)


def test_pictures_and_convolutions_have_a_surface_too():
    network = pictures()
    digits, truth = CHANCE.integers(0, 256, (6, 28, 28), dtype=np.uint8), np.arange(6)
    weights = flat_weights(network) + 0.1 * CHANCE.standard_normal((4, len(flat_weights(network))))
    inputs = torch.tensor(digits).float()[:, None] / 255
    expected = by_loop(network, weights, lambda one: cross_entropy(one(inputs), torch.tensor(truth)))
    assert np.allclose(losses_at(network, weights, digits, truth), expected, rtol=1e-5)
    dense = build(Mlp(hidden=(6,)), (1, 28, 28), 10, seed=0)
    there = over_random_directions(dense).at(GRID[:3, None] * np.ones(2))
    expected = by_loop(dense, there, lambda one: cross_entropy(one(inputs), torch.tensor(truth)))
    assert np.allclose(losses_at(dense, there, digits, truth), expected, rtol=1e-5)


def test_many_networks_are_looked_at_in_parts(monkeypatch):
    network = playground()
    weights = over_random_directions(network).at(CHANCE.standard_normal((7, 2)))
    whole = losses_at(network, weights, POINTS, LABELS)
    monkeypatch.setattr(landscape, "AT_ONCE", 3 * 60 * 8)
    assert np.allclose(losses_at(network, weights, POINTS, LABELS), whole, rtol=1e-6)


# ------------------------------------------------------------------------------------- planes


def test_two_weights_are_moved_and_no_other():
    plane = over_two_weights(playground(), 5, 2)
    moved = plane.at(np.array([[0.5, -3.0]]))[0] - plane.origin
    assert moved[[5, 2]] == pytest.approx([0.5, -3])
    assert np.count_nonzero(moved) == 2


@pytest.mark.parametrize("network", [playground(), pictures()], ids=["mlp", "cnn"])
def test_random_directions_are_as_long_as_each_filter(network):
    plane = over_random_directions(network, seed=1)
    for direction in plane.directions:
        place = 0
        for values in network.parameters():
            part = direction[place : place + values.numel()].reshape(values.shape)
            place += values.numel()
            for found, filter_ in zip(part, values.detach().numpy(), strict=True):
                expected = np.linalg.norm(filter_) if values.dim() > 1 else 0
                assert np.linalg.norm(found) == pytest.approx(expected, rel=1e-5)
    assert abs(np.corrcoef(plane.directions)[0, 1]) < 0.5
    assert np.array_equal(plane.directions, over_random_directions(network, seed=1).directions)
    assert not np.array_equal(plane.directions, over_random_directions(network, seed=2).directions)


@pytest.mark.parametrize("rows", [12, 300], ids=["fewer moments than weights", "more moments than weights"])
def test_the_main_directions_are_the_principal_components(rows):
    path = np.cumsum(CHANCE.standard_normal((rows, 40)) * np.linspace(3, 0.1, 40), axis=0)
    directions, explained = main_directions(path)
    reference = PCA(n_components=2).fit(path)
    assert np.allclose(np.abs((directions * reference.components_).sum(axis=1)), 1, atol=1e-9)
    assert explained == pytest.approx(reference.explained_variance_ratio_, rel=1e-9)


def test_a_path_lies_on_its_plane_as_far_as_that_is_true():
    run = Run(RunSpec(data=Plane(points=100), network=Mlp(hidden=(4,), activation="tanh"), device="cpu", epochs=30))
    recorded = [moment for moment in run.work() if moment is not None]
    path = np.stack([moment["weights"] for moment in recorded])
    plane, walked = over_path(run.network, path)
    assert walked.points[-1] == pytest.approx([0, 0], abs=1e-5)
    assert walked.distances[-1] == pytest.approx(0, abs=1e-5)
    gaps = np.linalg.norm(plane.at(walked.points) - path, axis=1)
    assert walked.distances == pytest.approx(gaps, abs=1e-9)
    assert walked.explained[0] > walked.explained[1] > 0
    assert 0.9 < walked.explained.sum() <= 1
    validation = run.splits.validation
    surface = loss_surface(run.network, validation.inputs, validation.labels, plane, *reach(walked.points))
    assert surface.here == pytest.approx(recorded[-1]["validation_loss"].item(), abs=1e-6)
    assert (surface.across[0], surface.along[0]) <= tuple(walked.points.min(axis=0))


def test_a_path_is_seen_at_the_nearest_places_of_a_plane_at_any_angle():
    chance = np.random.default_rng(5)
    plane = WeightPlane(chance.normal(size=12), chance.normal(size=(2, 12)))  # not at right angles
    walked = chance.normal(size=(7, 12))
    found = on_plane(plane, walked)
    for row, point, distance in zip(walked, found.points, found.distances, strict=True):
        best, (squares,), *_ = np.linalg.lstsq(plane.directions.T, row - plane.origin, rcond=None)
        assert point == pytest.approx(best)
        assert distance == pytest.approx(np.sqrt(squares))
    inside = (found.points - found.points.mean(0)) @ plane.directions
    assert found.explained.sum() == pytest.approx(np.square(inside).sum() / np.square(walked - walked.mean(0)).sum())
    assert measures(plane) @ plane.directions.T == pytest.approx(np.eye(2))


def test_a_flat_path_stays_on_its_plane_exactly():
    network = playground()
    plane = over_random_directions(network)
    walked = plane.at(np.array([[3.0, 1], [2, 1.5], [1, 0.2], [0, 0]]))
    assert over_path(network, walked)[1].explained.sum() == pytest.approx(1)
    assert over_path(network, walked)[1].distances == pytest.approx(np.zeros(4), abs=1e-9)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_path_without_two_directions_gets_them_from_chance(rows):
    network = playground()
    origin = flat_weights(network)
    walked = origin + np.arange(rows)[::-1, None] * np.linspace(0, 1, len(origin))
    plane, path = over_path(network, walked)
    assert np.allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-9)
    assert path.explained == pytest.approx([float(rows > 1), 0])
    assert path.distances == pytest.approx(np.zeros(rows), abs=1e-9)
    assert np.isfinite(loss_surface(network, POINTS, LABELS, plane, *reach(path.points, side=5)).heights).all()


def test_the_reach_holds_the_path_and_the_network():
    across, along = reach(np.array([[4.0, 0.1], [1.0, 0.0]]), side=21)
    assert (across[0], across[-1]) == pytest.approx((-0.8, 4.8))
    assert along[-1] - along[0] == pytest.approx((across[-1] - across[0]) / 4)
    assert len(across) == len(along) == 21


# ------------------------------------------------------------------------------------- errors


def test_where_a_run_has_hardly_moved_there_is_ground_around_it():
    across, along = reach(np.array([[0.0, 0.0], [0.5, 1e-9]]), side=3, least=2.0)
    assert np.ptp(across) == np.ptp(along) == pytest.approx(2.8)


def test_what_cannot_be_is_refused_with_what_was_given():
    network = playground()
    with pytest.raises(ValueError, match=r"0 … 113 are needed, got 3 and 114"):
        over_two_weights(network, 3, 114)
    with pytest.raises(ValueError, match="got 3 and 3"):
        over_two_weights(network, 3, 3)
    with pytest.raises(ValueError, match=r"rows of 114 weights are needed, got the shape \(2, 5\)"):
        over_path(network, np.zeros((2, 5)))
    with pytest.raises(ValueError, match="diverged"):
        over_path(network, np.full((2, 114), np.nan))
    with torch.no_grad():
        for values in network.parameters():
            values.zero_()
    with pytest.raises(ValueError, match="all are zero"):
        over_random_directions(network)
    with torch.no_grad():
        network.scores.bias.fill_(torch.nan)
    with pytest.raises(ValueError, match="diverged"):
        over_two_weights(network, 0, 1)


def test_heights_that_run_away_are_said_as_they_are():
    network = playground()
    plane = WeightPlane(flat_weights(network), np.full((2, 114), 1e30))
    heights = loss_surface(network, POINTS, LABELS, plane, np.array([0.0, 1e9]), np.array([0.0])).heights
    assert np.isfinite(heights[0, 0])
    assert not np.isfinite(heights[0, 1])
