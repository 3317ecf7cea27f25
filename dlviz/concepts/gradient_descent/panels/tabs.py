"""Behind the page: what it means, the rules of those who race, the code, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.gradient_descent import network_script
from dlviz.concepts.gradient_descent.panels import rules, stage
from dlviz.concepts.gradient_descent.script import pytorch_script
from dlviz.concepts.gradient_descent.spec import DEFAULT, View
from dlviz.export.table_text import CAR_FILE, CARS
from dlviz.ui.behind import behind, code, download
from dlviz.ui.data_files import embedded_table
from dlviz.ui.language import prose, t
from dlviz.ui.parts import part

PAGE = "gradient_descent"
DESCENT = r"\theta_{t+1} = \theta_t - \eta \, \nabla f(\theta_t)"
LIMIT = r"\eta < \frac{2}{\lambda_{\max}(H)}, \qquad H = \nabla^2 f(\theta)"


def panel() -> None:
    """Show the tabs; opening another one runs nothing else of the page."""
    part(_panel)()


def _panel() -> None:
    behind(PAGE, DEFAULT, {"meaning": None, "formula": _formula, "code": _code, "sources": None})


def _formula(view: View) -> None:
    """Show plain gradient descent, its limit, and the rule of everybody in the race with the knobs as they are."""
    st.latex(DESCENT)
    st.latex(LIMIT)
    st.markdown(prose(PAGE, "formula"))
    racers = view.race.who
    for one, name in zip(racers, stage.names(racers), strict=True):
        rows = rules.lines(one.optimizer, one.knobs(view.race.ground), view.race.schedule != "constant")
        st.markdown(f"**{name}** · {t(f'{PAGE}.optimizer.{one.optimizer}.said')}")
        st.code("\n".join(line.formula for line in rows[1:]), language=None, wrap_lines=True)


def _code(view: View) -> None:
    """Show the script that prints the same numbers: of the race, or of the real network where that is open."""
    of_network = view.section == "network"
    script = network_script.pytorch_script(view.real) if of_network else pytorch_script(view.race)
    st.markdown(t(f"{PAGE}.code.network" if of_network else f"{PAGE}.code.lead"))
    with st.container(horizontal=True, key=f"{PAGE}-code"):
        download(t(f"{PAGE}.code.download"), script, "gradient_descent.py", f"{PAGE}.script")
        if of_network and view.real.run.data.data == CARS:
            file = embedded_table(CAR_FILE)
            icon = ":material/database:"
            st.download_button(
                t(f"{PAGE}.code.table"), file, CAR_FILE, key=f"{PAGE}.table", icon=icon, on_click="ignore"
            )
    code(script)
