"""What to try with a real network, and which answer its own numbers prove right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlviz.concepts.gradient_descent.panels import edge
from dlviz.concepts.gradient_descent.panels.walkers import ALL, BENCH, SOLUTIONS, Walker, significant, walkers
from dlviz.concepts.gradient_descent.recording import Between
from dlviz.concepts.gradient_descent.spec import DEFAULT, Real, View
from dlviz.ui import tries
from dlviz.ui.asking import Failed, ask
from dlviz.ui.tries import Found, Page, Question

EVEN = 1.2  # sharpnesses that differ by less than this factor are about equal
EDGE = Real(
    trained="data=hills|hidden=8,8|epochs=1000",
    **{"optimizer_a": "sgd", "rate_a": 0.1, "batch_a": ALL, "optimizer_b": "sgd", "rate_b": 0.2, "batch_b": ALL},
    aspect="edge",
)
HILL = Real(aspect="line")
SEEDS = Real(
    **{"optimizer_a": "adam", "rate_a": 0.01, "optimizer_b": "adam", "rate_b": 0.01, "seed_b": 1}, aspect="line"
)
FLAT = Real(
    trained="data=hills|hidden=8,8|epochs=400",
    **{"optimizer_a": "sgd", "rate_a": 0.05, "batch_a": 5, "optimizer_b": "sgd", "rate_b": 0.05, "batch_b": ALL},
    aspect="line",
)


def question(wanted: Real, choices: str, judge: Callable[[tuple[Walker, Walker]], Found | None]) -> Question:
    """Return the question about two runs, whose answer `judge` reads off them when both are over."""

    def leads_to(view: View) -> View:
        asked = {name: getattr(view.real, name) for name in ("real_preset", "real_guess")}
        return view.model_copy(update={"section": "network", "real": wanted.model_copy(update=asked)})

    def answer(_: View) -> Found | None:
        found = walkers(wanted)
        return judge(found) if found and all(one.over for one in found) else None

    return Question(leads_to, choices, answer)


def rises(found: tuple[Walker, Walker]) -> Found | None:
    """Return whether the first run's sharpness stays below its limit (0), hovers there (1) or is far above it (2)."""
    told, other = (edge.complete(one) for one in found)
    if told is None or other is None:
        return None
    late, limit = edge.late(told), float(told.limits[-1])
    right = ("below", "hovers", "above").index(edge.where(told))
    numbers = {"first": told.values[0, 0], "mean": late.mean(), "low": late.min(), "high": late.max(), "limit": limit}
    numbers |= {"other": edge.late(other).mean(), "other_limit": other.limits[-1]}
    return Found(right, {name: significant(float(value)) for name, value in numbers.items()})


def between(found: tuple[Walker, Walker]) -> Found | None:
    """Return whether the loss stays low between both ends (0), or climbs over a hill (1)."""
    line = _line(found)
    if line is None:
        return None
    (share, height), ends = line.hills[0], _ends(line)
    numbers = {"first": ends[0], "second": ends[1], "top": max(ends) + height}
    values = {name: significant(float(value)) for name, value in numbers.items()}
    return Found(int(height > 0.5 * max(ends)), {**values, "share": f"{100 * share:.0f}"})


def sharper(found: tuple[Walker, Walker]) -> Found | None:
    """Return whether the first ends in the sharper place (0), the second (1), or neither by much (2)."""
    line = _line(found)
    if line is None:
        return None
    few, many = (float(one) for one in line.sharpness)
    right = 2 if max(few, many) < EVEN * min(few, many) else int(many > few)
    numbers = dict(zip(("few", "all", "few_loss", "all_loss"), (few, many, *_ends(line)), strict=True))
    return Found(right, {name: significant(value) for name, value in numbers.items()})


def _line(found: tuple[Walker, Walker]) -> Between | None:
    """Return what is found between both ends, None while it is being computed."""
    ends = [one.moments[-1]["weights"] for one in found]
    try:
        answer = ask("gradient_descent.real_try", f"{SOLUTIONS}:between", found[0].run, *ends)
    except Failed:
        return None
    return answer.value if answer is not None and answer.fresh else None


def _ends(line: Between) -> tuple[float, float]:
    first, second = line.losses[0, np.searchsorted(line.shares, (0.0, 1.0))]
    return float(first), float(second)


TRIES = {
    "edge": question(EDGE, "rises", rises),
    "hill": question(HILL, "between", between),
    "seeds": question(SEEDS, "between", between),
    "flat": question(FLAT, "sharper", sharper),
}
PAGE = Page("gradient_descent.real", DEFAULT, TRIES, bench=BENCH, part="real", prefix="real_")


def panel(view: View) -> None:
    """Show the row of things to try with a real network and, for the chosen one, its question and what came of it."""
    tries.panel(PAGE, view)
