"""Convolutional networks: small windows slide over a picture and look for the same thing everywhere.

(x ∗ k)[c, i, j] = b_c + Σ_{c', u, v} k[c, c', u, v] · x[c', i·s+u−p, j·s+v−p], a cross-correlation, as
torch computes it. Pooling then keeps the strongest (or the mean) answer of each small square, and
dense layers decide from what is left.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import nn

from dlviz.models.dense import Named, dense_stages
from dlviz.models.layers import ACTIVATIONS, Flatten, Stages, convolution
from dlviz.spec import ConvBlock, ConvNet

POOLINGS: dict[str, type[nn.Module]] = {"max": nn.MaxPool2d, "average": nn.AvgPool2d}


def convolutional_network(
    network: ConvNet, input_shape: tuple[int, ...], classes: int, weights: torch.Generator, noise: torch.Generator
) -> Stages:
    """Return the network with scores (B,K) for pictures (B,1,28,28), its weights drawn from `weights`.

    Dropout stands before every dense layer, the scores among them.
    Raises: ValueError where the inputs are no pictures.
    """
    if len(input_shape) != 3:
        raise ValueError(f"network: cnn needs pictures, got inputs of shape {input_shape}; choose mlp for points")
    stages = Stages()
    channels, side = input_shape[0], input_shape[-1]
    for number, block in enumerate(network.blocks, 1):
        for name, stage in block_stages(number, channels, block, network.activation, weights):
            stages.add_module(name, stage)
        channels, side = block.channels, block.side(side)
    stages.add_module("flatten", Flatten())  # (B, C, side, side) -> (B, F)
    features, before = channels * side * side, len(network.blocks)
    activations = [ACTIVATIONS[network.activation]() for _ in network.dense]
    for name, stage in dense_stages(features, network.dense, activations, classes, weights, noise, before):
        stages.add_module(name, stage)
    return stages


def block_stages(
    number: int, channels: int, block: ConvBlock, activation: str, weights: torch.Generator
) -> Iterator[Named]:
    """Yield the named stages of one block: convolution, batch norm, activation, pooling."""
    shape = {"kernel_size": block.kernel, "stride": block.stride, "padding": block.padding}
    yield f"conv{number}", convolution(channels, block.channels, weights, **shape)
    if block.batch_norm:
        yield f"norm{number}", nn.BatchNorm2d(block.channels)
    yield f"activation{number}", ACTIVATIONS[activation]()
    if block.pooling != "none":
        yield f"pool{number}", POOLINGS[block.pooling](block.pool_size)
