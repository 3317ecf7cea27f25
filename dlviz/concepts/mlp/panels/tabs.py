"""Behind the page: what it means, the formula with today's numbers, the code, the sources."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.mlp.panels import formula
from dlviz.concepts.mlp.spec import DEFAULT, View
from dlviz.export.script import pytorch_script
from dlviz.export.table_text import CAR_FILE
from dlviz.ui.behind import behind, code, download
from dlviz.ui.data_files import embedded_table
from dlviz.ui.language import t
from dlviz.ui.parts import part

FILES = {"auto-mpg": CAR_FILE, "mnist-5k": "mnist_5k.npz"}
"""Of the data that lie embedded in the program: the file that a script reads. The others come with the libraries."""


def panel() -> None:
    """Show the tabs."""
    part(_panel)()


def _panel() -> None:
    behind("mlp", DEFAULT, {"meaning": None, "formula": formula.panel, "code": _code, "sources": None})


def _code(view: View) -> None:
    """Show the script that prints the same losses, and where to get it and its data."""
    script = pytorch_script(view.run)
    file = FILES.get(view.run.data.data)
    st.markdown(t("mlp.code.lead", loss=t(f"mlp.code.loss.{'digits' if view.part == 'digits' else 'points'}")))
    with st.container(horizontal=True, key="mlp-code"):
        download(t("mlp.code.download"), script, "mlp.py", "mlp.script")
        if file:
            words, icon = t("mlp.code.table", name=file), ":material/database:"
            st.download_button(words, embedded_table(file), file, key="mlp.file", icon=icon, on_click="ignore")
    code(script)
