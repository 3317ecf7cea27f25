"""The stage and the choices beside it: one part of the page, so that a moved control runs nothing else of it."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.backprop.panels import controls, stage, tabs
from dlviz.concepts.backprop.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.drawers import drawer
from dlviz.ui.parts import part


def panel(complained: bool) -> None:
    """Show what can be taken apart, the choices, and the graph that they make.

    complained: whether the page says above what was wrong with its link, which another choice makes untrue.
    """
    part(_desk)(complained)


def _desk(complained: bool) -> None:
    before = links.current(DEFAULT)
    view = controls.scene(before)
    picture, beside = st.columns([3, 1], gap="large")
    with beside, drawer("backprop"):
        view = controls.controls(view)
    links.write(view, DEFAULT)
    with picture:
        stage.panel()
    if view != before and (complained or tabs.shows_code()):
        st.rerun()
