"""Vital signs: sizes as numpy has them, and units that stand still as whoever set their weights knows."""

import numpy as np
import pytest
import torch

from dlviz.models.build import build
from dlviz.probes.histograms import Numbers, looks
from dlviz.probes.vitals import vitals
from dlviz.spec import Mlp

POINTS = np.random.default_rng(0).uniform(-6, 6, (80, 2))
LABELS = (POINTS[:, 0] > 0).astype(int)


def seen_with(activation: str, weight: float, bias: float, **fields: str) -> Numbers:
    """Return what is seen of three units, the first of which has these weights to both inputs and this bias."""
    network = build(Mlp(hidden=(3,), activation=activation, **fields), (2,), 2, seed=0).double()
    with torch.no_grad():
        network.dense1.weight[0], network.dense1.bias[0] = weight, bias
        network.dense1.weight[1:], network.dense1.bias[1:] = 0.1, 0
    return looks(network, POINTS, LABELS)[0]["dense1"]


def test_a_relu_that_never_answers_is_stuck():
    found = vitals([seen_with("relu", 1, 0), seen_with("relu", 1, -20)], "relu")
    assert found.stuck.tolist() == [0, 1]
    zero = (POINTS.sum(1) <= 0).mean()
    assert found.flat == pytest.approx([zero, (2 * zero + 1) / 3], abs=1e-6)


@pytest.mark.parametrize(("activation", "reach"), [("tanh", 1), ("sigmoid", 2)])
def test_a_unit_at_the_flat_ends_for_nearly_all_points_is_stuck(activation, reach):
    found = vitals([seen_with(activation, 0.2, 0), seen_with(activation, 1000, 0)], activation)
    assert found.stuck.tolist() == [0, 1]
    ends = reach * np.arctanh(0.97)
    shares = [(np.abs(size * POINTS.sum(1)) > ends).mean() for size in (0.2, 0.1, 0.1)]
    assert found.flat[0] == pytest.approx(np.mean(shares), abs=1e-6)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_typed_function_is_flat_where_the_built_in_one_is(activation):
    for place in ((0.2, 0), (1000, 0), (1, -20)):
        typed = vitals([seen_with("own", *place, own=f"{activation}(x)")], "own")
        builtin = vitals([seen_with(activation, *place)], activation)
        assert (typed.stuck.tolist(), typed.flat.tolist()) == (builtin.stuck.tolist(), builtin.flat.tolist())
        assert np.allclose(typed.sizes, builtin.sizes)


def test_other_functions_have_no_flat_end():
    found = vitals([seen_with("elu", 1000, -20)], "elu")
    assert (found.stuck[0], found.flat[0]) == (0, 0)


def test_sizes_are_root_mean_squares_and_none_where_numbers_ran_away():
    numbers = Numbers(np.array([[3.0, 4.0]]), np.array([[0.0, 2.0]]), np.array([[1.0], [np.inf]]))
    sizes = vitals([numbers]).sizes[0]
    assert sizes[:2] == pytest.approx([np.sqrt(12.5), np.sqrt(2)])
    assert np.isnan(sizes[2])
