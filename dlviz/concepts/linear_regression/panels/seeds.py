"""Seeds: the setting on the stage learnt again and again, from other points or another split, and the spread."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.linear_regression.panels import runs
from dlviz.concepts.linear_regression.recording import Seeds
from dlviz.concepts.linear_regression.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.spec import RunSpec
from dlviz.ui import fields, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.buttons import pressed
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
        words, look = t("linear_regression.seeds.ask"), {"icon": ":material/casino:", "type": "primary"}
        clicked = pressed(words, "linear_regression.seeds.ask", **look)
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
        header, values = strips(run, found.value, place)
        if header["rows"]:
            mount("strips", key=f"linear_regression.seeds.{what}", data=pack(header, {"values": values}))
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
    straight = found.library[:, 1, 0]
    values |= {"straight": _spread(straight), "least": f"{straight.min():.2f}", "most": f"{straight.max():.2f}"}
    return t("linear_regression.seeds.chose", **values)


def strips(run: RunSpec, found: Seeds, place: int) -> tuple[dict[str, object], np.ndarray]:
    """Return a strip for validation and test points, each with scikit-learn's below, and its values (rows, seeds).

    The last one is of the degree that the validation points chose. Place 0 is R², 1 the mean miss.
    """
    words, rows = {name: t(f"linear_regression.seeds.{name}") for name in ("learnt", "library", "chosen")}, []
    for part, name in enumerate(PARTS):
        part_name = t(f"linear_regression.part.{name}")
        rows.append((f"{part_name}, {words['learnt']}", True, found.scores[:, part, place]))
        rows.append((f"{part_name}, {words['library']}", False, found.library[:, part, place]))
    rows.append((f"{t('linear_regression.part.test')}, {words['chosen']}", False, found.chosen[:, place]))
    rows = [row for row in rows if np.isfinite(row[2]).any()]
    header = {
        "rows": [{"label": label, "group": "", "chosen": ours} for label, ours, _ in rows],
        "percent": False,
        "words": _words(run, place),
    }
    values = np.array([values for *_, values in rows]).reshape(len(rows), len(found.degrees))
    return {**header, "digits": _digits(values)}, values


def _words(run: RunSpec, place: int) -> dict[str, str]:
    unit = runs.unit_of(run)
    miss = t("linear_regression.scores.miss", unit=unit) if unit else t("linear_regression.scores.bare")
    what, better = (
        ("R²", miss)[place],
        t("linear_regression.seeds.lower" if place else "linear_regression.seeds.better"),
    )
    return {"label": what, "x": f"{what} · {better}", "dot": t("linear_regression.seeds.dot")}


def _digits(values: np.ndarray) -> int:
    """Return how many decimals mean something: three digits in all, of numbers below one three decimals."""
    most = np.nanmax(np.abs(values), initial=0.0)
    return int(np.clip(2 - np.floor(np.log10(most)), 0, 3)) if most else 3


def _spread(values: np.ndarray) -> str:
    return f"{values.mean():.3g} ± {_deviation(values):.2g}".replace("-", "−")


def _deviation(values: np.ndarray) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else 0.0
