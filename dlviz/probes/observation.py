"""Watching a network while it thinks, without leaving a trace in it.

A network is a row of named stages: each takes what the one before it gives. Whoever looks inside
carries the pictures from stage to stage by hand and looks at what comes out of each. The network
must not notice: nothing is hung on it, and its mode, its gradients and every random generator stay
as they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

PICTURES_AT_ONCE = 128  # enough to keep the processor busy, few enough for a small host's memory


class Passage(NamedTuple):
    """What one stage was given and what it made of it, both (B, …)."""

    entered: Tensor
    left: Tensor


def stages(network: nn.Module) -> dict[str, nn.Module]:
    """Return the named stages of a network, in the order in which a picture passes them."""
    return dict(network.named_children())


def batch(network: nn.Module, pictures: np.ndarray) -> Tensor:
    """Return one picture (28, 28) or many (N, 28, 28) as a batch (N, 1, 28, 28) that the network takes.

    Bytes 0..255 become 0..1; the batch has the network's own type and stands on its device.
    """
    array = np.asarray(pictures)
    array = array[None] if array.ndim == 2 else array
    weight = next(network.parameters())
    values = torch.tensor(array, dtype=weight.dtype, device=weight.device)
    return (values / 255 if array.dtype == np.uint8 else values)[:, None]


def examples_batch(network: nn.Module, inputs: np.ndarray) -> Tensor:
    """Return examples as the network takes them: pictures (N, 28, 28) as `batch` does, rows (N, F) as they are."""
    if np.ndim(inputs) == 3:
        return batch(network, inputs)
    weight = next(network.parameters())
    return torch.tensor(np.asarray(inputs), dtype=weight.dtype, device=weight.device)


@contextmanager
def evaluating(network: nn.Module) -> Iterator[None]:
    """Hold the network in evaluation mode; afterwards every part is back in the mode it was in."""
    modes = {part: part.training for part in network.modules()}
    network.eval()
    try:
        yield
    finally:
        for part, mode in modes.items():
            part.training = mode


def walk(network: nn.Module, inputs: Tensor, after: str | None = None) -> Iterator[tuple[str, Passage]]:
    """Yield every stage's name and Passage, in order, as `inputs` (B, …) go through the network.

    With `after`, they start behind that stage, as if it had given them. The mode is the caller's matter.
    """
    names = list(stages(network))
    for name in names[names.index(after) + 1 if after else 0 :]:
        left = stages(network)[name](inputs)
        yield name, Passage(inputs, left)
        inputs = left


def watch(network: nn.Module, inputs: Tensor) -> dict[str, Passage]:
    """Return what entered and left every stage for a batch (B, …), in order; gradients flow if they are enabled."""
    with evaluating(network):
        return dict(walk(network, inputs))


def answers(network: nn.Module, inputs: Tensor) -> Tensor:
    """Return the probabilities (N, K) that the network gives each class, for a batch of any size."""
    with torch.no_grad(), evaluating(network):
        scores = [network(part) for part in inputs.split(PICTURES_AT_ONCE)]
    return torch.cat(scores).softmax(dim=1)
