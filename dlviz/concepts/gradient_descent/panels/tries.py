"""What to try about gradient descent, and which answer the race itself proves right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlviz.concepts.gradient_descent.panels.stage import COMPUTE
from dlviz.concepts.gradient_descent.recording import Trace
from dlviz.concepts.gradient_descent.spec import DEFAULT, Race, View
from dlviz.ui import tries
from dlviz.ui.asking import Failed, ask
from dlviz.ui.tries import Found, Page, Question

THERE = 0.01  # of the way: who is closer than this has arrived
EVEN = 1.5  # distances that differ by less than this factor are about equal


def question(race: Race, choices: str, judge: Callable[[Trace], Found]) -> Question:
    """Return the question about a race, whose answer `judge` reads off what came of it."""

    def leads_to(view: View) -> View:
        return view.model_copy(update={"race": race, "picked": 0, "at": None})

    def answer(_: View) -> Found | None:
        try:
            found = ask("gradient_descent.try", f"{COMPUTE}:race", race)
        except Failed:
            return None
        return judge(found.value) if found is not None and found.fresh else None

    return Question(leads_to, choices, answer)


def arrives(trace: Trace) -> Found:
    """Return whether the first racer arrives (0), is on its way (1) or got farther away (2)."""
    before, after = float(trace.distances[0, 0]), float(np.nan_to_num(trace.distances[0, -1], nan=np.inf))
    right = 0 if after < THERE * before else 1 if after < before else 2
    limit = 0.0 if trace.largest_stable is None else trace.largest_stable
    return Found(right, {"before": f"{before:.3g}", "after": f"{after:.3g}", "limit": f"{limit:.3g}"})


def closer(trace: Trace) -> Found:
    """Return which of two racers is closer to the minimum (0 or 1), or that they are about equal (2)."""
    first, second = (float(one) for one in trace.distances[:2, -1])
    right = 2 if max(first, second) < EVEN * min(first, second) else 0 if first < second else 1
    return Found(right, {"first": f"{first:.3g}", "second": f"{second:.3g}"})


def wall(trace: Trace) -> Found:
    """Return at which wall the first racer ends: the lower one (0), the upper one (1), or between (2)."""
    ends = trace.path[:2, -1, 0]
    right = 0 if ends[0] < -0.9 else 1 if ends[0] > 0.9 else 2
    return Found(right, {"first": _signed(f"{ends[0]:.3g}"), "second": _signed(f"{ends[1]:.3g}")})


def stays(trace: Trace) -> Found:
    """Return which racer is closest to the saddle at (0, 0) in the end."""
    away = np.linalg.norm(trace.path[:, -1], axis=-1)
    far = np.delete(away, away.argmin()).min()
    return Found(int(away.argmin()), {"away": f"{away.min():.3g}", "others": f"{far:.3g}"})


def valley(trace: Trace) -> Found:
    """Return whether the first racer ends in the deepest valley (0), in the other one (1), or in none (2)."""
    place = trace.path[0, -1]
    away = np.linalg.norm(trace.minima - place, axis=-1)
    right = int(away.argmin()) if np.isfinite(place).all() and away.min() < 0.5 else 2
    return Found(right, {name: _signed(f"{round(float(at), 2) + 0.0:g}") for name, at in zip("xy", place, strict=True)})


def _signed(number: str) -> str:
    """Return a number with a minus sign as it is printed."""
    return number.replace("-", "−")


SMALL, RIGHT, LARGE = (Race(racers=f"sgd(lr={rate})") for rate in ("0.001", "0.095", "0.102"))
RAVINE = Race(condition=200, racers="sgd(lr=0.009);momentum(lr=0.009)", steps=150)
REDDI = Race(
    surface="reddi", racers="adam(beta1=0,beta2=0.1,lr=0.05);adam(amsgrad=1,beta1=0,beta2=0.1,lr=0.05)", steps=300
)
SADDLE = Race(surface="saddle", racers="sgd;momentum;adam;newton")
VALLEYS = Race(surface="two_valleys", racers="sgd(lr=0.5)", steps=100)
TRIES = {
    "small": question(SMALL, "end", arrives),
    "right": question(RIGHT, "end", arrives),
    "large": question(LARGE, "end", arrives),
    "ravine": question(RAVINE, "closer", closer),
    "reddi": question(REDDI, "wall", wall),
    "saddle": question(SADDLE, "stays", stays),
    "valleys": question(VALLEYS, "valley", valley),
}
PAGE = Page("gradient_descent", DEFAULT, TRIES)


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(PAGE, view)
