"""Knobs as text make the same optimizer as knobs as values."""

from types import SimpleNamespace

import pytest
import torch
from torch import nn

from dlviz.export.knobs_text import augmentation_text, optimizer_text, pace_text, turning_lines
from dlviz.spec import Knobs
from dlviz.training.optimizers import KINDS, make_optimizer


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("more", [{}, {"weight_decay": 0.1, "momentum": 0.5}, {"momentum": 0}])
def test_the_text_makes_the_same_optimizer(name: str, more: dict[str, float]) -> None:
    network, knobs = nn.Linear(2, 2), Knobs(optimizer=name, learning_rate=0.02, **more)
    written = eval(optimizer_text(knobs), {"torch": torch, "network": network})
    ours = make_optimizer(network.parameters(), knobs)
    assert type(written) is type(ours)
    settings = [{k: v for k, v in each.param_groups[0].items() if k != "params"} for each in (written, ours)]
    assert settings[0] == settings[1]


def test_the_usual_optimizer_reads_as_in_a_book() -> None:
    assert optimizer_text(Knobs()) == "torch.optim.Adam(network.parameters(), lr=0.001, fused=True)"


def turned(before: Knobs, after: Knobs, drops: bool = True, pictures: bool = True) -> list[str]:
    return list(turning_lines(before, after, drops, pictures))


def test_only_what_was_turned_is_said() -> None:
    assert turned(Knobs(), Knobs()) == []
    assert turned(Knobs(), Knobs(learning_rate=0.1)) == ["optimizer.param_groups[0].update(lr=0.1)"]
    assert turned(Knobs(), Knobs(batch_size=8)) == ["batch_size = 8"]
    assert turned(Knobs(), Knobs(optimizer="sgd")) == [f"optimizer = {optimizer_text(Knobs(optimizer='sgd'))}"]
    assert turned(Knobs(), Knobs(dropout=0.5))[-1] == "        layer.share = 0.5"
    assert turned(Knobs(), Knobs(rotate=5.0)) == [f"augmentation = {augmentation_text(Knobs(rotate=5.0))}"]


def test_a_knob_that_acts_on_nothing_is_not_said() -> None:
    assert turned(Knobs(), Knobs(momentum=0.1)) == []  # adam has none
    assert turned(Knobs(), Knobs(dropout=0.5, rotate=3), drops=False, pictures=False) == []


def test_augmentation_that_is_off_is_none() -> None:
    assert augmentation_text(Knobs()) == "None"
    assert augmentation_text(Knobs(shift=2)).startswith("SimpleNamespace(rotate=0.0, shift=2.0,")


def test_schedules_and_limits_are_turned_where_they_change() -> None:
    lines = turning_lines(Knobs(), Knobs(schedule="step", l2=0.5), drops=False, pictures=False, schedules=True)
    assert list(lines) == [f"pace = {pace_text(Knobs(schedule='step'))}", "l1, l2, longest = 0.0, 0.5, 0.0"]
    assert list(turning_lines(Knobs(), Knobs(), False, False, schedules=True)) == []
    made = eval(pace_text(Knobs(schedule="cosine", warm_up_epochs=2)), {"SimpleNamespace": SimpleNamespace})
    assert (made.schedule, made.warm_up_epochs, made.learning_rate) == ("cosine", 2, 0.001)
