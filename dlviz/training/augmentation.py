"""Augmentation: the same picture, never twice the same.

Each time a picture is learnt from, it is turned, moved, scaled and slanted a little and its strokes
are made thinner or thicker, so that the network learns what does not matter.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample, max_pool2d

from dlviz.spec import Knobs


def augment(pictures: Tensor, knobs: Knobs, generator: torch.Generator) -> Tensor:
    """Return pictures (B,1,28,28), 0 to 1, each changed by chance, the generator's, as far as the knobs allow."""
    pictures = change_thickness(pictures, knobs.thickness, generator) if knobs.thickness else pictures
    if not (knobs.rotate or knobs.shift or knobs.scale or knobs.shear):
        return pictures
    places = affine_grid(random_affine(pictures, knobs, generator), pictures.shape, align_corners=False)
    return grid_sample(pictures, places, align_corners=False)


def random_affine(pictures: Tensor, knobs: Knobs, generator: torch.Generator) -> Tensor:
    """Return (B,2,3): for each place of the new picture, where in the old one it comes from, in half sides."""
    chance = 2 * torch.rand(5, len(pictures), generator=generator, device=pictures.device) - 1  # (5, B), -1 to 1
    angle, size = chance[0] * math.radians(knobs.rotate), 1 + chance[1] * knobs.scale
    slant, half = chance[2] * knobs.shear, pictures.shape[-1] / 2
    right, down = chance[3] * knobs.shift / half, chance[4] * knobs.shift / half
    cos, sin = angle.cos() / size, angle.sin() / size
    rows = [cos, cos * slant - sin, right, sin, sin * slant + cos, down]
    return torch.stack(rows, dim=1).view(-1, 2, 3)


def change_thickness(pictures: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Return pictures of which a share has thinner or thicker strokes, by up to a pixel on either side."""
    chance = torch.rand(2, len(pictures), 1, 1, 1, generator=generator, device=pictures.device)  # (2, B, 1, 1, 1)
    amount = (2 * chance[1] - 1) * (chance[0] < share)
    thicker = max_pool2d(pictures, 3, stride=1, padding=1) - pictures
    thinner = pictures + max_pool2d(-pictures, 3, stride=1, padding=1)
    return pictures + amount.clamp(min=0) * thicker + amount.clamp(max=0) * thinner
