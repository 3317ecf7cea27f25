"""Folds: what is turned rarely is folded away, and costs nobody anything until it is unfolded.

A browser builds all that stands in a closed fold as well: two fifths of the playground's page, and a third of the time
that it takes to show it. So what a fold holds is drawn once it is open, by the run of the page that opening asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def fold(label: str, key: str) -> DeltaGenerator | None:
    """Show a fold, and return the place for what it holds, None while it is closed.

    While it is closed, the fields that it holds stay as they are: whoever draws them returns what was given.
    """
    folded = st.expander(label, key=key, on_change="rerun")
    return folded if is_open(folded) else None


def is_open(folded: DeltaGenerator) -> bool:
    """Return whether the visitor has opened the fold."""
    return folded.open
