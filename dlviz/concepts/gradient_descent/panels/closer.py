"""Looking closer at the race: what comes of other starts and other learning rates; computed only for who asks."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.gradient_descent.panels import basins, noise, rates, real
from dlviz.concepts.gradient_descent.spec import DEFAULT, View
from dlviz.ui import links
from dlviz.ui.language import t

PAGE = "gradient_descent"
PARTS = {"basins": basins.panel, "rates": rates.panel, "noise": noise.panel, "network": real.panel}


def panel(view: View) -> None:
    """Show the switches of what can be looked at closer, and what is switched on."""
    words = {name: t(f"{PAGE}.section.{name}") for name in PARTS}  # in the language of this run
    key = f"{PAGE}.section"
    st.session_state[key] = view.section if view.section in PARTS else None
    st.segmented_control(
        t(f"{PAGE}.section"),
        list(PARTS),
        key=key,
        format_func=words.__getitem__,
        help=t(f"{PAGE}.section.help"),
        on_change=_choose,
    )
    if view.section in PARTS:
        PARTS[view.section](view)


def _choose() -> None:
    view = links.current(DEFAULT)
    chosen = st.session_state[f"{PAGE}.section"]
    links.put(view.model_copy(update={"section": chosen if chosen in PARTS else "closed"}))
