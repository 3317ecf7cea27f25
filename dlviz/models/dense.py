"""Dense networks: every unit of a layer sees every unit of the layer before.

h⁽ˡ⁾ = f(W⁽ˡ⁾ h⁽ˡ⁻¹⁾ + b⁽ˡ⁾), with h⁽⁰⁾ = x; the last layer gives one score per class and has no f.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import torch
from torch import nn

from dlviz.models.layers import BatchNorm, Dropout, Stages, bend, linear, resting
from dlviz.models.points import Inputs
from dlviz.spec import INPUTS, Initializer, Mlp

Named = tuple[str, nn.Module]


def dense_network(
    network: Mlp,
    input_shape: tuple[int, ...],
    outputs: int,
    weights: torch.Generator,
    noise: torch.Generator,
    inputs: Sequence[str] = (),
) -> Stages:
    """Return the network with `outputs` scores (B,K) for inputs (B, *input_shape), its weights drawn from `weights`.

    inputs: what it is told of points (B,2), where that is not the two coordinates. Dropout stands before
    every dense layer but the first: raw inputs are never silenced.
    """
    stages = Stages()
    if len(input_shape) > 1:
        stages.add_module("flatten", nn.Flatten())
    features = math.prod(input_shape)
    if inputs and tuple(inputs) != INPUTS[:2]:
        stages.add_module("inputs", Inputs(*inputs))
        features = len(inputs)
    activations = [bend(network.activation_of(layer), network.own) for layer in range(len(network.hidden))]
    for name, stage in dense_stages(
        features, network.hidden, activations, outputs, weights, noise, 0, network.initializer, network.batch_norm
    ):
        if name != "dropout1":
            stages.add_module(name, stage)
    return stages


def dense_stages(
    features: int,
    widths: Sequence[int],
    activations: Sequence[nn.Module],
    outputs: int,
    weights: torch.Generator,
    noise: torch.Generator,
    activations_before: int = 0,
    initializer: Initializer = "xavier",
    norms: bool = False,
) -> Iterator[Named]:
    """Yield the named stages from F features to K scores: dropout, dense, (norm), activation, and so on."""
    number = 0
    for number, (width, activation) in enumerate(zip(widths, activations, strict=True), 1):
        yield f"dropout{number}", Dropout(0.0, noise)
        layer = linear(features, width, weights, initializer)
        yield f"dense{number}", resting(layer) if norms else layer
        if norms:
            yield f"norm{number}", BatchNorm(width)
        yield f"activation{activations_before + number}", activation
        features = width
    yield f"dropout{number + 1}", Dropout(0.0, noise)
    yield "scores", linear(features, outputs, weights, initializer)
