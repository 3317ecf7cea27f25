"""The way from a run to its loss as a landscape: the page about gradient descent, with this run as one of the two."""

from __future__ import annotations

import streamlit as st

from dlviz import codec
from dlviz.spec import CIRCLE, RunSpec, can_be_mapped
from dlviz.ui import language
from dlviz.ui.buttons import pressed
from dlviz.ui.language import t
from dlviz.words import pages as table

SLUG, ICON = "gradient_descent", ":material/landscape:"


def raced(run: RunSpec) -> dict[str, str]:
    """Return the parameters of a link where this network is trained by two optimizers, one of them with these knobs.

    Both take as many examples at a time as the run does.
    """
    knobs, usual = run.knobs, CIRCLE.knobs
    turned = ("optimizer", "learning_rate", "batch_size")
    rest = knobs.model_copy(update={name: getattr(usual, name) for name in turned})
    network = codec.line(run.model_copy(update={"knobs": rest, "edits": ()}), CIRCLE)
    which = "b" if knobs.optimizer == "adam" else "a"  # where the other page has Adam already
    own = {f"optimizer_{which}": knobs.optimizer, f"rate_{which}": knobs.learning_rate}
    own |= {f"batch_{one}": knobs.batch_size for one in "ab"}
    said = {name: codec.scalar_text(value) for name, value in own.items()}
    return {"section": "network", "trained": network or f"seed={run.seed}", **said}


def way(run: RunSpec, key: str) -> None:
    """Show the button that leads there with this run, where the page exists and takes it."""
    for page in table.existing():
        if page.slug == SLUG and can_be_mapped(run):
            words, look = t("frame.descent"), {"icon": ICON, "help": t("frame.descent.help"), "type": "tertiary"}
            # a link would be as old as the page's last run, and leave it behind; a button is as the others beside it
            if pressed(words, f"{key}.{SLUG}", **look):
                st.switch_page(page.file, query_params={**raced(run), **language.in_link()})
