"""Where else one can look into the run on the stage: its activations, all of its numbers, and its loss as a surface."""

from __future__ import annotations

import streamlit as st

from dlviz import codec
from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.ui import bench, descent, language
from dlviz.ui.buttons import pressed
from dlviz.ui.language import t
from dlviz.words import pages as table

ACTIVATIONS, APART = "activations", "forward_loss"
ICONS = {ACTIVATIONS: "show_chart", APART: "account_tree"}


def panel(view: View) -> None:
    """Show the ways to pages that look into this run, where those exist."""
    with st.container(horizontal=True, key="playground-elsewhere"):
        for page in table.existing():
            if page.slug in ICONS:
                _way(view, page)
        descent.way(view.run, "playground")


def _way(view: View, page: table.Page) -> None:
    words, help = t(f"playground.{page.slug}"), t(f"playground.{page.slug}.help")
    icon = f":material/{ICONS[page.slug]}:"
    # a link would be as old as the page's last run; which moment is on show is known when it is clicked
    if pressed(words, f"playground.{page.slug}", icon=icon, help=help, type="tertiary"):
        step = bench.report(runs.BENCH).at
        there = address if page.slug == ACTIVATIONS else apart
        st.switch_page(page.file, query_params=there(view, step))


def address(view: View, step: int | None) -> dict[str, str]:
    """Return the parameters of a link to what this run's activations did, at the step on show (None: newest)."""
    return {**codec.write(View(run=view.run, at=step), DEFAULT), "section": "network", **language.in_link()}


def apart(view: View, step: int | None) -> dict[str, str]:
    """Return the parameters of a link that takes this run's network apart, as it is at the step on show."""
    shown = runs.shown(view)
    step = step if step is not None else shown.step if shown else view.at or 0
    return {"source": "yours", **codec.write(View(run=view.run, at=step), DEFAULT), **language.in_link()}
