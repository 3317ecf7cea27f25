"""What to try with linear regression, and which answer the run proves right."""

from __future__ import annotations

import numpy as np

from dlviz.concepts.linear_regression.panels import runs
from dlviz.concepts.linear_regression.spec import CARS, DEFAULT, LINE, View
from dlviz.recording import Moment
from dlviz.rows import pairs_text
from dlviz.spec import Curve, Knobs, Linear, Pairs, RunSpec, Table
from dlviz.ui import tries
from dlviz.ui.tries import Page, Try

SLOPE = 0.6
LEVEL = [(x / 10, SLOPE * x / 10) for x in range(-8, 9, 2)]  # nine points on a line through the middle
FAR = Pairs(pairs=pairs_text([*LEVEL, (0.95, -0.95)]))
GONE = 0.02  # a weight this small, in standard deviations, says nothing


def tilt(moment: Moment) -> int:
    """Return 0, 1 or 2 where the slope keeps nine tenths of what the nine points alone give, at least half, or less."""
    share = float(moment["weights"][0]) / SLOPE
    return 0 if share > 0.9 else 1 if share >= 0.5 else 2


def fate(moment: Moment) -> int:
    """Return 0, 1 or 2 where the training loss ends below 0.5, between that and where it began (1), or above."""
    loss = float(moment["train_loss"])
    return 0 if loss < 0.5 else 1 if loss <= 1.05 else 2


def gap(moment: Moment) -> int:
    """Return 0, 1 or 2 where the validation loss is at most twice the training loss, at most ten times, or more."""
    ratio = float(moment["validation_loss"]) / float(moment["train_loss"])
    return 0 if ratio <= 2 else 1 if ratio <= 10 else 2


def left_over(moment: Moment) -> int:
    """Return 0, 1 or 2 where six or seven, four or five, or at most three weights still say anything."""
    count = int((np.abs(moment["weights"][:-1]) > GONE).sum())
    return 0 if count >= 6 else 1 if count >= 4 else 2


def _far(**knobs: object) -> RunSpec:
    return LINE.model_copy(update={"data": FAR, "epochs": 300, "knobs": LINE.knobs.model_copy(update=knobs)})


TRIES = {
    "far": Try(_far(), "tilt", tilt),
    "huber": Try(_far(fault="huber", huber_delta=0.1, learning_rate=0.5), "tilt", tilt),
    "pounds": Try(
        LINE.model_copy(
            update={
                "data": Table(columns=("weight",), scaling=False),
                "knobs": LINE.knobs.model_copy(update={"learning_rate": 1e-6, "batch_size": 1024}),
            }
        ),
        "fate",
        fate,
    ),
    "degree": Try(
        RunSpec(
            data=Curve(data="wave", points=14, noise=0.15),
            network=Linear(degree=12),
            epochs=2000,
            knobs=Knobs(optimizer="adam", learning_rate=0.1, batch_size=64),
        ),
        "gap",
        gap,
    ),
    "lasso": Try(
        CARS.model_copy(
            update={"epochs": 600, "knobs": Knobs(optimizer="sgd", learning_rate=0.02, batch_size=1024, l1=0.3)}
        ),
        "left",
        left_over,
    ),
}
PAGE = Page(runs.KEY, DEFAULT, TRIES, runs.KEY, runs.LAB.keep)


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(PAGE, view)
