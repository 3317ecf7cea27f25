"""Penalties: how every weight shrinks as the penalty grows, and where the run on the stage stands."""

from __future__ import annotations

from typing import get_args

import numpy as np
import streamlit as st

from dlviz.concepts.linear_regression.panels import places, runs, stage
from dlviz.concepts.linear_regression.recording import Path
from dlviz.concepts.linear_regression.spec import DEFAULT, Penalty, View
from dlviz.recording import Moment, pack
from dlviz.spec import RunSpec, Table
from dlviz.ui import bench, fields, links
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.fields import number
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked

LOOK = 0.8
PART = "linear_regression.penalty"
KEY = "linear_regression.penalty.traces"


def panel() -> None:
    """Show the paths, which penalty they are of, and which strength is best on the validation points."""
    keep_looking(PART, _paths, LOOK)


def _paths(waiting: bool) -> None:
    view = links.current(DEFAULT)
    names = lambda one: t(f"linear_regression.penalty.{one}")  # noqa: E731
    kind = fields.choice(
        t("linear_regression.penalty.kind"), get_args(Penalty), view.path, "linear_regression.path", names=names
    )
    if kind != view.path:
        view = view.model_copy(update={"path": kind})
        links.write(view, DEFAULT)
    found = ask(
        "linear.path", f"{runs.COMPUTE}:path", view.run.data, view.run.seed_of_data, view.run.network, kind, note=kind
    )
    owed = found is None or not found.fresh
    if found is not None and found.fresh:
        moment = runs.LAB.shown(view)
        mount("traces", key=KEY, data=picture(view, found.value, moment), on_change={"chosen": _chosen})
        st.markdown(said(view, found.value))
    else:
        st.caption(t("linear_regression.computing"))
    looked(PART, waiting, owed or bench.moves(runs.KEY, view.run))


def picture(view: View, found: Path, moment: Moment | None) -> bytes:
    """Return the weights over the strength of the penalty, with those of the run on the stage marked."""
    factor = places.factor(view)
    names = runs.weight_names(view.run)
    header = {
        "series": [{"label": name, "place": i % 4, "dash": i // 4 % 3} for i, name in enumerate(names)],
        "names": [number(float(one)) if places.round_power(one) else "" for one in found.strengths],
        "log_x": True,
        "log_y": False,
        "x_label": t(f"linear_regression.penalty.x.{view.path}"),
        "y_label": _y_label(view.run),
        "now": _now(view, found, moment, factor),
        "chosen": True,
        "heard": places.sequence(KEY),
        "words": {name: t(f"linear_regression.penalty.{name}") for name in ("label", "at", "how")},
    }
    return pack(header, {"x": found.strengths, "values": (factor * found.weights.T).astype(np.float32)})


def _y_label(run: RunSpec) -> str:
    """Return what the weights are, and in which units where the columns have any."""
    if not isinstance(run.data, Table):
        return t("linear_regression.penalty.y")
    return t("linear_regression.penalty.y_in", unit=stage.weight_unit(run))


def _now(view: View, found: Path, moment: Moment | None, factor: float) -> dict[str, object] | None:
    """Return where the run stands: at its own strength with its own weights, at the left edge without a penalty."""
    knobs, other = runs.knobs(view), {"l1": "l2", "l2": "l1"}[view.path]
    if (
        moment is None
        or knobs.fault != "squared"
        or getattr(knobs, other)
        or moment["weights"].shape != (found.weights.shape[1] + 1,)
    ):
        return None
    strength = float(np.clip(getattr(knobs, view.path), found.strengths[0], found.strengths[-1]))
    values = [float(factor * value) if np.isfinite(value) else None for value in moment["weights"][:-1]]
    return {"x": strength, "values": values, "label": t("linear_regression.penalty.now")}


def said(view: View, found: Path) -> str:
    """Return what the validation points say about the strength, and how many weights are left at it."""
    if not np.isfinite(found.validation).all():
        return t("linear_regression.penalty.unjudged")
    best = int(found.validation.argmin())
    left = int((np.abs(found.weights[best]) > 1e-6).sum())
    values = {"strength": f"{found.strengths[best]:.2g}", "left": left, "all": found.weights.shape[1]}
    values["error"] = f"{np.sqrt(found.validation[best]):.3g} {runs.unit_of(view.run)}".strip()
    return t(f"linear_regression.penalty.said.{view.path}", **values)


def _chosen() -> None:
    """Learn with the strength that was clicked."""
    view = links.current(DEFAULT)
    found = ask(
        "linear.path", f"{runs.COMPUTE}:path", view.run.data, view.run.seed_of_data, view.run.network, view.path
    )
    place = places.told(KEY)
    if found is None or not found.fresh or place is None or place >= len(found.value.strengths):
        return
    strength = float(f"{found.value.strengths[place]:.2g}")
    places.learn_again(view, fault="squared", **{view.path: strength, {"l1": "l2", "l2": "l1"}[view.path]: 0.0})
