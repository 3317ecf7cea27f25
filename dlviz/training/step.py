"""The step: guess, measure how wrong, trace the blame back, and move every weight a little.

Forward, loss, backward, update: all learning on screen is this, again and again.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from dlviz.spec import Knobs
from dlviz.training.penalty import limit_gradients


def as_inputs(examples: Tensor) -> Tensor:
    """Return examples as a network takes them: pictures (B,1,28,28) from 0..255 to 0..1, points as they are."""
    return examples.float() / 255 if examples.dtype == torch.uint8 else examples


def learn(
    network: nn.Module, optimizer: torch.optim.Optimizer, inputs: Tensor, labels: Tensor, limits: Knobs | None = None
) -> tuple[float, int]:
    """Make one update; return the batch's mean loss before it, and how many answers were right.

    inputs: (B, …) float32; labels: (B,) int64; limits: the knobs, where they ask for penalties or clipping.
    The loss is returned without penalties. The gradients stay in the parameters until the next update.
    """
    optimizer.zero_grad()
    scores = network(inputs)  # (B, …) -> (B, K)
    loss = cross_entropy(scores, labels)
    loss.backward()
    if limits is not None:
        limit_gradients(network.parameters(), limits)
    optimizer.step()
    return loss.item(), int((scores.detach().argmax(1) == labels).sum())


def total_norm(tensors: list[Tensor]) -> float:
    """Return the length of all tensors seen as one vector."""
    return float(nn.utils.get_total_norm(tensors))


def all_finite(tensors: Iterable[Tensor]) -> bool:
    """Return whether no number in the tensors is infinite or not a number."""
    return all(bool(values.isfinite().all()) for values in tensors)
