"""Behind the page: what it means, the formula, the code, the sources."""

from __future__ import annotations

import re

import streamlit as st

from dlviz.concepts.backprop.panels.stage import learnt
from dlviz.concepts.backprop.script import page_script
from dlviz.concepts.backprop.spec import DEFAULT, View
from dlviz.ui import reasons
from dlviz.ui.asking import Failed
from dlviz.ui.behind import behind, code, download
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part
from dlviz.ui.tabs import opened

LOOK = 1.0  # seconds between two looks for an answer that is not there yet
AWAITED = "backprop.code_awaited"
CHAIN = (  # <…>: a word of the visitor's language
    r"\frac{\partial L}{\partial x} = \sum_{y \text{ <uses> } x}"
    r" \underbrace{\frac{\partial L}{\partial y}}_{\text{<upstream>}} \cdot"
    r" \underbrace{\frac{\partial y}{\partial x}}_{\text{<local>}}"
)
PATHS = (
    r"\frac{\partial L}{\partial x} = \sum_{\text{<paths> } x \to L} \;"
    r" \prod_{\text{<edges> } u \to v} \frac{\partial v}{\partial u}"
)
DIFFERENCE = (  # on two lines, for phones
    r"\begin{gathered} \frac{\partial L}{\partial x} \approx \frac{L(x + h) - L(x - h)}{2h} \\[6pt]"
    r" h = 10^{-5} \max(1, |x|) \end{gathered}"
)
UPDATE = r"w \leftarrow w - \eta \, \frac{\partial L}{\partial w}"


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    awaited = st.session_state.get(AWAITED, False)
    part(_panel, LOOK if awaited else None)(awaited)


def shows_code() -> bool:
    """Return whether the tab is open that shows a script of the page's question."""
    return opened("backprop.tabs") == "code"


def _panel(awaited: bool) -> None:
    st.session_state[AWAITED] = False
    behind("backprop", DEFAULT, {"meaning": None, "formula": _formula, "code": _code, "sources": None})
    if awaited != st.session_state[AWAITED]:
        st.rerun()


def _formula(view: View) -> None:
    for text in (CHAIN, PATHS, DIFFERENCE, UPDATE):
        st.latex(re.sub("<([a-z]+)>", lambda found: t(f"backprop.formula.{found[1]}"), text))
    st.markdown(prose("backprop", "formula"))


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
    text = page_script(view.question, found.value)
    st.markdown(t("backprop.code.lead", output=found.value.graph.nodes[-1].name))
    download(t("backprop.code.download"), text, "backprop.py", "backprop.script")
    code(text)
    if view.question.bug != "none":
        st.caption(t("backprop.code.bug"))
