"""Behind the page: what it means, the rules of those who race, the code, the sources."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dlviz.concepts.gradient_descent.panels import rules, stage
from dlviz.concepts.gradient_descent.script import pytorch_script
from dlviz.concepts.gradient_descent.spec import DEFAULT, View
from dlviz.ui import links
from dlviz.ui.language import prose, t
from dlviz.ui.tabs import tabs

PAGE = "gradient_descent"
DESCENT = r"\theta_{t+1} = \theta_t - \eta \, \nabla f(\theta_t)"
LIMIT = r"\eta < \frac{2}{\lambda_{\max}}, \qquad \lambda_{\max} = \text{largest eigenvalue of } H = \nabla^2 f(\theta)"


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    st.fragment(_panel)()


def _panel() -> None:
    view = links.current(DEFAULT)
    shows = {"meaning": _meaning, "formula": _formula, "code": _code, "sources": _sources}
    tabs(f"{PAGE}.tabs", {name: (t(f"{PAGE}.tab.{name}"), partial(show, view)) for name, show in shows.items()})


def _meaning(_: View) -> None:
    st.markdown(prose(PAGE, "meaning"))


def _sources(_: View) -> None:
    st.markdown(prose(PAGE, "sources"))


def _formula(view: View) -> None:
    """Show plain gradient descent, its limit, and the rule of everybody in the race with the knobs as they are."""
    st.latex(DESCENT)
    st.latex(LIMIT)
    st.markdown(prose(PAGE, "formula"))
    racers = view.race.who
    for one, name in zip(racers, stage.names(racers), strict=True):
        rows = rules.lines(one.optimizer, one.knobs(view.race.ground), view.race.schedule != "constant")
        st.markdown(f"**{name}** · {t(f'{PAGE}.optimizer.{one.optimizer}.said')}")
        st.code("\n".join(line.formula for line in rows[1:]), language=None)


def _code(view: View) -> None:
    """Show the script that prints the same losses."""
    script = pytorch_script(view.race)
    st.markdown(t(f"{PAGE}.code.lead"))
    st.download_button(
        t(f"{PAGE}.code.download"),
        script,
        "gradient_descent.py",
        "text/x-python",
        key=f"{PAGE}.script",
        icon=":material/download:",
        on_click="ignore",
    )
    st.code(script, language="python", height=420)
