"""Optimizers: how a gradient becomes a step.

Turning a knob changes a running optimizer in place, so that what it remembers (momentum, the size
of past gradients) is kept. Another kind of optimizer remembers nothing and starts afresh.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from dlviz.spec import Knobs

KINDS: dict[str, type[torch.optim.Optimizer]] = {
    "sgd": torch.optim.SGD,
    "momentum": torch.optim.SGD,
    "nesterov": torch.optim.SGD,
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
}
FUSED = frozenset(KINDS) - {"rmsprop"}  # torch has one kernel for the whole step of all the others


def make_optimizer(parameters: Iterable[Tensor], knobs: Knobs) -> torch.optim.Optimizer:
    """Return the optimizer that the knobs name, with everything but the knobs as torch has it by default."""
    fused = {"fused": True} if knobs.optimizer in FUSED else {}
    return KINDS[knobs.optimizer](parameters, **settings(knobs), **fused)


def turn(optimizer: torch.optim.Optimizer, knobs: Knobs) -> None:
    """Give a running optimizer of the same kind the learning rate, weight decay and momentum of the knobs."""
    for group in optimizer.param_groups:
        group.update(settings(knobs))


def settings(knobs: Knobs) -> dict[str, float | bool]:
    """Return the knobs that the optimizer they name has, under torch's own names."""
    values: dict[str, float | bool] = {"lr": knobs.learning_rate, "weight_decay": knobs.weight_decay}
    if knobs.optimizer in ("momentum", "nesterov"):
        values["momentum"] = knobs.momentum
    if knobs.optimizer == "nesterov":
        values["nesterov"] = knobs.momentum > 0  # without momentum there is nothing to look ahead with
    return values
