"""Teach it mine: the network on the stage learns drawings in a few steps, and what that did is measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from dlviz.concepts.cnn.panels import draw, lessons
from dlviz.concepts.cnn.panels.asked import heat_map, here, kept, picture, wanted
from dlviz.concepts.cnn.recording import Taught
from dlviz.concepts.cnn.spec import View
from dlviz.recording import pack
from dlviz.ui.components import mount
from dlviz.ui.language import t


def teach(view: View) -> None:
    """Let the network on the stage learn drawings, and say what that did to it and to what it knew."""
    st.markdown(t("cnn.teach.lead"))
    place, seen = here(view), picture()
    if place is None or seen is None or not seen.any():
        st.caption(t("cnn.teach.draw_first"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="cnn-lesson"):
        label = st.segmented_control(t("cnn.teach.label"), range(10), key="cnn.label", required=True)
        look = {"step": 5, "help": t("cnn.teach.steps.help")}
        view = kept(view, "teach_steps", st.slider, t("cnn.teach.steps"), 5, 60, **look)
        ready = label is not None  # nobody teaches by mistake that a seven is a nought
        look = {"type": "primary", "icon": ":material/school:", "disabled": not ready}
        st.button(t("cnn.teach.go"), key="cnn.teach", on_click=lessons.add, args=(seen, label), **look)
    rows = lessons.taught(view)
    if not rows:
        return
    _lessons(rows)
    pictures, labels = zip(*rows, strict=True)
    found = wanted("taught", *place, pictures, labels, view.teach_steps, (seen,), latest=False)
    if found is not None:
        _taught(found, lessons.label_of(view, seen))


def _lessons(rows: Sequence[lessons.Lesson]) -> None:
    """Show what was taught so far, and the buttons that take it back."""
    st.markdown(f"**{t('cnn.teach.so_far')}**")
    with st.container(horizontal=True, vertical_alignment="center", key="cnn-lessons"):
        for place, one in enumerate(rows):
            with st.container(key=f"cnn-lesson-{place}", width=80):
                name = t("cnn.teach.lesson", label=one.label)
                heat_map(f"cnn.lesson_picture.{place}", one.picture, "grey", name, bare=True)
                st.markdown(name)
        st.button(t("cnn.teach.back"), key="cnn.teach_back", icon=":material/undo:", on_click=lessons.take_back)
        st.button(t("cnn.teach.forget"), key="cnn.teach_forget", icon=":material/restart_alt:", on_click=lessons.forget)


def _taught(found: Taught, label: int | None) -> None:
    """Show how the digit on show is read before and after; `label` is what it was taught to be, if it was."""
    names = [{"label": t(f"cnn.teach.{when}"), "note": "", "main": when == "after"} for when in ("before", "after")]
    header = {"readers": names, "empty": False, "words": draw.answer_words()}
    before, after = found.before[-1], found.after[-1]  # of the digit on show
    mount("answer", key="cnn.taught", data=pack(header, {"probabilities": np.stack([before, after])}))
    if label is None:
        reads = {"was": int(before.argmax()), "now": int(after.argmax()), "percent": draw.percent(after.max())}
        st.markdown(t("cnn.teach.untaught", **reads))
    else:
        shares = {"before": draw.percent(before[label]), "after": draw.percent(after[label])}
        st.markdown(t("cnn.teach.result", label=label, steps=len(found.losses), **shares))
    scores = {"before": found.accuracy_before, "after": found.accuracy_after}
    percents = {name: f"{100 * score:.1f}" for name, score in scores.items()}
    st.markdown(t(f"cnn.teach.{lessons.verdict(**scores)}", digits=found.digits, **percents))
