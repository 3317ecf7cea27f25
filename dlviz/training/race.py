"""A race: one optimizer takes steps on a surface, from one start or from many at once, and all of it is recorded."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import torch
from torch import Tensor

from dlviz.models.surface import Surface
from dlviz.training.racers import ALONE, SECOND_ORDER, build_racer

LOST = 1e6  # who is farther away than this has diverged, and walks no more
MOMENTS = ("momentum_buffer", "exp_avg", "acc_delta", "eta")
SQUARES = ("exp_avg_sq", "square_avg", "sum", "exp_inf", "step_size", "variance")
HESSIAN = 2  # gradient evaluations that a Hessian of two parameters costs: one for each row


class Way(NamedTuple):
    """What one racer did in T steps from S starts.

    path (S, T+1, 2): places, NaN from where a walker was lost. Of the first start: slopes (T, 2) as the optimizer saw
    them, moments and squares (T, 2) that it kept (NaN where it keeps none), seconds and evaluations (T+1,) so far.
    rates (T+1,): the learning rate of the step from each place on; the last one twice.
    """

    path: Tensor
    slopes: Tensor
    moments: Tensor
    squares: Tensor
    seconds: Tensor
    evaluations: Tensor
    rates: Tensor


class Course(NamedTuple):
    """What is run on: the surface, starts (S, 2), noise (T, S, 2) on the slopes, and walls where walkers stop dead."""

    surface: Surface
    starts: Tensor
    noise: Tensor
    walls: tuple[float, float] | None = None

    @property
    def steps(self) -> int:
        """How many steps are taken."""
        return len(self.noise)


class Plateau:
    """A learning rate that falls where the height has not fallen for a while, as torch's ReduceLROnPlateau has it."""

    def __init__(self, factor: float, patience: int):
        self.optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)  # it wants one to turn
        self.plan = torch.optim.lr_scheduler.ReduceLROnPlateau(self.optimizer, factor=factor, patience=patience)

    def __call__(self, step: int, height: float) -> float:
        """Return the factor for the step from a place of this height."""
        if step:
            self.plan.step(height)
        return self.optimizer.param_groups[0]["lr"]


Factor = Callable[[int, float], float]


def run(course: Course, name: str, knobs: Mapping[str, float], factor: Factor | None = None) -> Way:
    """Return the way of the optimizer `name` with these knobs.

    Its learning rate is multiplied by `factor` of each step (from 0) and of the height that the first walker is at.
    """
    walker, rows, factors = _Walker(course, name, knobs), [], []
    height = lambda: float(course.surface.height(walker.places[0].detach().reshape(-1, 2)[0]))  # noqa: E731
    for step in range(course.steps):
        factors.append(1.0 if factor is None else factor(step, height()))
        rows.append(walker.step(step, factors[-1]))
    path = torch.stack([course.starts, *(row[0] for row in rows)], dim=1)
    seen = [torch.stack(part) if part else torch.zeros(0, 2) for part in zip(*(row[1:4] for row in rows), strict=True)]
    clocks = torch.tensor([[0.0, 0.0], *(row[4] for row in rows)], dtype=torch.float64).cumsum(0)
    rates = knobs["lr"] * torch.tensor([*factors, factors[-1]], dtype=torch.float64)
    return Way(path, *seen, clocks[:, 0], clocks[:, 1], rates)


def arrive(course: Course, name: str, knobs: Mapping[str, float], factor: Factor | None = None) -> Tensor:
    """Return the places (S, 2) to which `run` leads in the end, without remembering the way there.

    Raises: ValueError for optimizers that would mix up walkers who share a parameter: there are too many walkers here.
    """
    if name in ALONE:
        raise ValueError(f"optimizer: {name} looks at all numbers of a parameter at once, so it cannot run batched")
    if name in SECOND_ORDER and factor is None and len(course.surface.parts) == 1 and not course.noise.any():
        return _settle(course, name, knobs)
    walker = _Walker(course, name, knobs)
    for step in range(course.steps):
        walker.turn(1.0 if factor is None else factor(step, math.nan))
        walker.go(step)
    return walker.places[0].detach().clone()


