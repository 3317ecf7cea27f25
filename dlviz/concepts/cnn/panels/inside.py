"""Look inside: every layer's maps and the arithmetic of any cell, why an answer came out, mistakes, and more."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import numpy as np
import streamlit as st

from dlviz.concepts.cnn.panels import runs, surgery
from dlviz.concepts.cnn.panels.asked import heat_map, here, is_moving, kept, picture, wanted
from dlviz.concepts.cnn.panels.maps import maps
from dlviz.concepts.cnn.panels.moved import shift
from dlviz.concepts.cnn.panels.teach import teach
from dlviz.concepts.cnn.recording import Attributions
from dlviz.concepts.cnn.spec import DEFAULT, DIGITS, Method, View
from dlviz.recording import pack
from dlviz.ui import crowd, fields, links, reasons
from dlviz.ui.asking import Failed
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import part

SECTIONS = ("maps", "why", "mistakes", "shift", "atlas", "teach")
LOOK = 1.0  # seconds between two looks while the network on the stage learns
METHODS = get_args(Method)


def panel() -> None:
    """Show the chosen section; only that one is computed."""
    part(_panel, crowd.pace(LOOK) if is_moving() else None)(is_moving())


def _panel(moving: bool) -> None:
    view = links.current(DEFAULT)
    chosen = _section(view)
    if chosen != view.section:
        view = view.model_copy(update={"section": chosen})
        links.write(view, DEFAULT)
    st.session_state["cnn.pending"] = False
    try:
        PANELS[chosen](view)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
    links.write(links.current(DEFAULT), DEFAULT)
    if moving != is_moving():
        st.rerun()


def _section(view: View) -> str:
    fields.follow("cnn.section", view.section)
    chosen = st.segmented_control(
        t("cnn.section"),
        SECTIONS,
        default=st.session_state["cnn.section"],  # as well: of two quick runs the browser may get the second's message
        key="cnn.section",
        format_func=lambda name: t(f"cnn.section.{name}"),
        label_visibility="collapsed",
        required=True,
    )
    chosen = chosen or view.section
    fields.report("cnn.section", chosen)
    return chosen


# ------------------------------------------------------------------------------------------ why


def why(view: View) -> None:
    """Show three explanations of one answer beside each other."""
    place, seen = here(view), picture()
    if place is None or seen is None:
        return
    found = wanted("attributions", *place, seen, view.target, surgery.read(view))
    if found is None:
        return
    st.markdown(t("cnn.why.lead", digit=found.target))
    options = {"format_func": _target_name, "width": 280}
    kept(view, "target", st.selectbox, t("cnn.why.target"), [None, *range(10)], **options)
    for column, (name, values, signed) in zip(st.columns(4), _explained(seen, found), strict=True):
        with column, st.container(key=f"cnn-why-{name}"):
            _heat(name, values, signed)
    if found.grad_cam is None:
        st.caption(t("cnn.why.none"))


def _target_name(target: int | None) -> str:
    return t("cnn.why.answered") if target is None else str(target)


def _explained(seen: np.ndarray, found: Attributions) -> list[tuple[str, np.ndarray | None, bool]]:
    return [
        ("picture", seen, False),
        ("saliency", found.saliency, False),
        ("occlusion", found.occlusion, True),
        ("grad_cam", found.grad_cam, False),
    ]


def _heat(name: str, values: np.ndarray | None, signed: bool) -> None:
    st.markdown(f"**{t(f'cnn.why.{name}')}**", help=None if name == "picture" else t(f"cnn.why.{name}.help"))
    if values is None:
        return
    heat_map(
        f"cnn.why.{name}",
        values,
        "grey" if name == "picture" else "signed" if signed else "sequential",
        t(f"cnn.why.{name}"),
    )


# ------------------------------------------------------------------------------------- mistakes


def mistakes(view: View) -> None:
    """Show the confusion matrix, the surest mistakes and the filters of the moment on show."""
    st.markdown(t("cnn.mistakes.lead"))
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{t('cnn.mistakes.confusion')}**")
        mount("matrix", key="cnn.confusion", data=_confusion())
    with right:
        st.markdown(f"**{t('cnn.mistakes.worst')}**")
        words = {"label": t("views.pictures"), "describe": t("views.describe"), "none": t("views.none")}
        mount("pictures", key="cnn.worst", data={"player": runs.BENCH, "classes": DIGITS, **words})
    st.markdown(f"**{t('cnn.filters.title')}**")
    words = {"label": t("views.filters"), "describe": t("views.filter"), "scale": t("views.weight"), "mute": None}
    mount("filters", key="cnn.filters", data={"player": runs.BENCH, "muted": [], "muted_word": "", **words})


def _confusion() -> dict[str, object]:
    names = {"label": "matrix", "truth": "truth", "answer": "answer", "cell": "cell", "right": "right"}
    words = {name: t(f"views.{key}") for name, key in {**names, "none": "row_empty", "scale": "scale"}.items()}
    return {"player": runs.BENCH, "array": "confusion", "classes": DIGITS, **words}


# ------------------------------------------------------------------------------------- the atlas


def atlas(view: View) -> None:
    """Show the test digits as the last hidden layer sees them."""
    st.markdown(t("cnn.atlas.lead"))
    look = {"required": True, "format_func": lambda method: t(f"cnn.atlas.{method}")}
    view = kept(view, "method", st.segmented_control, t("cnn.atlas.method"), METHODS, **look)
    place = here(view)
    found = wanted("atlas", *place, view.method) if place else None
    if found is None:
        return
    words = {
        name: t(f"cnn.atlas.{name}")
        for name in ("label", "right", "wrong", "class", "closer", "farther", "whole", "legend")
    }
    arrays = {name: getattr(found, name) for name in ("points", "labels", "answers", "pictures", "numbers")}
    mount("atlas", key="cnn.atlas", data=pack({"words": words, "selected": None}, arrays))
    if len(found.explained):
        first, second = (f"{100 * share:.0f}" for share in found.explained)
        st.caption(t("cnn.atlas.explained", first=first, second=second))


PANELS: dict[str, Callable[[View], None]] = {
    "maps": maps,
    "why": why,
    "mistakes": mistakes,
    "shift": shift,
    "atlas": atlas,
    "teach": teach,
}
