"""Linear models: a weighted sum of the inputs, and of their powers if one likes.

y = wᵀx + b for a number; P(y=1|x) = σ(wᵀx + b) = 1 / (1 + exp(-(wᵀx + b))) for one of two classes, of which the
network gives the sum and the loss takes the sigmoid; for K classes, K sums of which the softmax is taken.
"""

from __future__ import annotations

import math

import torch
from torch import nn

from dlviz.models.layers import Stages, linear
from dlviz.spec import Linear


class Powers(nn.Module):
    """Inputs (B, F) with their powers (B, F·degree): all first powers, then all squares, and so on."""

    def __init__(self, degree):
        super().__init__()
        self.degree = degree

    def forward(self, inputs):
        return torch.cat([inputs**power for power in range(1, self.degree + 1)], dim=1)


def linear_model(network: Linear, input_shape: tuple[int, ...], outputs: int) -> Stages:
    """Return the model with sums (B,K) for inputs (B, *input_shape); its weights and biases start at 0.

    The loss has one lowest place, so that nothing is lost by starting all weights at the same number.
    """
    stages = Stages()
    if len(input_shape) > 1:
        stages.add_module("flatten", nn.Flatten())
    features = math.prod(input_shape)
    if network.degree > 1:
        stages.add_module("powers", Powers(network.degree))
    stages.add_module("scores", linear(features * network.degree, outputs, torch.Generator(), "zeros"))
    return stages
