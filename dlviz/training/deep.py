"""A deep network that learns, and how long the gradient of every layer is while it does.

Plain gradient descent on all points at once: w ← w − η·g, so that nothing but depth, start and the cures
for them decides what becomes of the gradients.
"""

from __future__ import annotations

import math
from collections.abc import Generator

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from dlviz.data.load import load
from dlviz.data.plane import EXTENT
from dlviz.models.stack import blocks, first_layer
from dlviz.signals import Lesson
from dlviz.stack import Vanishing

PICTURES, SIDE = 41, 40  # maps of a lesson, and places a side of each
EARLY = 8  # moments from the first on that all have a map: what runs away does so at once
TINY = 1e-6  # torch.nn.utils.clip_grad_norm_ divides by the length and this


def learn(given: Vanishing, kind: torch.dtype = torch.float32) -> Generator[None, None, Lesson]:
    """Return what a stack did in its updates; yields after each of them.

    Moment t is measured with the weights that t updates made, the gradient included by which the next one is made.
    """
    points, labels = training_points(given, kind)
    network = network_for(given, kind)
    parameters = list(network.parameters())
    weights = [place for place, values in enumerate(parameters) if values.dim() == 2]
    drawn = {*range(EARLY), *np.linspace(0, given.deep_steps, PICTURES).round().astype(int).tolist()}
    rows, maps, broken = [], {}, None
    for step in range(given.deep_steps + 1):
        scores = network(points)
        loss = cross_entropy(scores, labels)
        slopes = torch.autograd.grad(loss, parameters)
        lengths = torch.stack(torch._foreach_norm(list(slopes)))
        share, whole = (scores.argmax(1) == labels).to(kind).mean(), lengths.norm()
        row = torch.stack([loss.detach(), share, whole, *lengths[weights]]).tolist()
        if not all(map(math.isfinite, row)):
            broken = step
            break
        rows.append(row)
        if step in drawn:
            maps[step] = plane_map(network, kind)
        if given.deep_clip:
            torch._foreach_mul_(slopes, shortening(whole, given.deep_clip))
        update(parameters, slopes, given.deep_rate)
        yield
    measured = np.array(rows, np.float64).reshape(-1, 3 + len(weights))
    return Lesson(
        *measured[:, :2].T,
        measured[:, 3:],
        measured[:, 2],
        np.array(list(maps.values()), np.float32).reshape(-1, SIDE, SIDE),
        np.array(list(maps), np.int32),
        points.numpy().astype(np.float32),
        labels.numpy().astype(np.uint8),
        broken,
    )


def training_points(given: Vanishing, kind: torch.dtype = torch.float32) -> tuple[Tensor, Tensor]:
    """Return the points (N, 2) and their classes (N,)."""
    known = load(given.plane, given.deep_seed).train
    return torch.tensor(known.inputs).to(kind), torch.tensor(known.labels)


def network_for(given: Vanishing, kind: torch.dtype = torch.float32) -> nn.Sequential:
    """Return the stack with its first weights and, on top, a layer that gives two scores."""
    chance = torch.Generator().manual_seed(given.deep_seed)
    stack = blocks(given, given.sizes[:-1], chance, learns=True, shortcut=given.deep_shortcut, kind=kind)
    return nn.Sequential(*stack, first_layer(given, *given.sizes[-2:], chance, kind))


def shortening(length: Tensor, longest: float) -> Tensor:
    """Return what a gradient of this length is multiplied by so that it is no longer than `longest`.

    Source: Pascanu, Mikolov and Bengio 2013, algorithm 1; as torch.nn.utils.clip_grad_norm_ has it.
    """
    return torch.clamp(longest / (length + TINY), max=1.0)


@torch.no_grad()
def update(parameters: list[Tensor], slopes: tuple[Tensor, ...], rate: float) -> None:
    """Take every parameter a little way down."""
    torch._foreach_add_(parameters, slopes, alpha=-rate)


@torch.no_grad()
def plane_map(network: nn.Module, kind: torch.dtype = torch.float32) -> np.ndarray:
    """Return the probability of class 1 (SIDE, SIDE) over the plane, from the upper left corner, row by row."""
    ends = torch.linspace(-EXTENT, EXTENT, SIDE + 1, dtype=kind)
    middles = (ends[1:] + ends[:-1]) / 2
    across, down = middles.repeat(SIDE), middles.flip(0).repeat_interleave(SIDE)
    network.eval()  # a normalisation takes the mean and deviation of the points that it learns from
    scores = network(torch.stack([across, down], dim=1))
    network.train()
    return scores.softmax(1)[:, 1].view(SIDE, SIDE).numpy()
