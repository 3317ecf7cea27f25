"""Flat networks: all that a network learns, as one row of numbers.

For an optimizer, a network is a single vector that moves a little against its gradient. Where all
parameters lie in one row, the whole update is one operation, and so is a look at all the weights.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

import torch
from torch import Tensor, nn


class Flat:
    """The parameters of a network as one: `values` (D,), whose `grad` (D,) holds all gradients.

    The order is that of `network.parameters()`. The network's own parameters and gradients become
    views of them, so that a change of either is a change of both; `penalized` (D,) holds 1 for weights and
    0 for biases and the scales of batch norm.
    """

    def __init__(self, network: nn.Module) -> None:
        parameters = list(network.parameters())
        self.values = nn.Parameter(torch.cat([values.detach().flatten() for values in parameters]))
        self.values.grad = torch.zeros_like(self.values)
        self.penalized = torch.cat([torch.full_like(part.detach().flatten(), part.ndim > 1) for part in parameters])
        ends = list(accumulate(values.numel() for values in parameters))
        for values, end in zip(parameters, ends, strict=True):
            own = slice(end - values.numel(), end)
            values.data = self.values.data[own].view_as(values)
            values.grad = self.values.grad[own].view_as(values)

    @torch.no_grad()
    def put(self, weights: Iterable[tuple[int, float]]) -> None:
        """Set single weights: (place, value)."""
        for place, value in weights:
            self.values[place] = value

    @torch.no_grad()
    def penalty(self, l1: float, l2: float) -> float:
        """Return l1 · Σ|w| + l2 · ½ Σw² over the weights, not the biases."""
        weights = self.values * self.penalized
        return l1 * weights.abs().sum().item() + l2 / 2 * weights.square().sum().item()

    @property
    def length(self) -> float:
        """The length of all weights as one vector, ‖w‖, without the biases."""
        return (self.values.detach() * self.penalized).norm().item()

    @torch.no_grad()
    def limit_gradients(self, l1: float, l2: float, longest: float) -> None:
        """Add to the gradient that of the penalties, and shorten it to `longest` where that is not 0."""
        gradient: Tensor = self.values.grad
        if l1:
            gradient.addcmul_(self.values.sign(), self.penalized, value=l1)
        if l2:
            gradient.addcmul_(self.values, self.penalized, value=l2)
        if longest:  # as nn.utils.clip_grad_norm_ does
            gradient.mul_((longest / (torch.linalg.vector_norm(gradient) + 1e-6)).clamp(max=1.0))
