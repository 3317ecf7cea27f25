"""Races computed: the terrain of the ground, and the way of everybody who runs on it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from dlviz.concepts.gradient_descent.recording import Trace
from dlviz.concepts.gradient_descent.spec import Race
from dlviz.formula import Formula
from dlviz.models.surface import Surface
from dlviz.probes import terrain
from dlviz.training.race import Course, Way, run

SIDE = 97  # places a side at which the surface's height is known
CURVE_SIDE = 481


class Terrain(NamedTuple):
    """The heights (G, W) of a surface over across (W,) and upwards (G,), and its minima (M, 2) with depths (M,)."""

    heights: np.ndarray
    across: np.ndarray
    upwards: np.ndarray
    minima: np.ndarray
    depths: np.ndarray


@lru_cache(maxsize=64)
def terrain_of(formulas: tuple[Formula, ...], box: terrain.Box, curve: bool, walled: bool) -> Terrain:
    """Return the terrain in the box. Between walls the lowest place is a minimum too."""
    surface = Surface(formulas)
    grid = terrain.places_of(box, CURVE_SIDE if curve else SIDE, curve)
    heights = surface.height(grid)
    lowest = grid.reshape(-1, 2)[heights.reshape(-1).argmin()][None]
    found = lowest if walled else terrain.minima(surface, box, curve)
    arrays = (heights, grid[0, :, 0], grid[:, 0, 1], found, surface.height(found))
    return Terrain(*(part.numpy() for part in arrays))


def course_of(race: Race, starts: Tensor | None = None) -> Course:
    """Return what is run on in the race; from its own start, or from others (S, 2). All walkers get the same noise."""
    chance = torch.Generator().manual_seed(race.seed)
    noise = race.sigma * torch.randn(race.steps, 1, 2, generator=chance, dtype=torch.float64)
    if race.curve:
        noise[..., 1] = 0
    starts = torch.tensor([race.start], dtype=torch.float64) if starts is None else starts
    return Course(Surface(race.formulas), starts, noise.expand(-1, len(starts), -1), race.ground.walls)


def race(given: Race) -> Trace:
    """Return how everybody does from the same start, on the same ground and with the same noise."""
    course, ground = course_of(given), given.ground
    ways = [run(course, one.optimizer, one.knobs(ground)) for one in given.who]
    found = terrain_of(given.formulas, ground.box, given.curve, ground.walls is not None)
    path = torch.stack([way.path[0] for way in ways])
    told = [np.stack([getattr(way, name).numpy() for way in ways]) for name in Way._fields[1:]]
    losses = course.surface.height(path).numpy()
    norms = course.surface.slope(path).norm(dim=-1).numpy()
    away = distances(path.numpy(), found.minima)
    sharpest = course.surface.sharpest(course.starts[0])
    return Trace(*found, sharpest, path.numpy(), losses, norms, away, *told, lost=lost(losses))


def distances(path: np.ndarray, minima: np.ndarray) -> np.ndarray:
    """Return how far each place (…, 2) is from the nearest of the minima (M, 2); NaN where there are none."""
    if not len(minima):
        return np.full(path.shape[:-1], np.nan)
    return np.linalg.norm(path[..., None, :] - minima, axis=-1).min(axis=-1)


def lost(losses: np.ndarray) -> np.ndarray:
    """Return (R,) the first step after which a racer has no finite loss (R, T+1), −1 for those that always have."""
    broken = ~np.isfinite(losses)
    return np.where(broken.any(axis=1), broken.argmax(axis=1), -1)
