"""Drawers: on a phone the stage comes first, and its controls wait behind a button below it.

The browser alone opens and shuts them (`dlviz/components/drawer`), and the frame's style sheet decides where there is
one: where columns stand side by side, the controls lie open as if there were none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dlviz.ui.components import mount
from dlviz.ui.language import t

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def drawer(key: str) -> DeltaGenerator:
    """Show the button that opens the drawer `key` on a phone, and return the place for the controls in it."""
    mount("drawer", key=f"handle.{key}", data={"drawer": key.replace(".", "-"), "label": t("frame.controls")})
    return st.container(key=f"drawer.{key}")
