"""The limit of stability: torch's own optimizers on a parabola, a hair below it and a hair above."""

import pytest
import torch

from dlviz.spec import Knobs
from dlviz.training.optimizers import make_optimizer
from dlviz.training.stability import limit

STEPS = 1500


def ends(knobs: Knobs, bend: float) -> float:
    """How far from the bottom of the parabola of that bend the optimizer is in the end; it began at 1."""
    place = torch.ones(1, dtype=torch.float64, requires_grad=True)
    optimizer = make_optimizer([place], knobs)
    for _ in range(STEPS):
        optimizer.zero_grad()
        (bend * place.square() / 2).sum().backward()
        optimizer.step()
        if abs(place.item()) > 1e6:
            break
    return abs(place.item())


@pytest.mark.parametrize(
    "knobs",
    [
        Knobs(optimizer="sgd", learning_rate=0.1),
        Knobs(optimizer="sgd", learning_rate=0.03, weight_decay=1.0),
        Knobs(optimizer="momentum", learning_rate=0.1, momentum=0.9),
        Knobs(optimizer="momentum", learning_rate=0.5, momentum=0.3, weight_decay=0.5),
        Knobs(optimizer="nesterov", learning_rate=0.1, momentum=0.9),
        Knobs(optimizer="nesterov", learning_rate=0.2, momentum=0.0),
    ],
)
def test_a_hair_below_the_limit_it_comes_down_and_a_hair_above_it_flies_off(knobs):
    edge = limit(knobs, knobs.learning_rate)
    assert ends(knobs, 0.99 * edge) < 1e-3
    assert ends(knobs, 1.01 * edge) > 1e6


def test_plain_gradient_descent_has_two_over_the_rate_in_force():
    assert limit(Knobs(optimizer="sgd", learning_rate=0.1), 0.05) == pytest.approx(40)


@pytest.mark.parametrize(
    "knobs",
    [
        Knobs(optimizer="adam"),
        Knobs(optimizer="rmsprop"),
        *(Knobs(optimizer="sgd", **{name: 0.1}) for name in ("l1", "l2", "dropout", "gradient_clip")),
    ],
)
def test_where_no_number_is_the_limit_there_is_none(knobs):
    assert limit(knobs, 0.1) is None
