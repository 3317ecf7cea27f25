"""Behind the page: what it means, the formula with today's numbers, the code, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.mlp.panels import formula
from dlviz.concepts.mlp.spec import DEFAULT, View
from dlviz.export.script import pytorch_script
from dlviz.ui.behind import behind, code, download
from dlviz.ui.language import t
from dlviz.ui.parts import part


def panel() -> None:
    """Show the tabs."""
    part(_panel)()


def _panel() -> None:
    behind("mlp", DEFAULT, {"meaning": None, "formula": formula.panel, "code": _code, "sources": None})


def _code(view: View) -> None:
    """Show the script that prints the same losses, and where to get it."""
    script = pytorch_script(view.run)
    st.markdown(t("mlp.code.lead"))
    with st.container(horizontal=True, key="mlp-code"):
        download(t("mlp.code.download"), script, "mlp.py", "mlp.script")
    code(script)
