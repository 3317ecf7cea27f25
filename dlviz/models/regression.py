"""The loss of a linear regression with two weights, as a surface: all examples together, or a few at a time."""

from __future__ import annotations

import torch
from torch import Tensor

from dlviz.models.surface import Surface


class Regression(Surface):
    """Half the mean squared error over examples (N, 2) with labels (N,), at weights (…, 2) without a bias.

    The part whose turn it is at a step is the loss over the examples of one row of `batches` (T, B).
    """

    def __init__(self, features: Tensor, targets: Tensor, batches: Tensor):
        super().__init__(())
        self.features, self.targets, self.batches = features, targets, batches

    def part(self, places: Tensor, step: int = 0) -> Tensor:
        """Return the losses (…,) over the examples of the batch whose turn it is."""
        rows = self.batches[step % len(self.batches)]
        return _loss(places, self.features[rows], self.targets[rows])

    def height(self, places: Tensor) -> Tensor:
        """Return the losses (…,) over all examples."""
        return _loss(places, self.features, self.targets)

    def gradients(self, place: Tensor) -> Tensor:
        """Return the gradient (N, 2) of each example's own loss at one place (2,)."""
        slopes = torch.func.vmap(torch.func.grad(_loss), in_dims=(None, 0, 0))
        return slopes(place.detach(), self.features[:, None], self.targets[:, None])


def _loss(places: Tensor, features: Tensor, targets: Tensor) -> Tensor:
    return (places @ features.mT - targets).square().mean(dim=-1) / 2
