"""Look closer at the run on the stage: how long its weights grew, where scikit-learn ends, and what other seeds do."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.logistic_regression.panels import seeds
from dlviz.concepts.logistic_regression.panels.lab import COMPUTE, KEY, LAB
from dlviz.concepts.logistic_regression.recording import Reference
from dlviz.concepts.logistic_regression.spec import DEFAULT, View
from dlviz.recording import Moment
from dlviz.spec import Knobs
from dlviz.ui import descent, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked
from dlviz.ui.stacks import readable
from dlviz.ui.tabs import tabs

LOOK = 0.7  # seconds between two looks for what a worker has not answered yet
ROWS = ("train_loss", "validation_loss", "validation_accuracy", "weight_norm")


def panel(view: View) -> None:
    """Show a tab for each question, and draw the open one."""
    drawn = {"growth": _growth, "reference": _reference, "seeds": seeds.panel}
    with st.container(border=True, key=f"{KEY}-closer"):
        tabs(f"{KEY}.closer", {name: (t(f"{KEY}.{name}"), draw) for name, draw in drawn.items()}, view.closer, _choose)
        descent.way(view.run, KEY)


def _choose(name: str) -> None:
    links.put(links.current(DEFAULT).model_copy(update={"closer": name}))


def _growth() -> None:
    st.markdown(t(f"{KEY}.growth.lead"))
    config = {
        "player": KEY,
        "x": "epoch",
        "x_label": t("views.x_epoch"),
        "y_label": t(f"{KEY}.growth.y"),
        "label": t(f"{KEY}.growth.label"),
        "zero": True,
        "log": t("views.log"),
        "diverged": t("views.diverged"),
        "run": t("views.run"),
        "height": 220,
        "series": [
            {"name": "weight_norm", "label": t(f"{KEY}.weight_norm"), "dash": "solid"},
            {"name": "train_loss", "label": t("views.train_loss"), "dash": "dotted"},
        ],
    }
    mount("curves", key=f"{KEY}.growth.curve", data=config)


# --------------------------------------------------------------------------------- beside scikit-learn


def _reference() -> None:
    st.markdown(t(f"{KEY}.reference.lead"))
    keep_looking(f"{KEY}.reference", _beside, LOOK)


def _beside(waiting: bool) -> None:
    view = links.current(DEFAULT)
    knobs = view.run.knobs_at(LAB.step(view))
    bare = view.run.model_copy(update={"edits": (), "knobs": Knobs(l2=knobs.l2), "epochs": 1})
    try:
        found = ask(f"{KEY}.reference", f"{COMPUTE}:reference", bare, bare.knobs)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return looked(f"{KEY}.reference", waiting, owed=False)
    owed = found is None or not found.fresh
    if owed:
        st.caption(t(f"{KEY}.reference.waiting"))
    else:
        st.markdown(table(LAB.shown(view), found.value, view.run.outputs))
        st.caption(" ".join(_remarks(found.value, knobs)))
    return looked(f"{KEY}.reference", waiting, owed)


def _remarks(found: Reference, knobs: Knobs) -> list[str]:
    remarks = [t(f"{KEY}.reference.separates")] if found.separates else []
    return remarks + ([t(f"{KEY}.reference.l1")] if knobs.l1 else [])


def table(moment: Moment | None, found: Reference, outputs: int) -> str:
    """Return scikit-learn's numbers beside the moment's as a Markdown table; what is not there is a dash."""
    theirs = {
        f"{part}_{name}": getattr(score, name) for part, score in found.scores.items() for name in ("loss", "accuracy")
    }
    theirs["weight_norm"] = float(np.linalg.norm(found.weights[:-outputs]))
    head = f"| | {t(f'{KEY}.reference.ours')} | {t(f'{KEY}.reference.theirs')} |\n|:--|--:|--:|"
    lines = [
        f"| {t(f'{KEY}.reference.{name}')} | {_said(name, moment[name] if moment and name in moment else None)} "
        f"| {_said(name, theirs.get(name))} |"
        for name in ROWS
    ]
    return "\n".join([head, *lines])


def _said(name: str, value: object) -> str:
    if value is None or not np.isfinite(float(value)):
        return "–"
    if name.endswith("accuracy"):
        return t("views.percent", value=f"{100 * float(value):.1f}")
    plain = f"{float(value):#.4g}".rstrip(".")  # a digit more than elsewhere: two minima are to be told apart
    return readable(float(value)) if "e" in plain else plain
