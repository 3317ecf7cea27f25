"""Where else one can look into the run on the stage: its activations, all of its numbers, and its loss as a surface."""

from __future__ import annotations

import streamlit as st

from dlviz import codec
from dlviz.concepts.playground.panels import runs
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.ui import bench, language
from dlviz.ui.language import t
from dlviz.words import pages as table

ACTIVATIONS, APART, DESCENT = "activations", "forward_loss", "gradient_descent"
ICONS = {ACTIVATIONS: "show_chart", APART: "account_tree", DESCENT: "landscape"}


def panel(view: View) -> None:
    """Show the ways to pages that look into this run, where those exist."""
    with st.container(horizontal=True, key="playground-elsewhere"):
        for page in table.existing():
            if page.slug in ICONS and not (page.slug == DESCENT and view.run.network.batch_norm):
                _way(view, page)


def _way(view: View, page: table.Page) -> None:
    words, help = t(f"playground.{page.slug}"), t(f"playground.{page.slug}.help")
    icon = f":material/{ICONS[page.slug]}:"
    # a link would be as old as the page's last run; which moment is on show is known when it is clicked
    if st.button(words, key=f"playground.{page.slug}", icon=icon, help=help, type="tertiary"):
        step = bench.report(runs.BENCH).at
        st.switch_page(page.file, query_params=_there(view, page.slug, step))


def _there(view: View, slug: str, step: int | None) -> dict[str, str]:
    if slug == DESCENT:
        return raced(view)
    return address(view, step) if slug == ACTIVATIONS else apart(view, step)


def address(view: View, step: int | None) -> dict[str, str]:
    """Return the parameters of a link to what this run's activations did, at the step on show (None: newest)."""
    return {**codec.write(View(run=view.run, at=step), DEFAULT), "section": "network", **language.in_link()}


def apart(view: View, step: int | None) -> dict[str, str]:
    """Return the parameters of a link that takes this run's network apart, as it is at the step on show."""
    shown = runs.shown(view)
    step = step if step is not None else shown.step if shown else view.at or 0
    return {"source": "yours", **codec.write(View(run=view.run, at=step), DEFAULT), **language.in_link()}


def raced(view: View) -> dict[str, str]:
    """Return the parameters of a link where this network is trained by two optimizers, one of them with these knobs."""
    knobs, usual = view.run.knobs, DEFAULT.run.knobs
    turned = ("optimizer", "learning_rate", "batch_size")
    rest = knobs.model_copy(update={name: getattr(usual, name) for name in turned})
    network = codec.line(view.run.model_copy(update={"knobs": rest, "edits": ()}), DEFAULT.run)
    which = "b" if knobs.optimizer == "adam" else "a"  # where the other page has Adam already
    own = {f"optimizer_{which}": knobs.optimizer, f"rate_{which}": knobs.learning_rate}
    own |= {f"batch_{which}": knobs.batch_size}
    said = {name: codec.scalar_text(value) for name, value in own.items()}
    return {"section": "network", "trained": network or f"seed={view.run.seed}", **said, **language.in_link()}
