"""Races computed: the terrain of the ground, and the way of everybody who runs on it."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils import vector_to_parameters

from dlviz.concepts.gradient_descent.recording import LOST, NOWHERE, Basins, Crowd, LossMap, Rates, Sampled, Trace
from dlviz.concepts.gradient_descent.spec import (
    CROWDS,
    FACTORS,
    PEOPLE,
    PLATEAU,
    Cut,
    Race,
    Racer,
    Sampling,
    usual_rate,
)
from dlviz.data.diabetes import patients
from dlviz.data.load import load
from dlviz.formula import Formula
from dlviz.models.build import build_for
from dlviz.models.regression import Regression
from dlviz.models.surface import Surface
from dlviz.probes import landscape, planes, terrain
from dlviz.spec import RunSpec
from dlviz.training.criterion import each_loss
from dlviz.training.order import Order
from dlviz.training.race import Course, Factor, Plateau, Way, arrive, run
from dlviz.training.schedule import scheduled, warmed_up

SIDE = 97  # places a side at which the surface's height is known
CURVE_SIDE = 481
STARTS = 200  # a side, of the grid of starts
LONGEST = 300  # steps from each of them, at most
RATES = 61  # learning rates that are tried
DECADES = (-2.5, 2.0)  # how many powers of ten they lie below and above the usual one
LONGEST_TRY = 200  # steps with each of them, at most
PLANE = (-0.8, 1.2, -0.8, 0.9)  # the box of two weights in which the regression is shown
BEGIN = (-0.6, 0.7)
SAMPLED = 150  # steps of the regression
DRAWS = 400  # mini-batches of which the gradients are shown
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
TESTED = 100  # steps of a range test
LEAST = 2.0  # how far the map of a real network reaches at least
MOST_WORK = 1e9  # of one such map: places, times weights, times examples
MOST_BATCHES = 32  # surfaces of mini-batches that are shown
AS_DEEP = 1e-6  # minima whose depths differ by less, in proportion, are equally deep
MARGIN = 0.08  # of the box, that a crowd's starts keep from its edges
NEAR = 0.35  # who is closer to a minimum than this share of the way to the next one has reached it
NEAR_ALONE = 0.05  # and where there is one only: this share of the box


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


def factor_of(race: Race) -> Factor | None:
    """Return what multiplies everybody's learning rate at each step, by the schedule; None where nothing does."""
    if race.schedule == "constant":
        return None
    if race.schedule == "plateau":
        return Plateau(**PLATEAU)
    if race.schedule == "warm_up":
        return lambda step, _: warmed_up(step, race.length)
    return lambda step, _: scheduled(race.schedule, step, race.length, FACTORS.get(race.schedule, 1.0))


def race(given: Race) -> Trace:
    """Return how everybody does from the same start, on the same ground and with the same noise."""
    course, ground = course_of(given), given.ground
    alone = given.model_copy(update={"racers": Race().racers, "crowd": "none"})
    ways = [_way(alone, one) for one in given.who]
    found = terrain_of(given.formulas, ground.box, given.curve, ground.walls is not None)
    path = torch.stack([way.path[0] for way in ways])
    told = [np.stack([getattr(way, name).numpy() for way in ways]) for name in Way._fields[1:]]
    losses = course.surface.height(path).numpy()
    norms = course.surface.slope(path).norm(dim=-1).numpy()
    away = distances(path.numpy(), found.minima)
    sharpest = course.surface.sharpest(course.starts[0])
    return Trace(*found, sharpest, path.numpy(), losses, norms, away, *told, lost=lost(losses))


@lru_cache(maxsize=256)
def _way(given: Race, one: Racer) -> Way:
    """Return the way of one racer: whoever else races changes nothing of it, so a turned knob moves only its own."""
    return run(course_of(given), one.optimizer, one.knobs(given.ground), factor_of(given))


def distances(path: np.ndarray, minima: np.ndarray) -> np.ndarray:
    """Return how far each place (…, 2) is from the nearest of the minima (M, 2); NaN where there are none."""
    if not len(minima):
        return np.full(path.shape[:-1], np.nan)
    return np.linalg.norm(path[..., None, :] - minima, axis=-1).min(axis=-1)


def lost(losses: np.ndarray) -> np.ndarray:
    """Return (R,) the first step after which a racer has no finite loss (R, T+1), −1 for those that always have."""
    broken = ~np.isfinite(losses)
    return np.where(broken.any(axis=1), broken.argmax(axis=1), -1)


# ------------------------------------------------------------------------------------------ crowd


def crowd(given: Race) -> Crowd:
    """Return how everybody does from a grid of starts, all walking at once, each with the same noise."""
    course, ground = course_of(given, crowd_starts(given)), given.ground
    ways = [run(course, one.optimizer, one.knobs(ground), _shared_factor(given)).path for one in given.who]
    paths = torch.stack(ways).numpy()
    found = terrain_of(given.formulas, ground.box, given.curve, ground.walls is not None)
    ends = np.stack([reached(path[:, -1], found.minima, ground.box) for path in paths])
    lowest = found.depths.min(initial=np.inf)
    deep = np.flatnonzero(found.depths <= lowest + AS_DEEP * max(1.0, abs(lowest)))
    return Crowd(paths.astype(np.float32), ends, np.isin(ends, deep).sum(axis=1))


