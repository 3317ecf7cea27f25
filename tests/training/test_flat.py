"""One row of numbers and the network's own parameters are the same memory."""

import pytest
import torch
from torch import nn

from dlviz.models.build import build
from dlviz.models.layers import Stages
from dlviz.spec import Knobs, Mlp
from dlviz.training.flat import Flat
from dlviz.training.penalty import limit_gradients, penalized, penalty


def network() -> Stages:
    """Return a network with norms."""
    return build(Mlp(hidden=(4, 3), batch_norm=True), (2,), 2, 1)


def test_a_change_of_either_is_a_change_of_both() -> None:
    built, twin = network(), network()
    flat = Flat(built)
    assert torch.equal(flat.values, nn.utils.parameters_to_vector(twin.parameters()))
    flat.values.data.mul_(2)
    assert torch.equal(built.dense2.weight, 2 * twin.dense2.weight)
    built.scores.bias.data.fill_(7)
    assert flat.values[-2:].tolist() == [7, 7]
    built(torch.ones(5, 2)).sum().backward()
    assert flat.values.grad[-2:].tolist() == [5, 5]


def test_weights_are_put_at_their_places() -> None:
    built = network()
    Flat(built).put([(0, 0.25), (3, -1.0)])
    assert built.dense1.weight[0, 0] == 0.25 and built.dense1.weight[1, 1] == -1


@pytest.mark.parametrize("knobs", [Knobs(l1=0.1), Knobs(l2=0.2), Knobs(l1=0.1, l2=0.2, gradient_clip=0.7)], ids=str)
def test_limits_are_those_of_the_parameters_one_by_one(knobs: Knobs) -> None:
    one, other = network(), network()
    flat = Flat(one)
    for built in (one, other):
        built(torch.linspace(-1, 1, 10).view(5, 2)).square().sum().backward()
    flat.limit_gradients(knobs.l1, knobs.l2, knobs.gradient_clip)
    limit_gradients(other.parameters(), knobs)
    assert torch.allclose(flat.values.grad, torch.cat([v.grad.flatten() for v in other.parameters()]), atol=1e-6)
    expected = penalty(penalized(other.parameters()), knobs.l1, knobs.l2)
    assert flat.penalty(knobs.l1, knobs.l2) == pytest.approx(expected, rel=1e-6)
