"""Where else one can look into the run on the stage: the page on activation functions, at this very moment."""

from __future__ import annotations

import streamlit as st

from dlviz import codec
from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.ui import bench, language
from dlviz.ui.language import t
from dlviz.words import pages as table

ACTIVATIONS = "activations"


def panel(view: View) -> None:
    """Show the way to what the activations did in this run, where that page exists."""
    page = next((page for page in table.existing() if page.slug == ACTIVATIONS), None)
    if page is None:
        return
    words, help = t("playground.activations"), t("playground.activations.help")
    # a link would be as old as the page's last run; which moment is on show is known when it is clicked
    if st.button(words, key="playground.activations", icon=":material/show_chart:", help=help, type="tertiary"):
        st.switch_page(page.file, query_params=address(view, bench.report(runs.BENCH).at))


def address(view: View, step: int | None) -> dict[str, str]:
    """Return the parameters of a link to what this run's activations did, at the step on show (None: newest)."""
    return {**codec.write(View(run=view.run, at=step), DEFAULT), "section": "network", **language.in_link()}