def crowd_starts(given: Race) -> Tensor:
    """Return the starts (S, 2): a grid that keeps away from the edges of the box; on a curve as many in a row."""
    side, (west, east, south, north) = CROWDS[given.crowd], given.ground.box
    across, up = MARGIN * (east - west), MARGIN * (north - south)
    box = (west + across, east - across, south + up, north - up)
    return terrain.places_of(box, side**2 if given.curve else side, given.curve).reshape(-1, 2)


def _shared_factor(given: Race) -> Factor | None:
    """Return what multiplies the learning rate of walkers from many starts: each would have a plateau of its own."""
    return None if given.schedule == "plateau" else factor_of(given)


# ----------------------------------------------------------------------------------------- basins


def basins(given: Race, place: int) -> Basins:
    """Return where the racer at `place` ends from each of 200×200 starts, all of them walking at once.

    Raises: ValueError for a racer whose walkers cannot share a parameter.
    """
    began, ground, one = time.perf_counter(), given.ground, given.who[place]
    grid = terrain.places_of(ground.box, STARTS)
    short = given.model_copy(update={"steps": min(given.steps, LONGEST)})
    course = course_of(short, grid.reshape(-1, 2))
    ends = arrive(course, one.optimizer, one.knobs(ground), _shared_factor(short)).numpy()
    minima = terrain_of(given.formulas, ground.box, given.curve, ground.walls is not None).minima
    found = reached(ends, minima, ground.box).reshape(STARTS, STARTS)
    shares = np.array([(found == number).mean() for number in range(len(minima))])
    return Basins(found, minima, shares, short.steps, time.perf_counter() - began)


def reached(ends: np.ndarray, minima: np.ndarray, box: terrain.Box) -> np.ndarray:
    """Return (S,) which of the minima (M, 2) each place (S, 2) is close to: its number, NOWHERE or LOST."""
    lost = ~np.isfinite(ends).all(axis=-1)
    found = np.full(len(ends), NOWHERE, np.int16)
    if len(minima):
        away = np.linalg.norm(np.nan_to_num(ends)[:, None] - minima, axis=-1)
        near = NEAR_ALONE * (box[1] - box[0])
        if len(minima) > 1:
            apart = np.linalg.norm(minima[:, None] - minima, axis=-1)
            near = min(near, NEAR * apart[apart > 0].min())
        found = np.where(away.min(axis=1) < near, away.argmin(axis=1), NOWHERE).astype(np.int16)
    found[lost] = LOST
    return found


# ----------------------------------------------------------------------------------- learning rates


def rates(given: Race, place: int) -> Rates:
    """Return how the racer at `place` ends with many learning rates, and how it does while the rate grows.

    Source of the range test: Smith 2017, Cyclical learning rates, section 3.3.
    """
    began, one, ground = time.perf_counter(), given.who[place], given.ground
    usual = usual_rate(one.optimizer, ground)
    tried = usual * np.logspace(*DECADES, RATES)
    short = given.model_copy(update={"steps": min(given.steps, LONGEST_TRY)})
    course, surface = course_of(short), Surface(given.formulas)
    ends = [
        run(course, one.optimizer, {**one.knobs(ground), "lr": rate}, factor_of(short)).path[0, -1] for rate in tried
    ]
    growing, path = _range_test(given, place, float(tried[0]), float(tried[-1]))
    found = terrain_of(given.formulas, ground.box, given.curve, ground.walls is not None)
    heights = [surface.height(part).numpy() for part in (torch.stack(ends), path, course.starts)]
    floor = float(found.depths[0]) if len(found.depths) else min(float(np.nanmin(part)) for part in heights)
    limits = [surface.sharpest(course.starts[0]), *(surface.sharpest(torch.tensor(one)) for one in found.minima[:1])]
    first, deepest = (2 / bend if bend > 0 else float("nan") for bend in (*limits, float("nan"))[:2])
    above = [part - floor for part in heights]
    seconds = time.perf_counter() - began
    return Rates(tried, above[0], growing, above[1], float(above[2][0]), (first, deepest), short.steps, seconds)


def _range_test(given: Race, place: int, low: float, high: float) -> tuple[np.ndarray, Tensor]:
    """Return the rates (T+1,) of a range test between two rates and the places (T+1, 2) it leads to."""
    one = given.who[place]
    course = course_of(given.model_copy(update={"steps": TESTED}))
    growth = (high / low) ** (1 / (TESTED - 1))
    way = run(course, one.optimizer, {**one.knobs(given.ground), "lr": low}, lambda step, _: growth**step)
    return way.rates.numpy(), way.path[0]


