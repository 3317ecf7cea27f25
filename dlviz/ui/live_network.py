"""The network on the home page: small enough to be seen whole, learning while it is looked at.

It is one run for all visitors. Whoever opens the page sees it learn from its first weights on, as it
was recorded, and then follows it live.
"""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.recording import pack
from dlviz.spec import Knobs, Mlp, Plane, RunSpec
from dlviz.ui import bench
from dlviz.ui.asking import ask
from dlviz.ui.bench import Figure, Track
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import part

KEY = "home"
RUN = RunSpec(
    data=Plane(data="moons", points=400, noise=0.2),
    network=Mlp(hidden=(6, 4), activation="tanh"),
    seed=5,
    epochs=80,
    knobs=Knobs(learning_rate=0.01, batch_size=20),
)
LOOK = 0.7  # seconds between two looks for the points
EXTENT = 6.0  # the maps of the plane reach from -6 to 6
WORDS = ("label", "starting", "output", "input", "unit", "unit_short", "output_unit", "link", "epoch")


def live_network() -> None:
    """Show the network, its maps and links, and the bench that plays it."""
    if "home.opened" not in st.session_state:
        st.session_state["home.opened"] = True
        bench.move(KEY, playing=True, at=0, speed=2)
    part(_plane, LOOK if _points() is None else None)()
    figures = [
        Figure("epoch", t("views.epoch"), None),
        Figure("train_loss", t("views.train_loss")),
        Figure("validation_loss", t("views.validation_loss")),
        Figure("validation_accuracy", t("views.validation_accuracy"), "higher", percent=True),
    ]
    bench.bench(KEY, [Track(RUN, "")], figures)


def _plane() -> None:
    """Show the network; its points come as soon as a worker has drawn them."""
    points = _points()
    known, labels = points or (np.zeros((0, 2), np.float32), np.zeros(0, np.int32))
    header = {
        "player": KEY,
        "sizes": [2, *RUN.network.hidden, 2],
        "extent": EXTENT,
        "inputs": ["x₁", "x₂"],
        "numbers": [],
        "words": {
            **{name: t(f"home.plane.{name}") for name in WORDS},
            "classes": [t("home.plane.class0"), t("home.plane.class1")],
        },
    }
    mount("plane", key="home.plane", data=pack(header, {"points": known, "labels": labels}))
    if points is not None and not st.session_state.get("home.complete"):
        st.session_state["home.complete"] = True
        st.rerun()


def _points() -> tuple[np.ndarray, np.ndarray] | None:
    """Return the points that the network learns from, None while the workers warm up."""
    found = ask("home.points", "dlviz.data.load:load", RUN.data, RUN.seed, wait=0.2)
    if found is None:
        return None
    return found.value.train.inputs, found.value.train.labels.astype(np.int32)
