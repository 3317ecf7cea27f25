"""Surfaces: a height over every place (x, y), given by a formula, with its slopes and bends by autograd.

A surface may be made of several formulas that take turns, one a step, as the examples of a data set do: its
height is their mean, and whoever walks on it sees the slope of one of them at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from dlviz.formula import Formula
from dlviz.models.formulas import evaluate


class Surface:
    """A height over the plane; all places are tensors (…, 2) of x and y, and no place knows of another."""

    def __init__(self, parts: Sequence[Formula]):
        self.parts = tuple(parts)

    def part(self, places: Tensor, step: int = 0) -> Tensor:
        """Return the heights (…,) of the formula whose turn it is at `step`."""
        formula = self.parts[step % len(self.parts)]
        return evaluate(formula, {"x": places[..., 0], "y": places[..., 1]})

    def height(self, places: Tensor) -> Tensor:
        """Return the heights (…,), the mean over all parts."""
        return sum(self.part(places, step) for step in range(len(self.parts))) / len(self.parts)

    def slope(self, places: Tensor) -> Tensor:
        """Return the gradients (…, 2) of the height."""
        places = places.detach().requires_grad_()
        return _slope(self.height(places), places)

    def bend(self, places: Tensor) -> Tensor:
        """Return the Hessians (…, 2, 2) of the height."""
        places = places.detach().requires_grad_()
        first = _slope(self.height(places), places, again=True)
        return torch.stack([_slope(first[..., axis], places, again=True).detach() for axis in range(2)], dim=-2)

    def sharpest(self, place: Tensor) -> float:
        """Return the largest eigenvalue of the Hessian at one place (2,); NaN where it has none."""
        bend = self.bend(place)
        return float(torch.linalg.eigvalsh(bend)[-1]) if torch.isfinite(bend).all() else float("nan")


def _slope(heights: Tensor, places: Tensor, again: bool = False) -> Tensor:
    """Return the gradient of each height in its own place; zero where the height does not depend on it."""
    if not heights.requires_grad:
        return torch.zeros_like(places)
    (found,) = torch.autograd.grad(heights.sum(), places, create_graph=again, allow_unused=True)
    return torch.zeros_like(places) if found is None else found
