"""Where a function is flat: there hardly any gradient comes through a unit, whatever the function is."""

from __future__ import annotations

import torch
from torch import Tensor, nn

FLAT = 1 - 0.97**2  # of the steepest slope: as flat as tanh is where it gives 0.97
REACH, PLACES = 6.0, 241  # where the steepest slope is looked for, and at how many places


def slopes(activation: nn.Module, sums: Tensor) -> Tensor:
    """Return f′ at each of the sums, in their shape, by autograd."""
    with torch.enable_grad():
        x = sums.detach().requires_grad_()
        return torch.autograd.grad(activation(x).sum(), x)[0]


def relative_slopes(activation: nn.Module, sums: Tensor) -> Tensor:
    """Return |f′| at each of the sums as a share of the steepest that f has from -6 to 6, or of 1 where it is steeper.

    Below `FLAT` a unit is at a flat end. What has no slope there, as outside of a logarithm's reach, is NaN.
    """
    middle = torch.linspace(-REACH, REACH, PLACES, dtype=sums.dtype, device=sums.device)
    steepest = slopes(activation, middle).nan_to_num(posinf=1, neginf=1).abs().max().clamp(max=1)
    return slopes(activation, sums).abs() / steepest
