"""Maps of the plane: what the network, and each unit in it, answers at every point.

With two inputs a whole network can be seen at once: each unit draws a line or a bump over the
plane, and the next layer adds them up.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import batch_norm

from dlviz.data.plane import EXTENT
from dlviz.models.layers import BatchNorm, Dropout, Stages
from dlviz.models.points import Inputs
from dlviz.spec import Label

OUTPUT_SIDE = 100  # points a side of the output's map
COARSE_SIDE = 50  # and of that of a network of many weights, which would take too long
MANY_WEIGHTS = 4000
UNIT_SIDE = 10  # points a side of each unit's map
STEPS = 127  # of the scale of a unit's map, to either side of zero
CERTAINTIES = 63  # steps of certainty in a map of several classes


@lru_cache(maxsize=8)
def grid(side: int, device: str) -> Tensor:
    """Return the middles of side × side cells of the plane, (side², 2), row by row from the top left."""
    middles = ((torch.arange(side) + 0.5) / side * 2 - 1) * EXTENT
    y, x = torch.meshgrid(-middles, middles, indexing="ij")
    return torch.stack([x.flatten(), y.flatten()], dim=1).to(device)


def output_side(parameters: int) -> int:
    """Return how many points a side the output's map of a network with so many parameters has."""
    return OUTPUT_SIDE if parameters <= MANY_WEIGHTS else COARSE_SIDE


@torch.no_grad()
def columns(network: Stages, points: Tensor) -> Iterator[tuple[str, Tensor]]:
    """Yield the name of every stage and what it gives for the points (N,2), as (U,N): one row for each unit.

    Evaluation mode is meant, whatever mode the network is in. So laid out, a few units and many points
    take a third of the time.
    """
    values = points.T.contiguous()
    for name, stage in network.named_children():
        if isinstance(stage, Inputs):
            values = stage(values.T).T.contiguous()
        elif isinstance(stage, nn.Linear):
            values = torch.addmm(stage.bias[:, None], stage.weight, values)
        elif isinstance(stage, BatchNorm):
            known = stage.running_mean, stage.running_var, stage.weight, stage.bias
            values = batch_norm(values[None], *known, eps=stage.eps)[0]
        elif not isinstance(stage, Dropout):
            values = stage(values)
        yield name, values


def output_map(scores: Tensor, about: Label) -> np.ndarray:
    """Return the answers for G·G points, scores (K, G·G), as a map (G,G) uint8.

    Of two classes, the probability of class 1: 0 = 0 to 255 = 1. Of more, 64 · class + certainty, where
    certainty goes from 0 (all classes alike) to 63. Of a number: 128 = 0, 1 = -1 or less, 255 = 1 or more.
    """
    side = round(scores.shape[1] ** 0.5)
    if about == "number":
        values = scores[0].nan_to_num().clamp(-1, 1) * STEPS + STEPS + 1
    elif len(scores) == 2:
        values = torch.sigmoid(scores[1] - scores[0]).nan_to_num() * 255
    else:
        certainty, answer = scores.nan_to_num().softmax(0).max(0)
        share = 1 / len(scores)
        values = 64 * answer + ((certainty - share) / (1 - share) * CERTAINTIES).round()
    return values.round().to(torch.uint8).reshape(side, side).cpu().numpy()


def unit_maps(activations: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Return the activations (U, G·G) as maps (U,G,G) uint8, and the scales (U,) float32 of the units.

    128 is where a unit gives zero; it gives (value - 128) / 127 · its scale.
    """
    activations = activations.nan_to_num(posinf=0, neginf=0)
    scales = activations.abs().amax(1)
    steps = activations / scales.clamp_min(torch.finfo(torch.float32).tiny)[:, None] * STEPS
    maps = (steps.round() + STEPS + 1).to(torch.uint8).reshape(len(activations), UNIT_SIDE, UNIT_SIDE)
    return maps.cpu().numpy(), scales.cpu().numpy()
