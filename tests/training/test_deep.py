"""A deep network learns as plain PyTorch would, and what is measured of it is what autograd gives."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from dlviz.signals import Lesson
from dlviz.stack import Vanishing
from dlviz.training.deep import SIDE, learn, network_for, plane_map, shortening, training_points
from tests.pieces import whole

SHORT = {"deep_layers": 3, "deep_width": 8, "deep_steps": 50}


def lesson(kind: torch.dtype = torch.float32, **given: object) -> Lesson:
    """Return what a stack did."""
    return whole(learn(Vanishing(**given), kind))


def by_hand(given: Vanishing) -> tuple[list[float], list[list[float]], list[float]]:
    """Return losses, gradients by layer and whole gradients of a plain loop with torch's own parts, in float64."""
    points, labels = training_points(given, torch.float64)
    bends = {"tanh": nn.Tanh, "relu": nn.ReLU}
    norms = {"none": nn.Identity, "batch": nn.BatchNorm1d, "layer": nn.LayerNorm}
    layers, made = [], network_for(given, torch.float64)
    for block in made[:-1]:
        width = block.linear.out_features
        norm = norms[given.deep_norm](*[width] * (given.deep_norm != "none")).double()
        layers += [block.linear, norm, bends[given.deep_bend]()]
    network = nn.Sequential(*layers, made[-1])
    optimizer = torch.optim.SGD(network.parameters(), lr=given.deep_rate)
    losses, norms_by_layer, wholes = [], [], []
    for _ in range(given.deep_steps + 1):
        optimizer.zero_grad()
        loss = cross_entropy(network(points), labels)
        loss.backward()
        losses.append(loss.item())
        norms_by_layer.append([layer.weight.grad.norm().item() for layer in network if isinstance(layer, nn.Linear)])
        limit = given.deep_clip or float("inf")
        wholes.append(nn.utils.clip_grad_norm_(network.parameters(), limit).item())
        optimizer.step()
    return losses, norms_by_layer, wholes


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"deep_norm": "batch"},
        {"deep_norm": "layer", "deep_bend": "relu", "deep_start": "he"},
        {"deep_clip": 0.1, "deep_bend": "relu", "deep_start": "normal", "deep_scale": 0.5},
    ],
)
def test_losses_and_gradients_are_those_of_a_plain_loop_in_float64(more: dict[str, object]) -> None:
    given = Vanishing(**{**SHORT, "deep_bend": "tanh", **more})
    found = lesson(torch.float64, **dict(given))
    losses, norms, wholes = by_hand(given)
    assert found.losses == pytest.approx(losses, abs=1e-10)
    assert found.norms == pytest.approx(np.array(norms), rel=1e-8)
    assert found.totals == pytest.approx(wholes, rel=1e-8)


def test_the_gradient_is_the_central_difference_of_the_loss() -> None:
    given = Vanishing(**SHORT, deep_bend="tanh")
    network, (points, labels) = network_for(given, torch.float64), training_points(given, torch.float64)
    weight, step = network[1].linear.weight, 1e-5
    slopes = torch.zeros_like(weight)
    with torch.no_grad():
        for place in np.ndindex(*weight.shape):
            there = []
            for shift in (step, -step):
                weight[place] += shift
                there.append(cross_entropy(network(points), labels).item())
                weight[place] -= shift
            slopes[place] = (there[0] - there[1]) / (2 * step)
    assert lesson(torch.float64, **dict(given)).norms[0, 1] == pytest.approx(slopes.norm().item(), rel=1e-7)


def test_the_same_question_gives_the_same_bits() -> None:
    one, same = lesson(**SHORT), lesson(**SHORT)
    assert all(np.array_equal(a, b) for a, b in zip(one[:-1], same[:-1], strict=True))
    assert not np.array_equal(one.losses, lesson(**SHORT, deep_seed=1).losses)


def test_a_lesson_has_a_row_for_every_moment_and_maps_of_some() -> None:
    found = lesson(**SHORT)
    assert found.losses.shape == found.shares.shape == found.totals.shape == (51,)
    assert found.norms.shape == (51, 4)
    assert found.maps.shape == (len(found.map_steps), SIDE, SIDE)
    assert (found.map_steps[0], found.map_steps[-1]) == (0, 50)
    assert len(found.points) == len(found.labels) == 200
    assert (found.maps >= 0).all() and (found.maps <= 1).all()


def test_a_map_shows_the_plane_from_its_upper_left_corner() -> None:
    class Upper(nn.Module):
        def forward(self, points):
            return torch.stack([-50 * points[:, 1], 50 * points[:, 1]], dim=1)

    found = plane_map(Upper())
    assert (found[: SIDE // 2] > 0.99).all()
    assert (found[SIDE // 2 :] < 0.01).all()


def test_no_gradient_is_used_that_is_longer_than_allowed() -> None:
    assert shortening(torch.tensor(10.0), 2.0).item() == pytest.approx(0.2, rel=1e-6)
    assert shortening(torch.tensor(1.0), 2.0).item() == 1


# ----------------------------------------------------------------------------- what it is known for


def test_sigmoids_pass_hardly_anything_on_and_learn_nothing() -> None:
    found = lesson()
    assert found.passed(0) < 1e-5
    assert found.losses[-1] == pytest.approx(np.log(2), abs=0.01)  # no better than a coin


@pytest.mark.parametrize(
    "cure", [{"deep_bend": "relu", "deep_start": "he"}, {"deep_norm": "batch"}, {"deep_bend": "tanh"}]
)
def test_each_cure_lets_it_learn(cure: dict[str, object]) -> None:
    found = lesson(**cure)
    assert found.passed(0) > 0.1
    assert found.shares[-1] > 0.95


def test_shortcuts_let_faint_weights_learn() -> None:
    faint = {"deep_layers": 20, "deep_bend": "tanh", "deep_start": "normal", "deep_scale": 0.1, "deep_rate": 0.02}
    assert lesson(**faint).totals[0] < 1e-6
    assert lesson(**faint, deep_shortcut=True).shares[-1] > 0.95


def test_large_weights_run_away_unless_the_gradient_is_clipped() -> None:
    large = {"deep_bend": "relu", "deep_start": "normal", "deep_scale": 0.6}
    broken = lesson(**large)
    assert broken.diverged_at is not None
    assert broken.last == broken.diverged_at - 1
    assert np.isfinite(broken.norms).all() and np.isfinite(broken.maps).all()
    assert broken.map_steps[-1] == broken.last
    clipped = lesson(**large, deep_clip=1.0)
    assert clipped.diverged_at is None
    assert clipped.shares[-1] > 0.95
