"""What the network is told of a point: its coordinates, or what can be computed from them.

A network of few units cannot bend a straight line into a circle, but one that is told x₁² and x₂² need
not: which inputs one gives is half of the answer.
"""

from __future__ import annotations

import torch
from torch import nn

COLUMNS = {
    "x1": lambda x1, x2: x1,
    "x2": lambda x1, x2: x2,
    "x1_squared": lambda x1, x2: x1 * x1,
    "x2_squared": lambda x1, x2: x2 * x2,
    "x1_x2": lambda x1, x2: x1 * x2,
    "sin_x1": lambda x1, x2: torch.sin(x1),
    "sin_x2": lambda x1, x2: torch.sin(x2),
}


class Inputs(nn.Module):
    """Points (B, 2) as the named columns (B, F): x1, x2, x1_squared and so on."""

    def __init__(self, *names):
        super().__init__()
        self.names = names

    def forward(self, points):
        x1, x2 = points.unbind(1)
        return torch.stack([COLUMNS[name](x1, x2) for name in self.names], dim=1)
