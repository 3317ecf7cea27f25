"""Maps of the plane against the network asked point by point."""

import numpy as np
import pytest
import torch
from torch import nn

from dlviz.models.build import build
from dlviz.models.layers import Stages
from dlviz.spec import INPUTS, Mlp
from dlviz.training.plane_maps import columns, grid, output_map, output_side, unit_maps


def scores_on(network: Stages, side: int) -> torch.Tensor:
    """Return the scores (K, side²) of the network for the middles of the cells."""
    with torch.no_grad():
        return network.eval()(grid(side, "cpu")).T


def test_the_grid_starts_at_the_top_left_with_the_middles_of_cells() -> None:
    assert grid(3, "cpu").numpy() == pytest.approx(np.array([[x, y] for y in (4, 0, -4) for x in (-4, 0, 4)]))


def test_large_networks_have_a_coarser_map() -> None:
    assert (output_side(423), output_side(4000), output_side(4001)) == (100, 100, 50)


@pytest.mark.parametrize("activation", ["relu", "elu", "tanh", "identity", "own"])
@pytest.mark.parametrize("norm", [False, True])
def test_columns_are_what_the_network_gives_row_by_row(activation: str, norm: bool) -> None:
    network = build(Mlp(hidden=(5, 4), activation=activation, batch_norm=norm), (2,), 3, 1, inputs=INPUTS)
    network(torch.randn(30, 2))  # so that batch norm has seen something
    points = torch.randn(7, 2)
    given = dict(columns(network, points))
    expected = network.eval().stage_outputs(points)
    assert list(given) == list(expected)
    for name, values in expected.items():
        if not name.startswith("dropout"):
            assert torch.allclose(given[name].T, values, atol=1e-6), name


def test_columns_do_not_care_for_the_mode_and_leave_no_trace() -> None:
    network = build(Mlp(hidden=(5,), batch_norm=True), (2,), 2, 1)
    before = {name: values.clone() for name, values in network.state_dict().items()}
    *_, (_, training) = columns(network.train(), grid(4, "cpu"))
    assert network.training
    assert all(torch.equal(values, before[name]) for name, values in network.state_dict().items())
    assert torch.allclose(training, scores_on(network, 4), atol=1e-6)


def test_of_two_classes_the_map_is_the_probability_of_class_one() -> None:
    network = build(Mlp(hidden=(4,), activation="tanh"), (2,), 2, 1)
    found = output_map(scores_on(network, 100), "class")
    assert (found.shape, found.dtype) == ((100, 100), np.uint8)
    for row, column in ((0, 0), (0, 99), (34, 60)):
        point = torch.tensor([[-6 + 0.12 * (column + 0.5), 6 - 0.12 * (row + 0.5)]])
        assert found[row, column] == pytest.approx(255 * network(point).softmax(1)[0, 1].item(), abs=0.51)


@pytest.mark.parametrize("classes", [3, 4])
def test_of_more_classes_the_map_is_the_answer_and_how_certain_it_is(classes: int) -> None:
    scores = scores_on(build(Mlp(hidden=(4,), activation="tanh", initializer="normal"), (2,), classes, 1), 20)
    found = output_map(scores, "class").flatten()
    certainty, answer = scores.softmax(0).max(0)
    assert (found // 64).tolist() == answer.tolist()
    assert found % 64 / 63 * (1 - 1 / classes) + 1 / classes == pytest.approx(certainty.numpy(), abs=0.009)
    assert output_map(torch.zeros(classes, 4), "class").tolist() == [[0, 0], [0, 0]]


def test_of_a_number_the_map_is_its_value_up_to_one() -> None:
    values = torch.tensor([[-3.0, -1.0, 0.0, 0.5, 1.0, 7.0, float("nan"), -0.5, 0.25]])
    expected = [[1, 1, 128], [192, 255, 255], [128, 64, 160]]
    assert output_map(values, "number").tolist() == expected


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "identity"])
def test_unit_maps_read_back_as_activations(activation: str) -> None:
    network = build(Mlp(hidden=(4, 3), activation=activation), (2,), 2, 1)
    outputs = network.stage_outputs(grid(10, "cpu"))
    expected = torch.cat([outputs["activation1"].T, outputs["activation2"].T]).detach()
    maps, scales = unit_maps(expected)
    assert (maps.shape, maps.dtype) == ((7, 10, 10), np.uint8)
    read = (maps.astype(float) - 128) / 127 * scales[:, None, None]
    assert np.abs(read - expected.numpy().reshape(7, 10, 10)).max() <= scales.max() / 127 / 2 + 1e-6


def test_a_network_without_hidden_units_has_no_unit_maps() -> None:
    maps, scales = unit_maps(torch.empty(0, 100))
    assert (maps.shape, scales.shape) == ((0, 10, 10), (0,))


def test_weights_that_are_no_numbers_break_nothing() -> None:
    network = build(Mlp(hidden=(3,)), (2,), 2, 0)
    nn.init.constant_(network.dense1.weight, torch.nan)
    given = dict(columns(network, grid(10, "cpu")))
    assert output_map(given["scores"], "class").max() == 0
    assert (unit_maps(given["activation1"])[0] == 128).all()
