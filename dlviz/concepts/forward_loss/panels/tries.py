"""What to try here: each a question that the numbers answer after it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.forward_loss.panels.answers import said
from dlviz.concepts.forward_loss.panels.stage import COMPUTE
from dlviz.concepts.forward_loss.spec import DEFAULT, Subject, View
from dlviz.ui import reasons, tries
from dlviz.ui.asking import Failed, ask
from dlviz.ui.tries import Found, Page, Question

FRESH = Subject(source="digit", trained=False)
DEAD = "b1.1=-20"
RAISED = 100.0
RARE = 0.05
NEAR = 1e-6


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(PAGE, view)


def _asked(function: str, *arguments: object) -> object | None:
    """Return what is computed for an answer; None while it is being computed."""
    try:
        found = ask(f"forward_loss.try.{function}", f"{COMPUTE}:{function}", *arguments)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return None
    return found.value if found is not None and found.fresh else None


def _untrained(_: View) -> Found | None:
    found = _asked("anatomy", FRESH)
    return (
        None
        if found is None
        else Found(band(found.mean_loss), {"loss": said(found.mean_loss), "score": f"{100 * found.score:.0f}"})
    )


def band(loss: float) -> int:
    """Return 0 for a loss near nothing, 1 for one near log 10, 2 for a large one."""
    return 0 if loss < 1 else 1 if loss < 5 else 2


def _dead(_: View) -> Found | None:
    found = _asked("anatomy", Subject(), DEAD)
    if found is None:
        return None
    out, total = float(found.layers[0].outputs[0, 0]), float(found.layers[0].sums[0, 0])
    return Found(0 if out == 0 else 1 if out < 0 else 2, {"sum": said(total), "out": said(out)})


def _punished(_: View) -> Found | None:
    found = _asked("fading")
    if found is None:
        return None
    entropy, squares = np.abs([np.interp(-6.0, found.grid, slope) for slope in found.slopes])
    right = 0 if entropy > 1.1 * squares else 1 if squares > 1.1 * entropy else 2
    return Found(right, {"entropy": said(entropy), "squares": said(squares), "times": f"{entropy / squares:.0f}"})


def _raised(_: View) -> Found | None:
    before = _asked("softmaxes", DEFAULT.logits, RAISED)
    if before is None:
        return None
    exact, safe = np.exp(np.array(DEFAULT.logits)), before.safe_probabilities
    exact /= exact.sum()
    same = np.abs(safe - exact).max() < 1e-4
    return Found(0 if same else 1, {"share": f"{100 * exact[0]:.1f}", "naive": said(before.probabilities[0])})


def _base_rate(_: View) -> Found | None:
    found = _asked("rarity", RARE, 1.0)
    if found is None:
        return None
    right = 1 - RARE if found.best < 0.5 else RARE  # the same answer for all is right for one of the classes
    numbers = {"right": f"{100 * right:.0f}", "cost": said(found.base), "found": f"{100 * found.plain.found:.0f}"}
    return Found(0 if right > 0.9 else 1 if right > 0.3 else 2, numbers)


def _to(**news: object) -> object:
    """Return what leads from any view to the page as it opens, but for these."""
    return lambda view: DEFAULT.model_copy(update={"preset": view.preset, **news})


TRIES = {
    "untrained": Question(_to(subject=FRESH), "size", _untrained),
    "dead": Question(_to(changed=DEAD), "output", _dead),
    "punished": Question(_to(closer="softmax"), "pull", _punished),
    "raised": Question(_to(closer="overflow", raised=RAISED), "shares", _raised),
    "base_rate": Question(_to(closer="rare", rare=RARE, rare_weight=1.0), "often", _base_rate),
}
PAGE = Page("forward_loss", DEFAULT, TRIES)
