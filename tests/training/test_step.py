"""One update moves the weights by the gradient, checked against float64 central differences."""

import copy

import pytest
import torch
from torch.nn.functional import cross_entropy

from dlviz.models.build import build
from dlviz.spec import Mlp
from dlviz.training.step import all_finite, as_inputs, learn, total_norm


def test_pictures_become_shares_of_ink_and_points_stay() -> None:
    pictures = torch.tensor([[[[0, 51, 255]]]], dtype=torch.uint8)
    assert as_inputs(pictures).flatten().tolist() == pytest.approx([0, 0.2, 1])
    points = torch.rand(3, 2)
    assert as_inputs(points) is points


def test_an_update_goes_down_the_slope() -> None:
    network = build(Mlp(hidden=(3,), activation="tanh"), (2,), 2, 0).double()
    x, labels = (
        torch.randn(5, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0)),
        torch.tensor([0, 1, 1, 0, 1]),
    )
    before = copy.deepcopy(network)
    loss, right = learn(network, torch.optim.SGD(network.parameters(), lr=0.5), x, labels)
    assert loss == pytest.approx(cross_entropy(before(x), labels).item())
    assert right == int((before(x).argmax(1) == labels).sum())
    for name, h in (("dense1.weight", 1e-5), ("scores.bias", 1e-5)):
        for place in range(2):
            losses = []
            for shift in (h, -h):
                moved = copy.deepcopy(before)
                with torch.no_grad():
                    moved.get_parameter(name).flatten()[place] += shift
                losses.append(cross_entropy(moved(x), labels).item())
            slope = (losses[0] - losses[1]) / (2 * h)
            change = (network.get_parameter(name) - before.get_parameter(name)).flatten()[place].item()
            assert change == pytest.approx(-0.5 * slope, abs=1e-8)


def test_the_norm_is_that_of_one_long_vector() -> None:
    assert total_norm([torch.tensor([[3.0]]), torch.tensor([0.0, 4.0])]) == pytest.approx(5)
    assert total_norm([]) == 0


@pytest.mark.parametrize(("value", "finite"), [(3e38, True), (torch.inf, False), (torch.nan, False)])
def test_one_number_that_is_not_finite_is_found(value: float, finite: bool) -> None:
    assert all_finite([torch.ones(3), torch.tensor([[0.0, value]])]) == finite
