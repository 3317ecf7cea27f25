"""Degrees: the best polynomial of every degree, on the points it learnt from and on those kept aside."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.linear_regression.panels import places, runs
from dlviz.concepts.linear_regression.panels.scores import number
from dlviz.concepts.linear_regression.recording import Degrees
from dlviz.concepts.linear_regression.spec import DEFAULT, View
from dlviz.recording import Moment, pack
from dlviz.ui import bench, links
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked

LOOK = 0.8
STEEP = 5  # from this ratio on, errors are shown by powers of ten
PART = "linear_regression.degree"
KEY = "linear_regression.degree.traces"


def panel() -> None:
    """Show the errors of every degree, where the run stands among them, and what follows."""
    keep_looking(PART, _degrees, LOOK)


def _asked(view: View):
    return ask("linear.degrees", f"{runs.COMPUTE}:degrees", view.run.data, view.run.seed_of_data, runs.knobs(view).l2)


def _degrees(waiting: bool) -> None:
    view = links.current(DEFAULT)
    found = _asked(view)
    if found is not None and found.fresh:
        mount("traces", key=KEY, data=picture(view, found.value, runs.LAB.shown(view)), on_change={"chosen": _chosen})
        st.markdown(said(view, found.value))
    else:
        st.caption(t("linear_regression.computing"))
    looked(PART, waiting, found is None or not found.fresh or bench.moves(runs.KEY, view.run))


def picture(view: View, found: Degrees, moment: Moment | None) -> bytes:
    """Return the typical misses over the degree, by powers of ten; those of the run on the stage are marked."""
    series = [{"label": t("linear_regression.degree.train"), "place": 0}]
    rows = [found.train]
    if np.isfinite(found.validation).all():
        series.append({"label": t("linear_regression.degree.validation"), "place": 1, "dash": 1})
        rows.append(found.validation)
    values = np.maximum(np.sqrt(rows), 1e-6).astype(np.float32)
    header = {
        "series": series,
        "names": [str(one) for one in found.degrees],
        "log_x": False,
        "log_y": bool(values.max() > STEEP * values.min()),
        "x_label": t("linear_regression.degree.x"),
        "y_label": t("linear_regression.degree.y"),
        "now": _now(view, moment, len(series)),
        "chosen": True,
        "heard": places.sequence(KEY),
        "words": {name: t(f"linear_regression.degree.{name}") for name in ("label", "at", "how")},
    }
    return pack(header, {"x": found.degrees.astype(np.float32), "values": values})


def _now(view: View, moment: Moment | None, count: int) -> dict[str, object] | None:
    """Return the run's own typical misses; its loss is their mean square only where faults are squared."""
    if moment is None or runs.knobs(view).fault != "squared":
        return None
    factor = places.factor(view)
    names = ("train_loss", "validation_loss")[:count]
    values = [float(moment[name]) if name in moment else float("nan") for name in names]
    shown = [factor * float(np.sqrt(value)) if np.isfinite(value) and value > 0 else None for value in values]
    return {"x": view.run.network.degree, "values": shown, "label": t("linear_regression.penalty.now")}


def said(view: View, found: Degrees) -> str:
    """Return which degree is best on the validation points, and what the highest does there."""
    if not np.isfinite(found.validation).all():
        return t("linear_regression.degree.unjudged")
    best, worst = int(found.validation.argmin()), int(found.validation.argmax())
    train, validation = np.sqrt(found.train), np.sqrt(found.validation)
    values = {"best": int(found.degrees[best]), "error": f"{number(validation[best])} {runs.unit_of(view.run)}".strip()}
    values |= {"worst": int(found.degrees[worst]), "train": number(train[worst])}
    values |= {"validation": number(validation[worst]), "size": number(found.size[worst])}
    return t("linear_regression.degree.said", **values, small=number(found.size[best]))


def _chosen() -> None:
    """Learn with the degree that was clicked."""
    view = links.current(DEFAULT)
    place = places.told(KEY)
    if place is not None and place < 15:
        places.learn_again(view, degree=place + 1)
