"""Dense networks have the named stages that their description says."""

import pytest
import torch

from dlviz.models.dense import dense_network, dense_stages
from dlviz.models.layers import Stages
from dlviz.spec import Mlp


def network(hidden: tuple[int, ...], shape: tuple[int, ...]) -> Stages:
    return dense_network(Mlp(hidden=hidden), shape, 3, torch.Generator(), torch.Generator())


@pytest.mark.parametrize(
    ("hidden", "shape", "stages"),
    [
        ((), (2,), "scores"),
        ((), (1, 28, 28), "flatten scores"),
        ((4,), (2,), "dense1 activation1 dropout2 scores"),
        ((4, 5), (1, 28, 28), "flatten dense1 activation1 dropout2 dense2 activation2 dropout3 scores"),
    ],
)
def test_stages_in_order(hidden: tuple[int, ...], shape: tuple[int, ...], stages: str) -> None:
    built = network(hidden, shape)
    assert list(built.stages()) == stages.split()
    assert built(torch.rand(6, *shape)).shape == (6, 3)


def test_scores_are_the_formula() -> None:
    built, x = network((4,), (2,)).double(), torch.rand(6, 2, dtype=torch.float64)
    hidden = torch.clamp(x @ built.dense1.weight.T + built.dense1.bias, min=0)
    assert torch.allclose(built(x), hidden @ built.scores.weight.T + built.scores.bias, atol=1e-12)


def test_dropout_stands_before_every_dense_layer() -> None:
    stages = dense_stages(7, (5, 4), "tanh", 3, torch.Generator(), torch.Generator(), activations_before=2)
    names = [name for name, _ in stages]
    assert " ".join(names) == "dropout1 dense1 activation3 dropout2 dense2 activation4 dropout3 scores"
