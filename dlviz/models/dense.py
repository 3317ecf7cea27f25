"""Dense networks: every unit of a layer sees every unit of the layer before.

h⁽ˡ⁾ = f(W⁽ˡ⁾ h⁽ˡ⁻¹⁾ + b⁽ˡ⁾), with h⁽⁰⁾ = x; the last layer gives one score per class and has no f.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import torch
from torch import nn

from dlviz.models.layers import ACTIVATIONS, Dropout, Stages, linear
from dlviz.spec import Mlp

Named = tuple[str, nn.Module]


def dense_network(
    network: Mlp, input_shape: tuple[int, ...], classes: int, weights: torch.Generator, noise: torch.Generator
) -> Stages:
    """Return the network with scores (B,K) for inputs (B, *input_shape), its weights drawn from `weights`.

    Dropout stands before every dense layer but the first: raw inputs are never silenced.
    """
    stages = Stages()
    if len(input_shape) > 1:
        stages.add_module("flatten", nn.Flatten())
    features = math.prod(input_shape)
    for name, stage in dense_stages(features, network.hidden, network.activation, classes, weights, noise):
        if name != "dropout1":
            stages.add_module(name, stage)
    return stages


def dense_stages(
    features: int,
    widths: Iterable[int],
    activation: str,
    classes: int,
    weights: torch.Generator,
    noise: torch.Generator,
    activations_before: int = 0,
) -> Iterator[Named]:
    """Yield the named stages from F features to K scores: dropout, dense, activation, and so on."""
    number = 0
    for number, width in enumerate(widths, 1):
        yield f"dropout{number}", Dropout(0.0, noise)
        yield f"dense{number}", linear(features, width, weights)
        yield f"activation{activations_before + number}", ACTIVATIONS[activation]()
        features = width
    yield f"dropout{number + 1}", Dropout(0.0, noise)
    yield "scores", linear(features, classes, weights)
