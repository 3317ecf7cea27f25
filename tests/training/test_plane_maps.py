"""Maps of the plane against the network asked point by point."""

import numpy as np
import pytest
import torch

from dlviz.models.build import build
from dlviz.spec import Mlp
from dlviz.training.plane_maps import grid, plane_maps


def test_the_grid_starts_at_the_top_left_with_the_middles_of_cells() -> None:
    assert grid(3, "cpu").numpy() == pytest.approx(np.array([[x, y] for y in (4, 0, -4) for x in (-4, 0, 4)]))


def test_the_output_map_is_the_probability_of_class_one() -> None:
    network = build(Mlp(hidden=(4,), activation="tanh"), (2,), 2, 1)
    maps = plane_maps(network, "cpu")["output_map"]
    assert (maps.shape, maps.dtype) == ((50, 50), np.uint8)
    for row, column in ((0, 0), (0, 49), (17, 30)):
        point = torch.tensor([[-6 + 0.24 * (column + 0.5), 6 - 0.24 * (row + 0.5)]])
        assert maps[row, column] == pytest.approx(255 * network(point).softmax(1)[0, 1].item(), abs=0.51)


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "identity"])
def test_unit_maps_read_back_as_activations(activation: str) -> None:
    network = build(Mlp(hidden=(4, 3), activation=activation), (2,), 2, 1)
    maps = plane_maps(network, "cpu")
    assert (maps["unit_maps"].shape, maps["unit_maps"].dtype) == ((7, 10, 10), np.uint8)
    outputs = network.stage_outputs(grid(10, "cpu"))
    expected = torch.cat([outputs["activation1"].T, outputs["activation2"].T]).detach().numpy().reshape(7, 10, 10)
    scales = maps["unit_scales"][:, None, None]
    read = (maps["unit_maps"].astype(float) - 128) / 127 * scales
    assert np.abs(read - expected).max() <= maps["unit_scales"].max() / 127 / 2 + 1e-6


def test_weights_come_layer_by_layer() -> None:
    network = build(Mlp(hidden=(2,)), (2,), 2, 0)
    expected = [network.dense1.weight, network.dense1.bias, network.scores.weight, network.scores.bias]
    assert plane_maps(network, "cpu")["weights"].tolist() == torch.cat([e.flatten() for e in expected]).tolist()


def test_a_network_without_hidden_units_has_no_unit_maps() -> None:
    maps = plane_maps(build(Mlp(hidden=()), (2,), 2, 0), "cpu")
    assert maps["unit_maps"].shape == (0, 10, 10)


def test_weights_that_are_no_numbers_break_nothing() -> None:
    network = build(Mlp(hidden=(3,)), (2,), 2, 0)
    torch.nn.init.constant_(network.dense1.weight, torch.nan)
    maps = plane_maps(network, "cpu")
    assert maps["output_map"].max() == 0
    assert (maps["unit_maps"] == 128).all()
