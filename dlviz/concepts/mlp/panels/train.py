"""Watch it learn: each part's picture with the bench under it, the curves and the knobs beside it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dlviz.concepts.mlp.panels import cars, digits, function, parts
from dlviz.concepts.mlp.spec import DEFAULT, Part, View
from dlviz.spec import AUGMENTATION
from dlviz.ui import links
from dlviz.ui.drawers import drawer
from dlviz.ui.language import t

KNOBS = ("optimizer", "learning_rate", "batch_size", "dropout")
RARE = ("weight_decay", "l2", "l1", "momentum", "gradient_clip", "schedule", "schedule_epochs")
LENGTH = ("seed", "epochs")
GROUPS: dict[Part, dict[str, tuple[str, ...]]] = {
    "function": {
        "knobs": KNOBS[:3],
        "network": ("hidden", "activation", "batch_norm", "initializer"),
        "data": ("data", "points", "noise", "outliers", "validation_share"),
        "more": ("fault", "huber_delta", "dropout", *RARE),
        "run": LENGTH,
    },
    "digits": {
        "knobs": KNOBS,
        "network": ("hidden", "activation", "batch_norm", "initializer"),
        "data": ("train_share", "validation_share", "test_share"),
        "more": (*RARE, *AUGMENTATION[:2]),
        "run": LENGTH,
    },
    "table": {
        "knobs": KNOBS,
        "network": ("hidden", "activation", "batch_norm", "initializer"),
        "data": ("data", "scaling", "train_share", "validation_share", "test_share"),
        "more": ("fault", "huber_delta", *RARE),
        "run": LENGTH,
    },
}
ACTIVATIONS = ("relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid", "identity")
ONLY = {
    "function": {"data": ("wave", "steps", "bend", "trend", "pairs"), "activation": ACTIVATIONS},
    "digits": {"activation": ACTIVATIONS},
    "table": {"data": ("auto-mpg", "diabetes"), "activation": ACTIVATIONS},
}
STAGES: dict[Part, Callable[[View], None]] = {"function": function.panel, "digits": digits.panel, "table": cars.panel}


def panel(view: View) -> View:
    """Show the stage and its controls; return the view as the viewer left it."""
    lab, part, before = parts.lab(view), view.part, view
    _begin(view)
    lab.arrive(view)
    picture, beside = st.columns([5, 2], gap="large")
    with beside:
        _loss(view)
        with drawer("mlp"):
            if part == "function":
                view = function.units(view)
            view = lab.controls(view, GROUPS[part], only=ONLY[part])
    with picture:
        if view != before:  # the picture takes the view from the page's state
            links.write(view, DEFAULT)
        STAGES[part](view)
        lab.bench(view, lab.figures(parts.score_of(part)))
        lab.curve(parts.score_of(part), t(f"mlp.y_{parts.score_of(part)}"), height=150, floor=0)
    return lab.at_rest(view, before)


def _begin(view: View) -> None:
    """Let whoever opens a part see its run from its first weights on, as it was recorded, and then follow it."""
    opened = f"{parts.lab(view).key}.opened"
    if not st.session_state.get(opened):
        st.session_state[opened] = True
        if view.at is None:
            parts.replay(view)


def _loss(view: View) -> None:
    best = {"name": "validation_loss", "word": t("mlp.best_mark")}
    parts.lab(view).curve("loss", t(f"mlp.y_loss.{view.part}"), best=best)
