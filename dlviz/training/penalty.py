"""Penalties and limits: what keeps weights small and steps short.

A penalty adds the sizes of the weights to the loss, so that a weight stays only where it earns its keep.
L1 adds their absolute values and drives many to zero; L2 adds half their squares and lets none grow large.
Biases and the scales of batch norm are free.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from dlviz.spec import Knobs


def penalized(parameters: Iterable[Tensor]) -> list[Tensor]:
    """Return the parameters that a penalty acts on: those that multiply, which have two dimensions or more."""
    return [values for values in parameters if values.ndim > 1]


@torch.no_grad()
def penalty(weights: Iterable[Tensor], l1: float, l2: float) -> float:
    """Return l1 · Σ|w| + l2 · ½ Σw² over all the weights."""
    return sum(l1 * values.abs().sum().item() + l2 / 2 * values.square().sum().item() for values in weights)


@torch.no_grad()
def add_penalty_gradients(weights: Iterable[Tensor], l1: float, l2: float) -> None:
    """Add to the weights' gradients those of the penalty: l1 · sign(w) + l2 · w."""
    for values in weights:
        if l1:
            values.grad.add_(values.sign(), alpha=l1)
        if l2:
            values.grad.add_(values, alpha=l2)


def limit_gradients(parameters: Iterable[nn.Parameter], knobs: Knobs) -> None:
    """Add the gradients of the penalties to those of the parameters, and shorten what is then too long."""
    parameters = list(parameters)
    if knobs.penalizes:
        add_penalty_gradients(penalized(parameters), knobs.l1, knobs.l2)
    if knobs.gradient_clip:
        nn.utils.clip_grad_norm_(parameters, knobs.gradient_clip, foreach=False)