# ------------------------------------------------------------------------------------------- noise


def sampling(given: Sampling) -> Sampled:
    """Return how a regression is learnt from a few people at a time, and how their gradients scatter."""
    features, targets = (torch.tensor(part) for part in patients())
    chance = torch.Generator().manual_seed(given.batch_seed)
    draw = lambda rows, size: torch.rand(rows, PEOPLE, generator=chance).argsort(dim=1)[:, :size]  # noqa: E731
    losses = [Regression(features, targets, draw(SAMPLED, size)) for size in (PEOPLE, given.batch, 1)]
    start = torch.tensor([BEGIN], dtype=torch.float64)
    quiet = torch.zeros(SAMPLED, 1, 2, dtype=torch.float64)
    knobs = {"lr": given.batch_rate, "momentum": given.batch_momentum, "dampening": 0.0, "weight_decay": 0.0}
    path = torch.stack([run(Course(loss, start, quiet), "momentum", knobs).path[0] for loss in losses])
    whole = losses[0]
    best = torch.linalg.lstsq(features, targets[:, None]).solution[:, 0]
    single = whole.gradients(start[0])
    true = single.mean(dim=0)
    grid = terrain.places_of(PLANE, SIDE)
    heights = whole.height(path)
    excess = heights[:, SAMPLED // 2 :] - whole.height(best)
    apart = [(single[draw(DRAWS, size)].mean(dim=1) - true).square().sum(-1).mean().sqrt() for size in SIZES]
    scatter = float((single - true).square().sum(-1).mean().sqrt())
    expected = [scatter * ((PEOPLE - size) / (PEOPLE - 1) / size) ** 0.5 for size in SIZES]
    parts = [whole.height(grid), grid[0, :, 0], grid[:, 0, 1], best, path, heights, single]
    parts += [single[draw(DRAWS, given.batch)].mean(dim=1), true, torch.tensor(SIZES), torch.stack(apart)]
    return Sampled(*(part.numpy() for part in parts), np.array(expected), excess.mean(dim=1).numpy())


def loss_map(
    spec: RunSpec, paths: tuple[np.ndarray, np.ndarray], here: tuple[np.ndarray, np.ndarray], asked: Cut
) -> LossMap:
    """Return the loss of a real network around the weights `here`, (D,) of each of two runs, and over their paths.

    spec: of either run, for data and network. paths: the recorded weights, (R, D) each, from the same first row.
    `asked` says which plane, and on which examples; a mini-batch has those that the first epoch of a run with that
    batch size takes. Raises: ValueError where a run has diverged.
    Source: Li, Xu, Taylor, Studer, Goldstein 2018, Visualizing the Loss Landscape of Neural Nets.
    """
    network = build_for(spec).eval()
    vector_to_parameters(torch.tensor(np.asarray(here[0], np.float32)), network.parameters())
    plane = _plane(network, spec.seed, paths, here, asked.cut)
    splits = load(spec.data, spec.seed_of_data)
    known = splits.validation if asked.ground == "validation" else splits.train
    way = landscape.on_plane(plane, np.concatenate(paths))
    across, along = landscape.reach(way.points, _places(spec.parameters * len(known)), least=LEAST)
    points = np.stack([grid.ravel() for grid in np.meshgrid(across, along)], axis=1)
    looked = np.concatenate([plane.at(points), np.stack(here)])
    each = landscape.losses_at(network, looked, known.inputs, known.labels, each_loss(spec))  # (P, N)
    taken = (
        mini_batches(len(known), asked.ground_size, spec.seed) if asked.ground == "batch" else [np.arange(len(known))]
    )
    losses = np.stack([each[:, rows].mean(axis=1) for rows in taken[:MOST_BATCHES]])  # (M, P + 2)
    heights = losses[:, :-2].reshape(-1, len(along), len(across))
    about = (plane.origin, plane.directions, landscape.measures(plane), way.explained)
    return LossMap(heights.astype(np.float32), across, along, losses[:, -2:], *about, len(taken))


def _plane(
    network: nn.Module, seed: int, paths: tuple[np.ndarray, ...], here: tuple[np.ndarray, ...], cut: str
) -> landscape.WeightPlane:
    if cut == "chance":
        return landscape.over_random_directions(network, seed)
    if cut == "ends":
        return planes.through(paths[0][0], *here)
    return planes.over_paths(here[0], paths)


def mini_batches(count: int, size: int, seed: int) -> list[np.ndarray]:
    """Return the positions of the examples in each mini-batch of a run's first epoch; the last may have fewer."""
    order = Order(count, torch.Generator().manual_seed(seed + 1))  # as training/run.py has it
    return [order.take(size).numpy() for _ in range(-(-count // size))]


def _places(work: int) -> int:
    """Return how many places a side are looked at, from the work of one: an odd number."""
    return min(51, max(15, int((MOST_WORK / work) ** 0.5))) | 1
