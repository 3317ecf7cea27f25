"""Your own digit: the way to the digit lab, where one draws, with the network on this stage."""

from __future__ import annotations

import streamlit as st

from dlviz import codec
from dlviz.concepts.mlp.panels import parts
from dlviz.concepts.mlp.spec import View
from dlviz.ui import first_runs, language
from dlviz.ui.buttons import pressed
from dlviz.ui.language import t
from dlviz.words import pages as table

SLUG, ICON = "cnn", ":material/draw:"


def way(view: View) -> None:
    """Show the button that leads there, where the stage shows digits."""
    for page in table.existing():
        if page.slug == SLUG and view.part == "digits":
            look = {"icon": ICON, "help": t("mlp.drawing.help"), "type": "tertiary"}
            if pressed(t("mlp.drawing"), f"mlp.{SLUG}", **look):
                st.switch_page(page.file, query_params={**there(view), **language.in_link()})


def there(view: View) -> dict[str, str]:
    """Return the parameters of a link to the digit lab with this run on its stage, at the moment on show."""
    usual = first_runs.specs()[SLUG].DEFAULT
    return codec.write(usual.model_copy(update={"run": view.run, "at": parts.lab(view).step(view)}), usual)
