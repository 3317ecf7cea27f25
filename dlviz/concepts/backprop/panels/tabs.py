"""Behind the page: what it means, the formula, the code, the sources."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dlviz.concepts.backprop.panels.stage import learnt
from dlviz.concepts.backprop.recording import Lesson
from dlviz.concepts.backprop.script import pytorch_script
from dlviz.concepts.backprop.spec import DEFAULT, Question, View
from dlviz.ui import links, reasons
from dlviz.ui.asking import Failed
from dlviz.ui.language import prose, t
from dlviz.ui.tabs import tabs

TABS = "backprop.tabs"
LOOK = 1.0  # seconds between two looks for an answer that is not there yet
AWAITED = "backprop.code_awaited"
CHAIN = (
    r"\frac{\partial L}{\partial x} = \sum_{y \text{ uses } x}"
    r" \underbrace{\frac{\partial L}{\partial y}}_{\text{upstream}} \cdot"
    r" \underbrace{\frac{\partial y}{\partial x}}_{\text{local}}"
)
PATHS = (
    r"\frac{\partial L}{\partial x} = \sum_{\text{paths } x \to L} \;"
    r" \prod_{\text{edges } u \to v} \frac{\partial v}{\partial u}"
)
DIFFERENCE = r"\frac{\partial L}{\partial x} \approx \frac{L(x + h) - L(x - h)}{2h}, \qquad h = 10^{-5} \max(1, |x|)"
UPDATE = r"w \leftarrow w - \eta \, \frac{\partial L}{\partial w}"


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    awaited = st.session_state.get(AWAITED, False)
    st.fragment(_panel, run_every=LOOK if awaited else None)(awaited)


def _panel(awaited: bool) -> None:
    view = links.current(DEFAULT)
    st.session_state[AWAITED] = False
    shows = {"meaning": _meaning, "formula": _formula, "code": _code, "sources": _sources}
    tabs(TABS, {name: (t(f"backprop.tab.{name}"), partial(show, view)) for name, show in shows.items()})
    if awaited != st.session_state[AWAITED]:
        st.rerun()


def _meaning(view: View) -> None:
    st.markdown(prose("backprop", "meaning"))


def _formula(view: View) -> None:
    for text in (CHAIN, PATHS, DIFFERENCE, UPDATE):
        st.latex(text)
    st.markdown(prose("backprop", "formula"))


def _sources(view: View) -> None:
    st.markdown(prose("backprop", "sources"))


def _code(view: View) -> None:
    """Show the script that prints the same numbers."""
    try:
        found = learnt(view.question)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    if found is None or not found.fresh:
        st.session_state[AWAITED] = True
        st.caption(t("backprop.looking"))
        return
    text = script(view.question, found.value)
    st.markdown(t("backprop.code.lead", output=found.value.graph.nodes[-1].name))
    st.download_button(
        t("backprop.code.download"),
        text,
        "backprop.py",
        "text/x-python",
        key="backprop.script",
        icon=":material/download:",
        on_click="ignore",
    )
    st.code(text, language="python", height=420)
    if view.question.bug != "none":
        st.caption(t("backprop.code.bug"))


def script(question: Question, lesson: Lesson) -> str:
    """Return the script that prints the lesson's numbers."""
    graph = lesson.graph
    start = {graph.nodes[place].key: float(value) for place, value in graph.start.items() if graph.nodes[place].key}
    return pytorch_script(question, start, graph.reads, len(lesson.values) - 1)
