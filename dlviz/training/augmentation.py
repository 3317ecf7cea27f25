"""Augmentation: the same picture, never twice the same.

Each time a picture is learnt from, it is turned, moved, scaled and slanted a little and its strokes
are made thinner or thicker, so that the network learns what does not matter. Ones may get the foot
and the upstroke with which half the world writes them, and the writers of MNIST did not.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample, max_pool2d

from dlviz.spec import Knobs


def augment(pictures: Tensor, labels: Tensor, knobs: Knobs, generator: torch.Generator) -> Tensor:
    """Return pictures (B,1,28,28), 0 to 1, each changed by chance, the generator's, as far as the knobs allow.

    Only serifs look at the labels (B,): a foot makes a 1 of nothing else.
    """
    pictures = add_serifs(pictures, labels, knobs.serifs, generator) if knobs.serifs else pictures
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


def add_serifs(pictures: Tensor, labels: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Return pictures in which a share of the ones has a foot, and another such share an upstroke."""
    ones = (labels == 1).nonzero()[:, 0]
    chance = torch.rand(6, len(ones), generator=generator, device=pictures.device)  # (6, N), 0 to 1
    ink = pictures[ones, 0]
    rows = (ink > 0.3).any(dim=2).float()
    top, bottom = rows.argmax(dim=1), rows.shape[1] - 1 - rows.flip(1).argmax(dim=1)
    width = (ink.sum((1, 2)) / (bottom - top + 1)).clamp(1, 4)
    x, y = column_of_ink(ink, bottom - 1), bottom + 0.5
    foot = stroke(ink, x - 2.5 - 4.5 * chance[0], y, x + 2.5 + 4.5 * chance[1], y, width)
    x, y = column_of_ink(ink, top + 1), top + 1.0
    upstroke = stroke(ink, x, y, x - 2 - 7 * chance[2], y + 1 + 8 * chance[3], width)
    foot, upstroke = foot * (chance[4] < share).view(-1, 1, 1), upstroke * (chance[5] < share).view(-1, 1, 1)
    changed = pictures.clone()
    changed[ones, 0] = torch.maximum(ink, torch.maximum(foot, upstroke))
    return changed


def column_of_ink(ink: Tensor, row: Tensor) -> Tensor:
    """Return (N,): where the ink (N,H,W) of one row of each picture lies, in columns from the left edge."""
    found = ink[torch.arange(len(ink), device=ink.device), row.clamp(0, ink.shape[1] - 1)]
    columns = torch.arange(ink.shape[2], device=ink.device) + 0.5
    return (found * columns).sum(dim=1) / found.sum(dim=1).clamp(min=1e-6)


def stroke(ink: Tensor, x0: Tensor, y0: Tensor, x1: Tensor, y1: Tensor, width: Tensor) -> Tensor:
    """Return (N,H,W), 0 to 1: straight strokes from (x0, y0) to (x1, y1), as wide as `width` (N,), in cells."""
    x0, y0, x1, y1, width = (one.view(-1, 1, 1) for one in (x0, y0, x1, y1, width))
    x = torch.arange(ink.shape[2], device=ink.device) + 0.5 - x0
    y = (torch.arange(ink.shape[1], device=ink.device) + 0.5).view(-1, 1) - y0
    along = ((x * (x1 - x0) + y * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)).clamp(0, 1)
    away = torch.hypot(x - along * (x1 - x0), y - along * (y1 - y0))
    return (width / 2 + 0.5 - away).clamp(0, 1)
