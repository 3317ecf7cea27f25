"""Test yourself: questions about the numbers on screen; a wrong answer is told which slip it came of."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.forward_loss.panels import questions, stage
from dlviz.concepts.forward_loss.panels.questions import Question
from dlviz.concepts.forward_loss.recording import Anatomy
from dlviz.concepts.forward_loss.spec import DEFAULT, View
from dlviz.ui import links
from dlviz.ui.asking import Failed
from dlviz.ui.language import t

SCORE = "forward_loss.score"  # (question, network, changes) → whether the first answer was right


def panel(view: View) -> None:
    """Show a question about the example on the stage, and after an answer what was right and why."""
    try:
        found = stage.known(view)
    except Failed:  # the stage says why
        return
    if found is None:
        st.caption(t("bench.warming_up"))
        return
    asked = questions.question(found, view.subject.head, view.quiz)
    if asked is None:
        st.caption(t("forward_loss.quiz.none"))
        return
    st.markdown(f"**{wording(view, found, asked)}**")
    with st.container(horizontal=True, key="forward-loss-options"):
        for place, one in enumerate(asked.options):
            st.button(
                questions.said(one.value),
                key=f"forward_loss.option.{place}",
                type="primary" if view.answer is not None and place == asked.right else "secondary",
                disabled=view.answer is not None,
                on_click=_answer,
                args=(place, place == asked.right),
            )
    _verdict(view, found, asked)
    with st.container(horizontal=True, vertical_alignment="center", key="forward-loss-next"):
        st.button(t("forward_loss.quiz.next"), key="forward_loss.next", icon=":material/casino:", on_click=_next)
        score = list(st.session_state.get(SCORE, {}).values())
        if score:
            st.markdown(t("forward_loss.quiz.tally", right=sum(score), all=len(score)))


def wording(view: View, found: Anatomy, asked: Question) -> str:
    """Return the question in words."""
    names = stage.class_names(view.subject)
    layer = found.layers[asked.layer]
    values = {
        "name": names[asked.unit] if asked.kind in ("answer", "score") else "",
        "unit": asked.unit + 1,
        "layer": asked.layer + 1,
        "sum": questions.written(found, asked).rpartition(" = ")[0] if asked.kind in ("output", "score") else "",
        "activation": stage.bend_name(layer.activation),
        "scores": ", ".join(map(questions.said, found.layers[-1].sums[0])),
        "truth": stage.truth_name(view.subject, found),
        "answers": ", ".join(map(questions.said, found.answers[0])),
    }
    kind = asked.kind if asked.kind == "output" else f"{asked.kind}.{view.subject.head}"
    return t(f"forward_loss.quiz.{kind}", **values)


def _verdict(view: View, found: Anatomy, asked: Question) -> None:
    """Name the slip, and show the right sum."""
    if view.answer is None or view.answer >= len(asked.options):
        return
    chosen, right = asked.options[view.answer], asked.options[asked.right]
    if not chosen.slip:
        st.success(t("forward_loss.quiz.right", value=questions.said(right.value)), icon=":material/check:")
    else:
        numbers = {"value": questions.said(chosen.value), "right": questions.said(right.value)}
        st.warning(
            t("forward_loss.quiz.wrong", slip=t(f"forward_loss.slip.{chosen.slip}"), **numbers),
            icon=":material/lightbulb:",
        )
    st.markdown(explained(view, found, asked))


def explained(view: View, found: Anatomy, asked: Question) -> str:
    """Return how the right answer comes about, with its numbers."""
    layer, right = found.layers[asked.layer], questions.said(asked.options[asked.right].value)
    if asked.kind in ("output", "score"):
        line = questions.written(found, asked)
        return line if layer.activation == "identity" else f"{line} → {stage.bend_name(layer.activation)} → {right}"
    if asked.kind == "answer":
        return t(f"forward_loss.explained.answer.{view.subject.head}", right=right)
    return t(f"forward_loss.explained.loss.{view.subject.head}", right=right)


def _answer(place: int, right: bool) -> None:
    view = links.current(DEFAULT)
    score = st.session_state.setdefault(SCORE, {})
    score.setdefault((view.quiz, stage.name_of(view.subject), view.changed), right)
    links.put(view.model_copy(update={"answer": place}))


def _next() -> None:
    view = links.current(DEFAULT)
    links.put(view.model_copy(update={"quiz": (view.quiz + 1) % 10_000, "answer": None}))
