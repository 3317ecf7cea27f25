"""Schedules against torch's own schedulers, update by update."""

import pytest
import torch
from torch.optim import lr_scheduler as torchs

from dlviz.spec import Knobs
from dlviz.training.schedule import rate

UPDATES = 5  # an epoch
RATE, LENGTH, FACTOR = 0.2, 8, 0.3

THEIRS = {
    "constant": lambda optimizer: torchs.ConstantLR(optimizer, factor=1),
    "step": lambda optimizer: torchs.StepLR(optimizer, LENGTH * UPDATES, FACTOR),
    "exponential": lambda optimizer: torchs.ExponentialLR(optimizer, FACTOR ** (1 / (LENGTH * UPDATES))),
    "cosine": lambda optimizer: torchs.CosineAnnealingLR(optimizer, LENGTH * UPDATES, FACTOR * RATE),
    "restarts": lambda optimizer: torchs.CosineAnnealingWarmRestarts(
        optimizer, LENGTH * UPDATES, eta_min=FACTOR * RATE
    ),
}


def theirs(make: object, epochs: int) -> list[float]:
    """Return the rates of all updates by one of torch's schedulers."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], RATE)
    scheduler = make(optimizer)
    rates = []
    for _ in range(epochs * UPDATES):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def ours(epochs: int, **knobs: object) -> list[float]:
    """Return the rates of all updates by our rule."""
    chosen = Knobs(learning_rate=RATE, schedule_epochs=LENGTH, schedule_factor=FACTOR, **knobs)
    return [rate(chosen, update / UPDATES) for update in range(epochs * UPDATES)]


@pytest.mark.parametrize("name", THEIRS)
def test_rates_are_those_of_torchs_scheduler(name: str) -> None:
    epochs = LENGTH if name == "cosine" else 3 * LENGTH  # torch's cosine rises again, ours stays
    assert ours(epochs, schedule=name) == pytest.approx(theirs(THEIRS[name], epochs), rel=1e-6)


def test_a_cosine_stays_where_it_ended() -> None:
    assert ours(20, schedule="cosine")[LENGTH * UPDATES :] == [pytest.approx(RATE * FACTOR)] * (12 * UPDATES)


def test_one_cycle_is_torchs_but_for_where_it_begins_to_count() -> None:
    """Torch cuts the way into total_steps - 1 parts and turns one before 0.3 of it; with many steps that is little."""
    total = 2000
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], RATE, momentum=0.5)
    scheduler = torchs.OneCycleLR(optimizer, RATE, total_steps=total, cycle_momentum=False)
    knobs = Knobs(learning_rate=RATE, schedule="one_cycle", schedule_epochs=LENGTH)
    for step in range(total):
        expected = optimizer.param_groups[0]["lr"]
        assert rate(knobs, LENGTH * step / total) == pytest.approx(expected, abs=0.004 * RATE)
        optimizer.step()
        if step < total - 1:
            scheduler.step()
    assert rate(knobs, LENGTH + 1) == pytest.approx(RATE / 250_000)


def test_a_warm_up_rises_from_a_hundredth_beside_any_schedule() -> None:
    plain = theirs(lambda optimizer: torchs.LinearLR(optimizer, 0.01, 1, 3 * UPDATES), 6)
    assert ours(6, warm_up_epochs=3) == pytest.approx(plain, rel=1e-6)
    both = [rate * share / RATE for rate, share in zip(plain, ours(6, schedule="step"), strict=True)]
    assert ours(6, schedule="step", warm_up_epochs=3) == pytest.approx(both)


def test_a_constant_rate_is_exactly_the_knob() -> None:
    assert set(ours(30)) == {RATE}
