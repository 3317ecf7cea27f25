"""The stage: the graph that one walks through, and what the browser says of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from dlviz.concepts.backprop.recording import TOLERANCE, Lesson, agree
from dlviz.concepts.backprop.spec import DEFAULT, Question, View, program_with, read_values, values_text
from dlviz.recording import pack
from dlviz.ui import links, reasons
from dlviz.ui.asking import Answer, Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.fields import number
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import have_page_follow, keep_looking, looked

COMPUTE = "dlviz.concepts.backprop.compute"
KEY = "graph"
PLACE = 440  # pixels
LOOK = 0.3  # seconds between two looks for an answer that is being computed
PART = "backprop"  # of the page, that waits for an answer
HELD = "backprop.held"  # the page's question, and the one that a hand which still moves makes of it
ARRAYS = ("values", "gradients", "autograd", "differences", "locals")


def panel() -> None:
    """Show the graph of the page's question; a moved number runs nothing else of the page."""
    with st.container(key="backprop-stage"):
        keep_looking(PART, _stage, LOOK)


def _stage(waiting: bool) -> None:
    view = links.current(DEFAULT)
    try:
        found = learnt(held(view.question))
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    if found is None:
        with st.container(border=True, height=PLACE):  # of the picture to come
            st.caption(t("backprop.looking"))
    else:
        _show(view, found)
    looked(PART, waiting, owed=found is None or not found.fresh)


def held(question: Question) -> Question:
    """Return what a hand that still moves a number makes of the page's question, or else the question itself."""
    before, moved = st.session_state.get(HELD, (None, None))
    return moved if before == question else question


def learnt(question: Question) -> Answer | None:
    """Return the newest lesson that a worker has computed, with the question that it answers; None while there is none.

    Raises: Failed with the computation's own message.
    """
    return ask("backprop.lesson", f"{COMPUTE}:lesson", question, note=question)


def _show(view: View, found: Answer) -> None:
    lesson: Lesson = found.value
    data = pack(header(view, found.note, lesson, found.fresh), arrays(lesson))
    mount("graph", key=KEY, data=data, on_change={"place": _placed, "change": _set})
    if found.note.bug != "none":
        _about_bug(view, lesson)
    if lesson.diverged_at is None and len(lesson.values) <= found.note.updates:
        st.caption(t("backprop.short", updates=len(lesson.values) - 1, asked=found.note.updates))


def _about_bug(view: View, lesson: Lesson) -> None:
    good = agree(lesson)[min(view.at, len(lesson.values) - 1)]
    if good.all():
        st.info(t("backprop.bug.harmless"))
    else:
        st.error(t("backprop.bug.red", wrong=int((~good).sum()), all=len(good)))


# ------------------------------------------------------------------------- to the browser and back


def header(view: View, asked: Question, lesson: Lesson, fresh: bool) -> dict[str, object]:
    """Return all that the picture shows beside the numbers; `asked` is the question that these are about."""
    graph = lesson.graph
    return {
        "nodes": [node._asdict() for node in graph.nodes],
        "groups": [group._asdict() for group in graph.groups],
        "rules": lesson.rules,
        "learns": graph.learns,
        "rate": asked.learning_rate,
        "rate_text": number(asked.learning_rate),
        "bug": asked.bug,
        "diverged": lesson.diverged_at,
        "tolerance": TOLERANCE,
        "fresh": fresh,
        "at": view.at,
        "walk": view.walk,
        "node": view.node,
        "open": view.open,
        "trust": view.trust,
        "heard": _said("place").get("seq"),
        "era": links.era(),
        "words": all_below("backprop.graph."),
    }


def arrays(lesson: Lesson) -> dict[str, np.ndarray]:
    """Return the numbers of all moments."""
    return {name: getattr(lesson, name) for name in ARRAYS} | {"broken": lesson.broken.astype(np.uint8)}


def _said(what: str) -> Mapping[str, object]:
    return (st.session_state.get(KEY) or {}).get(what) or {}


def _placed() -> None:
    """Take over where the visitor stands in the graph, unless another state was opened since."""
    view, told = links.current(DEFAULT), _said("place")
    if told.get("era") != links.era():
        return
    names = ("at", "walk", "node", "open", "trust")
    try:
        placed = View.model_validate({**dict(view), **{name: told[name] for name in names}})
    except (KeyError, ValueError, TypeError):  # no browser of ours says such a thing
        return
    links.write(placed, DEFAULT)


def _set() -> None:
    """Take over the numbers that were set by hand: of a program in its text, of a network beside it."""
    view, told = links.current(DEFAULT), _said("change")
    if told.get("era") != links.era():
        return
    try:
        values = {str(name): float(value) for name, value in dict(told["values"]).items()}
        question = with_values(view.question, values)
    except (KeyError, ValueError, TypeError):  # no browser of ours says such a thing, or it is too much for a link
        return
    if not told.get("done"):  # the address says where a hand came to rest, and not every place on the way
        st.session_state[HELD] = (view.question, question)
        return
    st.session_state.pop(HELD, None)
    links.write(view.model_copy(update={"question": question, "at": 0, "walk": None}), DEFAULT)
    have_page_follow()  # a hand has let go of a number, which the page beside shows too


def with_values(question: Question, values: Mapping[str, float]) -> Question:
    """Return the question with these numbers to begin with, by name. Raises: ValueError where they cannot be."""
    read_values(values_text(values))  # numbers within reach, and names
    if question.scene == "expression":
        changes = {"program": program_with(question.program, dict(values))}
    else:
        changes = {"values": values_text({**read_values(question.values), **values})}
    return Question.model_validate({**dict(question), **changes})
