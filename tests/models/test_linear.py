"""A linear model is a weighted sum, and one step down its loss is the textbook's."""

import numpy as np
import pytest
import torch

from dlviz.models.build import build, build_for
from dlviz.models.cost import layer_costs
from dlviz.spec import Linear, Mnist5k, Plane, RunSpec, Table


def test_it_starts_at_zero_and_gives_the_weighted_sum_of_powers() -> None:
    model = build(Linear(degree=3), (2,), 1, seed=4)
    assert not any(values.any() for values in model.parameters())
    with torch.no_grad():
        model.scores.weight.copy_(torch.tensor([[1.0, 2, 3, 4, 5, 6]]))
        model.scores.bias.fill_(7)
    x = np.array([[0.5, -2.0], [1.0, 3.0]])
    wanted = x @ [1, 2] + x**2 @ [3, 4] + x**3 @ [5, 6] + 7
    np.testing.assert_allclose(model(torch.tensor(x).float()).detach().numpy()[:, 0], wanted, rtol=1e-6)


@pytest.mark.parametrize(
    ("data", "outputs"),
    [(Table(data="breast-cancer"), 1), (Table(data="wine"), 3), (Table(), 1), (Plane(), 1), (Plane(data="arms"), 3)],
    ids=str,
)
def test_two_classes_need_one_sum(data: object, outputs: int) -> None:
    model = build_for(RunSpec(data=data, network=Linear()))
    assert model.scores.out_features == outputs


def test_pictures_are_taken_as_rows() -> None:
    model = build_for(RunSpec(data=Mnist5k(), network=Linear()))
    assert model(torch.zeros(2, 1, 28, 28)).shape == (2, 10)


def test_its_cost_is_counted() -> None:
    (cost,) = layer_costs(Linear(degree=2), (7,), 1)
    assert (cost.parameters, cost.multiply_adds) == (15, 14)
