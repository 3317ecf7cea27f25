"""What to try on the page: each a question, answered before and checked by what is then measured."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlviz.concepts.activations.panels.answers import COMPUTE
from dlviz.concepts.activations.panels.facts import number
from dlviz.concepts.activations.spec import DEFAULT, Function, View
from dlviz.ui import tries
from dlviz.ui.asking import Failed, ask
from dlviz.ui.stacks import readable
from dlviz.ui.tries import Found, Page, Question

QUARTERS = (1.0, 0.5, 0.25)  # the answers to how steep the sigmoid is
MORTAL: tuple[Function, ...] = ("relu", "leaky_relu", "gelu")
TWINS: tuple[Function, ...] = ("own", "silu", "mish", "gelu")
TWIN = "x * tanh(log(1 + exp(x)))"
COLD, HOT = 0.1, 1.0
ADDED = 100.0


def _to(**changes: object) -> Callable[[View], View]:
    return lambda view: view.model_copy(update=changes)


def _asked(slot: str, name: str, *arguments: object) -> object | None:
    """Return the answer to exactly this question, None while it is being computed."""
    try:
        found = ask(f"activations.try.{slot}", f"{COMPUTE}:{name}", *arguments)
    except Failed:
        return None
    return found.value if found is not None and found.fresh else None


def _curves(*functions: Function, formula: str = "") -> object | None:
    return _asked("curves", "curves", functions, DEFAULT.parameters, formula, 5.0, 0.05)


def steepest(_: View) -> Found | None:
    """Return how steep the sigmoid gets, and what ten of them in a row leave of a gradient at most."""
    found = _curves("sigmoid")
    if found is None:
        return None
    most = found.facts[0].steepest
    right = int(np.abs(np.array(QUARTERS) - most).argmin())
    return Found(right, {"steepest": number(most), "left": readable(most**10)})


def dead(_: View) -> Found | None:
    """Return which of three functions has no slope at all for negative x."""
    found = _curves(*MORTAL)
    if found is None:
        return None
    left = found.slopes[:, found.x < 0]
    right = int((left == 0).mean(axis=1).argmax())
    return Found(right, {"leaky": number(float(left[1].mean())), "gelu": number(float(left[2, -51]))})


def twins(_: View) -> Found | None:
    """Return which function of torch the typed formula is: the one that is nowhere far from it."""
    found = _curves(*TWINS, formula=TWIN)
    if found is None:
        return None
    apart = np.abs(found.values[1:] - found.values[0]).max(axis=1)
    return Found(int(apart.argmin()), {"apart": readable(apart.min()), "next": number(float(np.sort(apart)[1]))})


def cold(_: View) -> Found | None:
    """Return what a low temperature does to the largest probability."""
    found = [_asked(f"softmax.{heat}", "softmax", DEFAULT.logits, heat, 0.0) for heat in (HOT, COLD)]
    if None in found:
        return None
    before, after = (float(one.probabilities.max()) for one in found)
    right = 0 if after > before + 0.01 else 1 if after < before - 0.01 else 2
    return Found(right, {"before": f"{100 * before:.1f}", "after": f"{100 * after:.1f}"})


def shift(_: View) -> Found | None:
    """Return what the same number added to every logit does to the probabilities."""
    found = _asked("shift", "softmax", DEFAULT.logits, HOT, ADDED)
    if found is None:
        return None
    naive = "NaN" if np.isnan(found.naive).any() else number(float(found.naive[0]))
    return Found(0 if found.moved < 1e-9 else 1, {"moved": number(found.moved), "naive": naive})


SOFTMAX = {"section": "softmax", "logits": DEFAULT.logits}
TRIES = {
    "steepest": Question(
        _to(section="function", functions=("sigmoid", "tanh"), probe=0.0, reach=5.0), "slopes", steepest
    ),
    "dead": Question(_to(section="function", functions=MORTAL, probe=-2.0, reach=5.0), "mortal", dead),
    "twins": Question(_to(section="function", functions=TWINS, formula=TWIN, probe=-1.0, reach=5.0), "which", twins),
    "cold": Question(_to(**SOFTMAX, temperature=COLD, added=0.0), "heat", cold),
    "shift": Question(_to(**SOFTMAX, temperature=HOT, added=ADDED), "effect", shift),
}
PAGE = Page("activations", DEFAULT, TRIES)


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(PAGE, view)
