"""Digits: what each unit of the first layer looks for, as a picture."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.mlp.panels import parts
from dlviz.concepts.mlp.spec import View
from dlviz.ui.components import mount
from dlviz.ui.language import t


def panel(view: View) -> None:
    """Show the weights of the first layer as pictures, which form while it learns."""
    st.markdown(f"**{t('mlp.filters')}**", help=t("mlp.filters.help"))
    words = {"label": t("views.filters"), "describe": t("views.filter"), "scale": t("views.weight"), "mute": None}
    data = {"player": parts.lab(view).key, "muted": [], "muted_word": "", "large": True, **words}
    mount("filters", key="mlp.filters", data=data)
