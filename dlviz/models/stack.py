"""Stacks: many equal layers, one on the other, so that whatever one layer does to a signal is done again and again.

h⁽ˡ⁾ = f(norm(W⁽ˡ⁾ h⁽ˡ⁻¹⁾ + b⁽ˡ⁾)), or h⁽ˡ⁻¹⁾ plus that, where there are shortcuts.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

from dlviz.models.layers import ACTIVATIONS, STARTS
from dlviz.stack import Stack

BENDS: dict[str, type[nn.Module]] = {
    **ACTIVATIONS,
    "selu": nn.SELU,
    "mish": nn.Mish,
    "softplus": nn.Softplus,
    "softsign": nn.Softsign,
}


class Block(nn.Module):
    """One layer: signals (B, F) become (B, H)."""

    def __init__(self, linear, norm, bend, shortcut=False):
        super().__init__()
        self.linear, self.norm, self.bend, self.shortcut = linear, norm, bend, shortcut

    def sums(self, signals: Tensor) -> Tensor:
        """Return what the activation gets of signals (B, F): (B, H) weighted sums, normalised."""
        return self.norm(self.linear(signals))

    def forward(self, signals):
        bent = self.bend(self.sums(signals))
        return signals + bent if self.shortcut else bent


def blocks(
    stack: Stack,
    sizes: tuple[int, ...],
    chance: torch.Generator,
    learns: bool,
    shortcut: bool = False,
    kind: torch.dtype = torch.float32,
) -> nn.Sequential:
    """Return one block for each pair of neighbouring sizes, its weights drawn from `chance`, biases 0.

    learns: whether a normalisation has factors and offsets to learn. A shortcut goes around every layer that has as
    many outputs as inputs. kind: of the weights, in which they are drawn too.
    """
    return nn.Sequential(
        *(
            Block(
                first_layer(stack, inputs, outputs, chance, kind),
                normalization(stack, outputs, learns).to(kind),
                BENDS[stack.deep_bend](),
                shortcut and inputs == outputs,
            )
            for inputs, outputs in pairwise(sizes)
        )
    )


def first_layer(
    stack: Stack, inputs: int, outputs: int, chance: torch.Generator, kind: torch.dtype = torch.float32
) -> nn.Linear:
    """Return a dense layer with its first weights and biases of 0."""
    layer = nn.utils.skip_init(nn.Linear, inputs, outputs, dtype=kind)
    if stack.deep_start == "normal":
        nn.init.normal_(layer.weight, std=stack.deep_scale, generator=chance)
    else:
        STARTS[stack.deep_start](layer.weight, chance)
    nn.init.zeros_(layer.bias)
    return layer


def normalization(stack: Stack, width: int, learns: bool) -> nn.Module:
    """Return what keeps sums (B, H) at mean 0 and deviation 1: each unit's over the batch, each example's, or nothing.

    Sources: Ioffe and Szegedy 2015, algorithm 1; Ba, Kiros and Hinton 2016, equation 3.
    """
    if stack.deep_norm == "batch":
        return nn.BatchNorm1d(width, affine=learns, momentum=1.0)  # remembers the last batch, for maps of the plane
    return nn.LayerNorm(width, elementwise_affine=learns) if stack.deep_norm == "layer" else nn.Identity()
