"""The terrain of a surface: its heights on a grid, and where its valleys have their bottoms."""

from __future__ import annotations

import torch
from torch import Tensor

from dlviz.models.surface import Surface

SIDE = 201  # places a side that are looked at for valleys
ROUNDS = 60  # Newton steps from each of them
SAME = 1e-4  # two bottoms closer than this, in proportion to the box, are one
FLAT = 1e-7  # a slope that counts as none, in proportion to the heights over the box
MOST = 200  # bottoms that are kept, the deepest ones
Box = tuple[float, float, float, float]  # x from, x to, y from, y to


def places_of(box: Box, side: int, one: bool = False) -> Tensor:
    """Return the places of a grid (side, side, 2), rows upwards; with `one` a single row (1, side, 2) at y = 0."""
    x = torch.linspace(box[0], box[1], side, dtype=torch.float64)
    y = torch.zeros(1, dtype=torch.float64) if one else torch.linspace(box[2], box[3], side, dtype=torch.float64)
    up, across = torch.meshgrid(y, x, indexing="ij")
    return torch.stack([across, up], dim=-1)


def minima(surface: Surface, box: Box, one: bool = False, side: int = SIDE) -> Tensor:
    """Return the places (M, 2) inside the box at which a valley has its bottom, the deepest first.

    With `one`, the surface is a curve over x. From every grid place that is lower than its neighbours Newton's method,
    with bends counted by their size, goes down to where the slope vanishes; what does not arrive is left out.
    """
    grid = places_of(box, side, one)
    heights = surface.height(grid)
    found = _descend(surface, grid[_hollows(heights, one)])
    size = torch.tensor([box[1] - box[0], 1.0 if one else box[3] - box[2]], dtype=torch.float64)
    finite = heights[torch.isfinite(heights)]
    scale = float((finite.max() - finite.min()) / size.max()) if len(finite) else 1.0
    return _distinct(surface, found[_bottoms(surface, found, scale, one) & _inside(found, box, one)], size)


def _hollows(heights: Tensor, one: bool) -> Tensor:
    """Return (H, W) whether a place is lower than all around it, and not on the edge."""
    filled = torch.where(torch.isfinite(heights), heights, torch.full_like(heights, torch.inf))
    lowest = torch.ones_like(filled, dtype=torch.bool)
    for up in (0,) if one else (-1, 0, 1):
        for across in (-1, 0, 1):
            if up or across:
                lowest &= filled <= filled.roll((up, across), (0, 1))
    lowest[:, [0, -1]] = False
    if not one:
        lowest[[0, -1]] = False
    return lowest & torch.isfinite(heights)


def _descend(surface: Surface, places: Tensor) -> Tensor:
    """Return where Newton's method leads from each place, never uphill: a step that would is halved."""
    for _ in range(ROUNDS if len(places) else 0):
        slope, bend = surface.slope(places), surface.bend(places)
        bends, axes = torch.linalg.eigh(torch.nan_to_num(bend))
        along = torch.einsum("mij,mi->mj", axes, slope) / bends.abs().clamp_min(1e-9)
        move = -torch.einsum("mij,mj->mi", axes, along)
        before, size = surface.height(places), torch.ones(len(places), 1, dtype=places.dtype)
        for _ in range(20):
            worse = ~(surface.height(places + size * move) <= before + 1e-13 * before.abs())
            if not worse.any():
                break
            size = torch.where(worse[:, None], size / 2, size)
        moved = torch.where(worse[:, None], places, places + size * move)
        if torch.equal(moved, places) or (moved - places).abs().max() < 1e-14:
            return moved
        places = moved
    return places


def _bottoms(surface: Surface, places: Tensor, scale: float, one: bool) -> Tensor:
    """Return (M,) whether the slope vanishes and the surface bends upwards at each place."""
    flat = surface.slope(places).norm(dim=-1) <= FLAT * max(scale, 1e-12)
    bend = surface.bend(places)
    bends = bend[:, :1, 0] if one else torch.linalg.eigvalsh(torch.nan_to_num(bend))
    return flat & (bends[:, 0] >= -1e-6) & (bends[:, -1] > 0)


def _inside(places: Tensor, box: Box, one: bool) -> Tensor:
    across = (places[:, 0] >= box[0]) & (places[:, 0] <= box[1])
    return across if one else across & (places[:, 1] >= box[2]) & (places[:, 1] <= box[3])


def _distinct(surface: Surface, places: Tensor, size: Tensor) -> Tensor:
    """Return the places without repetitions, the deepest first, and not more than are kept."""
    kept: list[Tensor] = []
    for place in places[surface.height(places).argsort(stable=True)] if len(places) else []:
        if all(((place - other) / size).abs().max() > SAME for other in kept):
            kept.append(place)
    return torch.stack(kept[:MOST]) if kept else torch.zeros(0, 2, dtype=torch.float64)
