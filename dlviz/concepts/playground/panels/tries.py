"""What to try on the playground, and which answer a run proves right."""

from __future__ import annotations

from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.spec import CIRCLE, DEFAULT, View
from dlviz.recording import Moment
from dlviz.spec import Knobs, Mlp, Plane, RunSpec
from dlviz.ui import tries
from dlviz.ui.tries import Page, Try

SQUARES = CIRCLE.data.model_copy(update={"inputs": ("x1", "x2", "x1_squared", "x2_squared")})


def band(moment: Moment) -> int:
    """Return 0, 1 or 2 for a validation accuracy over 90 %, from 60 %, or under."""
    accuracy = float(moment["validation_accuracy"])
    return 0 if accuracy > 0.9 else 1 if accuracy >= 0.6 else 2


def gap(moment: Moment) -> int:
    """Return 0, 1 or 2 where training accuracy is above, near or below validation accuracy (five points)."""
    apart = float(moment["train_accuracy"]) - float(moment["validation_accuracy"])
    return 0 if apart > 0.05 else 1 if apart >= -0.05 else 2


def _circle(epochs: int, **changes: object) -> RunSpec:
    return CIRCLE.model_copy(update={"epochs": epochs, **changes})


TRIES = {
    "straight": Try(_circle(200, network=Mlp(hidden=(), activation="tanh")), "band", band),
    "squares": Try(_circle(200, network=Mlp(hidden=(), activation="tanh"), data=SQUARES), "band", band),
    "zeros": Try(_circle(200, network=Mlp(hidden=(4, 2), activation="tanh", initializer="zeros")), "band", band),
    "rate": Try(_circle(200, knobs=CIRCLE.knobs.model_copy(update={"learning_rate": 1.0})), "band", band),
    "overfit": Try(
        RunSpec(
            data=Plane(data="gauss", points=250, noise=0.5, validation_share=0.9),
            network=Mlp(hidden=(8, 8), activation="tanh"),
            epochs=1000,
            knobs=Knobs(learning_rate=0.01, batch_size=10),
        ),
        "overfit",
        gap,
    ),
}
PAGE = Page("playground", DEFAULT, TRIES, runs.BENCH, runs.keep)


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    if "tries" not in view.hide:
        tries.panel(PAGE, view)
