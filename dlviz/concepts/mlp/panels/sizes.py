"""Width and depth against the score, measured: each dot is a network that was trained."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.mlp.panels import campaign, parts
from dlviz.concepts.mlp.panels.campaign import Campaign, Row
from dlviz.concepts.mlp.recording import Outcome
from dlviz.concepts.mlp.spec import Part, View
from dlviz.spec import RunSpec
from dlviz.ui.language import t

KEY = "mlp.sizes"
SEEDS = 5
SHAPES: dict[Part, tuple[tuple[int, ...], ...]] = {
    "function": tuple((width,) for width in (1, 2, 4, 8, 16, 32, 64, 100)),
    "digits": tuple((width,) * depth for depth in (1, 2, 3) for width in (4, 16, 64, 256)),
    "table": tuple((width,) * depth for depth in (1, 2, 3) for width in (2, 8, 32, 128)),
}
MOST_EPOCHS: dict[Part, int] = {"function": 500, "digits": 6, "table": 150}


def panel(view: View) -> None:
    """Let networks of many sizes learn what the one on the stage learns, and show how each size did."""
    campaign.panel(KEY, runs_of, _show)


def runs_of(view: View) -> tuple[RunSpec, ...]:
    """Return the runs, a column of shapes for each seed; those of one shape learn side by side, the smallest first."""
    return tuple(run for seed in range(SEEDS) for run in _column(view.run, view.part, seed))


def _column(run: RunSpec, part: Part, seed: int) -> list[RunSpec]:
    plain = campaign.plain(run, seed).model_copy(update={"epochs": min(run.epochs, MOST_EPOCHS[part])})
    shapes = [{"hidden": shape, "activations": ()} for shape in SHAPES[part]]
    return [plain.model_copy(update={"network": plain.network.model_copy(update=shape)}) for shape in shapes]


def _show(view: View, held: Campaign) -> None:
    shapes = SHAPES[held.part]
    rows = [_row(shape, held) for shape in shapes]
    runs = [held.runs[place :: len(shapes)] for place in range(len(shapes))]
    words = {"label": t("mlp.sizes.label"), "x": t(f"mlp.sizes.x.{held.part}"), "dot": t("mlp.campaign.dot")}
    percent = parts.score_of(held.part) == "accuracy"
    campaign.strips("mlp.sizes.strips", rows, held.scores(runs, _value), percent, words)
    st.caption(t("mlp.sizes.epochs", epochs=held.runs[0].epochs, seeds=SEEDS))


def _row(shape: tuple[int, ...], held: Campaign) -> Row:
    width, depth = shape[0], len(shape)
    group = t("mlp.sizes.depth" if depth > 1 else "mlp.sizes.one", count=depth)
    name = t("mlp.sizes.width" if width > 1 else "mlp.sizes.unit", count=width)
    return Row(name, "" if held.part == "function" else group, held.about.network.hidden == shape)


def _value(_: RunSpec, found: Outcome) -> float:
    """Return the score that counts: on the validation examples at their best moment, else on those that were learnt."""
    return (found.best.get("validation") or found.best["train"]).score
