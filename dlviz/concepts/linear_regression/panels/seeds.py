"""Seeds: the setting on the stage learnt again and again, from other points or another split, and the spread."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.linear_regression.panels import runs
from dlviz.concepts.linear_regression.recording import Seeds
from dlviz.concepts.linear_regression.spec import DEFAULT, View
from dlviz.spec import RunSpec
from dlviz.ui import fields, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import keep_looking, looked

LOOK = 0.8
PART = "linear_regression.seeds"
WANTED = "linear_regression.seeds.wanted"  # the run and the count that somebody asked for
PARTS = ("validation", "test")


def panel() -> None:
    """Show the button that learns the setting from many seeds, and what came of it."""
    keep_looking(PART, _seeds, LOOK)


def _seeds(waiting: bool) -> None:
    view = links.current(DEFAULT)
    with st.container(horizontal=True, vertical_alignment="bottom", key="linear_regression-seeds"):
        many = fields.typed(
            View,
            "many",
            view.many,
            "linear_regression.many",
            label=t("linear_regression.seeds.many"),
            help=t("linear_regression.seeds.many.help"),
            width=140,
        )
        clicked = st.button(
            t("linear_regression.seeds.ask"),
            key="linear_regression.seeds.ask",
            icon=":material/casino:",
            type="primary",
        )
    if many != view.many:
        links.write(view.model_copy(update={"many": many}), DEFAULT)
    if clicked:
        st.session_state[WANTED] = (setting(view.run), many)
    looked(PART, waiting, _answer())


def setting(run: RunSpec) -> RunSpec:
    """Return the run with the knobs it ends with from its first update on."""
    return run.model_copy(update={"knobs": run.knobs_at(runs.LAST), "edits": ()})


def _answer() -> bool:
    """Show what was found for what was asked last; return whether it is still being computed."""
    if WANTED not in st.session_state:
        return False
    run, many = st.session_state[WANTED]
    try:
        found = ask("linear.seeds", f"{runs.COMPUTE}:seeds", run, many)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return False
    if found is None or not found.fresh:
        st.caption(t("linear_regression.seeds.running", many=many))
        return True
    st.markdown(f"**{runs.name(run)}**")
    for place, what in enumerate(("r2", "miss")):
        data = lanes(run, found.value, place)
        if data["rows"]:
            mount("dots", key=f"linear_regression.seeds.{what}", data=data)
    st.caption(t("linear_regression.seeds.note"))
    if np.isfinite(found.value.chosen).any():
        st.markdown(said(found.value))
    return False


def said(found: Seeds) -> str:
    """Return which degrees the validation points chose, each with how often, and what the test points say of them."""
    degrees, often = np.unique(found.degrees, return_counts=True)
    each = [
        t("linear_regression.seeds.degree", degree=int(d), count=int(n)) for d, n in zip(degrees, often, strict=True)
    ]
    values = {"each": t("linear_regression.seeds.join").join(each), "r2": _spread(found.chosen[:, 0])}
    return t("linear_regression.seeds.chose", **values, straight=_spread(found.library[:, 1, 0]))


def lanes(run: RunSpec, found: Seeds, place: int) -> dict[str, object]:
    """Return a lane for validation and test points, each with scikit-learn's below; place 0 is R², 1 the mean miss."""
    what = (
        "R²",
        t("linear_regression.scores.miss", unit=runs.unit_of(run))
        if runs.unit_of(run)
        else t("linear_regression.scores.bare"),
    )[place]
    rows = []
    for part, name in enumerate(PARTS):
        for scores, second in ((found.scores, False), (found.library, True)):
            values = scores[:, part, place]
            values = values[np.isfinite(values)]
            if len(values):
                who = t("linear_regression.seeds.library") if second else t("linear_regression.seeds.learnt")
                rows.append(_lane(f"{t(f'linear_regression.part.{name}')}, {who}", values, second))
    told = found.chosen[:, place]
    if np.isfinite(told).all():
        rows.append(_lane(f"{t('linear_regression.part.test')}, {t('linear_regression.seeds.chosen')}", told, True))
    low, high = _reach(rows)
    better = t("linear_regression.seeds.better" if place == 0 else "linear_regression.seeds.lower")
    return {
        "label": what,
        "rows": rows,
        "low": low,
        "high": high,
        "ends": [f"{low:.3g}", f"{what} · {better}", f"{high:.3g}"],
    }


def _lane(name: str, values: np.ndarray, second: bool) -> dict[str, object]:
    mean, deviation = float(values.mean()), _deviation(values)
    look = {"name": name, "values": values.tolist(), "text": _spread(values), "second": second}
    return {**look, "mean": mean, "deviation": deviation}


def _spread(values: np.ndarray) -> str:
    return f"{values.mean():.3g} ± {_deviation(values):.2g}".replace("-", "−")


def _deviation(values: np.ndarray) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else 0.0


def _reach(rows: list[dict[str, object]]) -> tuple[float, float]:
    every = [value for row in rows for value in row["values"]] or [0.0, 1.0]
    room = 0.05 * (max(every) - min(every) or 1.0)
    return min(every) - room, max(every) + room
