"""Dense networks have the named stages that their description says."""

import pytest
import torch
from torch import nn

from dlviz.models.dense import dense_network, dense_stages
from dlviz.models.layers import Stages
from dlviz.spec import Mlp


def network(hidden: tuple[int, ...], shape: tuple[int, ...], inputs: tuple[str, ...] = (), **fields: object) -> Stages:
    """Return a network with three scores."""
    return dense_network(Mlp(hidden=hidden, **fields), shape, 3, torch.Generator(), torch.Generator(), inputs)


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
    stages = dense_stages(7, (5, 4), ("tanh", "relu"), 3, torch.Generator(), torch.Generator(), activations_before=2)
    names = [name for name, _ in stages]
    assert " ".join(names) == "dropout1 dense1 activation3 dropout2 dense2 activation4 dropout3 scores"


def test_norms_stand_between_sum_and_activation() -> None:
    built = network((4, 5), (2,), batch_norm=True)
    expected = "dense1 norm1 activation1 dropout2 dense2 norm2 activation2 dropout3 scores"
    assert list(built.stages()) == expected.split()


def test_every_layer_has_its_own_activation() -> None:
    built = network((4, 5, 6), (2,), activation="elu", activations=("tanh", "relu"))
    kinds = [type(built.get_submodule(f"activation{number}")) for number in (1, 2, 3)]
    assert kinds == [nn.Tanh, nn.ReLU, nn.ELU]


def test_other_inputs_are_a_stage_of_their_own() -> None:
    built = network((4,), (2,), inputs=("x2", "x1_x2", "sin_x1"))
    assert list(built.stages())[:2] == ["inputs", "dense1"]
    assert built.dense1.in_features == 3
    assert "inputs" not in network((4,), (2,), inputs=("x1", "x2")).stages()
    assert "inputs" in network((4,), (2,), inputs=("x1",)).stages()