def _settle(course: Course, name: str, knobs: Mapping[str, float]) -> Tensor:
    """Return where walkers without a memory arrive on ground that stays as it is.

    Who did not move in a step never moves again, and Hessians are dear: from then on they are taken of the others only.
    """
    places, moving = course.starts.clone(), torch.arange(len(course.starts))
    for _ in range(course.steps):
        walker = _Walker(Course(course.surface, places[moving], course.noise[:1, moving], course.walls), name, knobs)
        walker.go(0)
        there = walker.places[0].detach()
        on = (there != places[moving]).any(-1) & there.isfinite().all(-1)
        places[moving], moving = there, moving[on]
        if not len(moving):
            break
    return places


class _Walker:
    """An optimizer under way, with all its walkers."""

    def __init__(self, course: Course, name: str, knobs: Mapping[str, float]):
        self.course, self.evaluations = course, 0
        parts = course.starts.clone().split(1) if name in ALONE else (course.starts.clone(),)
        shaped = [part if name != "adafactor" else part[0] for part in parts]  # a plain vector is not factored
        self.places = [torch.nn.Parameter(part.clone()) for part in shaped]
        build = lambda places: build_racer(name, knobs, places, course.surface.bend)  # noqa: E731
        # L-BFGS takes all its parameters for one, so it is given one at a time
        self.optimizers = [build([place]) for place in self.places] if name == "lbfgs" else [build(self.places)]
        self.searches, self.rate = name == "lbfgs", knobs["lr"]
        self.extra = HESSIAN if name in SECOND_ORDER else 0

    def step(self, step: int, factor: float) -> tuple[Tensor, Tensor, Tensor, Tensor, tuple[float, int]]:
        """Take a step; return the places (S, 2), the first one's slope and state, and what it cost."""
        self.turn(factor)
        began, self.evaluations = time.perf_counter(), self.extra
        seen = self.go(step)
        cost = (time.perf_counter() - began, self.evaluations)
        return self._rows(), seen, self._state(MOMENTS), self._state(SQUARES), cost

    def turn(self, factor: float) -> None:
        """Turn the learning rate to so many times what it was at first."""
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = self.rate * factor

    def go(self, step: int) -> Tensor:
        """Take a step, and return the slope that the first walker saw."""
        seen = self._slopes(step)
        self._move(step)
        self._keep_in()
        return seen

    def _slopes(self, step: int) -> Tensor:
        """Give every parameter its gradient, and return the first walker's."""
        for number in range(len(self.places)):
            self._slope(step, number)
        return self.places[0].grad.detach().reshape(-1, 2)[0].clone()

    def _slope(self, step: int, number: int) -> Tensor:
        place = self.places[number]
        place.grad = None
        height = self.course.surface.part(place, step).sum()
        self.evaluations += number == 0
        if height.requires_grad:
            height.backward()
        own = slice(None) if len(self.places) == 1 else slice(number, number + 1)
        noise = self.course.noise[step, own].reshape(place.shape)
        place.grad = noise.clone() if place.grad is None else place.grad + noise
        return height

    def _move(self, step: int) -> None:
        for number, optimizer in enumerate(self.optimizers):
            if self.searches:
                if number == 0:
                    self.evaluations -= 1  # it asks again at once
                optimizer.step(lambda number=number: self._slope(step, number))
            else:
                optimizer.step()

    @torch.no_grad()
    def _keep_in(self) -> None:
        for place in self.places:
            if self.course.walls is not None:
                place.clamp_(*self.course.walls)
            rows = place.view(-1, 2)
            rows[~(rows.abs() < LOST).all(-1)] = torch.nan

    def _rows(self) -> Tensor:
        return torch.cat([place.detach().reshape(-1, 2) for place in self.places]).clone()

    def _state(self, names: tuple[str, ...]) -> Tensor:
        """Return (2,) what the optimizer remembers of the first walker under one of these names."""
        state = self.optimizers[0].state.get(self.places[0], {})
        for name in names:
            value = state.get(name)
            if isinstance(value, Tensor) and value.numel() >= 2:
                return value.detach().reshape(-1, 2)[0].clone()
        return torch.full((2,), torch.nan, dtype=self.places[0].dtype)
