"""One update by each optimizer is the published formula; turning keeps what was remembered."""

import math

import pytest
import torch

from dlviz.spec import Knobs
from dlviz.training.optimizers import KINDS, Update, make_optimizer, settings, turn

START, SLOPE, RATE = 1.0, 0.5, 0.1


def steps(knobs: Knobs, count: int) -> float:
    """Return where a weight is after some updates with the same gradient."""
    weight = torch.nn.Parameter(torch.tensor([START]))
    optimizer = make_optimizer([weight], knobs)
    for _ in range(count):
        weight.grad = torch.tensor([SLOPE])
        optimizer.step()
    return weight.item()


@pytest.mark.parametrize(
    ("name", "moved_by_two"),
    [
        ("sgd", 2 * RATE * SLOPE),
        ("momentum", RATE * SLOPE * (1 + 1.9)),
        ("nesterov", RATE * SLOPE * (1.9 + 2.71)),
        ("adagrad", RATE * (1 + 1 / math.sqrt(2))),
        ("rmsprop", RATE * (1 / math.sqrt(0.01) + 1 / math.sqrt(0.01 * 0.99 + 0.01))),
        ("adam", 2 * RATE),
        ("adamw", 2 * RATE),
    ],
)
def test_two_updates_by_hand(name: str, moved_by_two: float) -> None:
    assert steps(Knobs(optimizer=name, learning_rate=RATE), 2) == pytest.approx(START - moved_by_two, abs=1e-5)


@pytest.mark.parametrize("name", KINDS)
def test_weight_decay_pulls_towards_zero(name: str) -> None:
    plain, pulled = (steps(Knobs(optimizer=name, learning_rate=0.01, weight_decay=w), 9) for w in (0, 0.9))
    assert pulled < plain or name in ("adam", "adagrad", "rmsprop")  # these divide by the size of the gradient
    if name == "adamw":
        assert steps(Knobs(optimizer=name, learning_rate=0.1, weight_decay=1), 1) == pytest.approx(0.8, abs=1e-6)


def test_turning_keeps_the_momentum() -> None:
    weight = torch.nn.Parameter(torch.tensor([START]))
    optimizer = make_optimizer([weight], Knobs(optimizer="momentum", learning_rate=RATE))
    for rate in (RATE, 0.0001):
        turn(optimizer, Knobs(optimizer="momentum", learning_rate=rate, momentum=0.5))
        weight.grad = torch.tensor([SLOPE])
        optimizer.step()
    assert weight.item() == pytest.approx(START - RATE * SLOPE - 0.0001 * SLOPE * 1.5, abs=1e-7)


def test_nesterov_without_momentum_is_plain_descent() -> None:
    assert steps(Knobs(optimizer="nesterov", momentum=0, learning_rate=RATE), 3) == pytest.approx(
        START - 3 * RATE * SLOPE
    )


def test_settings_name_only_what_the_optimizer_has() -> None:
    assert settings(Knobs(optimizer="adam")) == {"lr": 0.001, "weight_decay": 0}
    assert set(settings(Knobs(optimizer="nesterov"))) == {"lr", "weight_decay", "momentum", "nesterov"}


@pytest.mark.parametrize("decay", [0.0, 0.05])
@pytest.mark.parametrize("name", KINDS)
def test_a_hundred_updates_by_the_kernel_alone_have_the_bits_of_step(name: str, decay: float) -> None:
    knobs = Knobs(optimizer=name, learning_rate=0.03, weight_decay=decay)
    chance = torch.Generator().manual_seed(3)
    start, gradients = torch.randn(37, generator=chance), torch.randn(100, 37, generator=chance)
    ours, theirs = torch.nn.Parameter(start.clone()), torch.nn.Parameter(start.clone())
    ours.grad = torch.zeros(37)
    optimizer, plain = make_optimizer([ours], knobs), make_optimizer([theirs], knobs)
    update = Update(optimizer)
    for number, gradient in enumerate(gradients):
        rate = 0.03 / (1 + number)
        ours.grad.copy_(gradient)
        theirs.grad, plain.param_groups[0]["lr"] = gradient, rate
        with torch.no_grad():
            update(rate)
        plain.step()
    assert torch.equal(ours, theirs)
    for quantity, values in plain.state[theirs].items():
        if values is not None and quantity != "step":
            assert torch.equal(optimizer.state[ours][quantity], values), quantity


def test_momentum_that_is_turned_on_later_begins_with_the_gradient() -> None:
    results = []
    for by_kernel in (True, False):
        weight = torch.nn.Parameter(torch.ones(5))
        weight.grad = torch.linspace(-1, 1, 5)
        optimizer = make_optimizer([weight], Knobs(optimizer="momentum", momentum=0, learning_rate=0.1))
        for momentum in (0, 0.9, 0.9):
            turn(optimizer, Knobs(optimizer="momentum", momentum=momentum, learning_rate=0.1))
            with torch.no_grad():
                Update(optimizer)(0.1) if by_kernel else optimizer.step()
        results.append(weight.detach())
    assert torch.equal(*results)
