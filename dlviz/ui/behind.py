"""Behind a page: what it means, the formulas, the code, the sources; the same tabs on every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dlviz.spec import Choice
from dlviz.ui import links
from dlviz.ui.language import prose, t
from dlviz.ui.tabs import tabs


def behind(page: str, default: Choice, shows: Mapping[str, Callable[[Choice], None] | None]) -> None:
    """Show a tab for each name, `<page>.tab.<name>` in words; what draws it is given the page's view.

    Where nothing does, it holds the page's prose of that name.
    """
    view = links.current(default)
    drawn = {name: partial(show, view) if show else partial(_prose, page, name) for name, show in shows.items()}
    tabs(f"{page}.tabs", {name: (t(f"{page}.tab.{name}"), draw) for name, draw in drawn.items()})


def _prose(page: str, name: str) -> None:
    st.markdown(prose(page, name))


def download(label: str, script: str, file: str, key: str) -> None:
    """Offer a script as a file to take home."""
    icon = ":material/download:"
    st.download_button(label, script, file, "text/x-python", key=key, icon=icon, on_click="ignore")


def code(script: str) -> None:
    """Show a script."""
    st.code(script, language="python", height=420)
