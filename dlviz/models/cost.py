"""Cost: how many numbers a network has to learn, and how much arithmetic one answer takes.

A convolution has few numbers but uses each of them at every place; a dense layer has many and uses
each once. Both are counted here by formula, without building the network.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dlviz.spec import ConvBlock, ConvNet, Linear, Network, Recurrent


class LayerCost(NamedTuple):
    """One stage: its name, the shape it gives, its parameters, and the arithmetic for one example.

    A multiply-add is one product added to a sum; `flops` counts it as two operations. Adding a bias,
    activations, pooling and batch norm are left out, as is usual (torch counts the same way).
    """

    name: str
    shape: tuple[int, ...]
    parameters: int = 0
    multiply_adds: int = 0

    @property
    def flops(self) -> int:
        """Floating-point operations for one example."""
        return 2 * self.multiply_adds


GATES = {"rnn": 1, "gru": 3, "lstm": 4}  # sums of a cell, each with weights of its own


def layer_costs(network: Network, input_shape: tuple[int, ...], classes: int, symbols: int = 0) -> list[LayerCost]:
    """Return the cost of every stage (dropout, which has none, left out), in order.

    input_shape: (1, side, side) for pictures, (F,) for points, (S,) for what is read step by step; symbols: how many
    signs such steps can be, 0 where they are numbers.
    """
    if isinstance(network, Recurrent):
        return list(_recurrent(network, input_shape[0], classes, symbols))
    costs: list[LayerCost] = []
    activations, widths = 0, ()
    if isinstance(network, ConvNet):
        costs += _blocks(network.blocks, *input_shape[:2])
        input_shape, activations, widths = costs[-1].shape, len(network.blocks), network.dense
    elif isinstance(network, Linear):
        input_shape = (math.prod(input_shape) * network.degree,)
    else:
        widths = network.hidden
    if len(input_shape) > 1:
        costs.append(LayerCost("flatten", (math.prod(input_shape),)))
    return [*costs, *_dense(math.prod(input_shape), widths, classes, activations)]


def _recurrent(network: Recurrent, steps: int, classes: int, symbols: int) -> Iterator[LayerCost]:
    """One answer after so many steps; looking a sign up in the table of the embedding is no arithmetic."""
    width = network.embedding if symbols else 1
    if symbols:
        yield LayerCost("embedding", (width,), symbols * width)
    products = GATES[network.network] * network.state * (width + network.state)
    yield LayerCost("state", (network.state,), products + 2 * GATES[network.network] * network.state, steps * products)
    yield LayerCost("scores", (classes,), classes * (network.state + 1), classes * network.state)


def _blocks(blocks: Iterable[ConvBlock], channels: int, side: int) -> Iterator[LayerCost]:
    for number, block in enumerate(blocks, 1):
        after = block.model_copy(update={"pooling": "none"}).side(side)
        shape = (block.channels, after, after)
        kernel = channels * block.kernel**2  # the products in one sum
        yield LayerCost(f"conv{number}", shape, block.channels * (kernel + 1), math.prod(shape) * kernel)
        if block.batch_norm:
            yield LayerCost(f"norm{number}", shape, 2 * block.channels)
        yield LayerCost(f"activation{number}", shape)
        channels, side = block.channels, block.side(side)
        if block.pooling != "none":
            yield LayerCost(f"pool{number}", (channels, side, side))


def _dense(features: int, widths: Iterable[int], classes: int, activations: int) -> Iterator[LayerCost]:
    for number, width in enumerate(widths, 1):
        yield LayerCost(f"dense{number}", (width,), width * (features + 1), width * features)
        yield LayerCost(f"activation{activations + number}", (width,))
        features = width
    yield LayerCost("scores", (classes,), classes * (features + 1), classes * features)
