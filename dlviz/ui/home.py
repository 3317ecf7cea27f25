"""The parts of the home page: a network that learns on its own, the start of the tour, the map of pages."""

from __future__ import annotations

import streamlit as st

from dlviz.ui import chrome, links
from dlviz.ui.language import t
from dlviz.words import pages as table

TOUR = "cnn"  # where the tour starts


def start() -> None:
    """Show the way into the tour, where its first page exists."""
    for page in table.existing():
        if page.slug == TOUR:
            with st.container(key="tour"):
                _link(page, t("home.start"), ":material/arrow_forward:", "right")


def page_map() -> None:
    """Show every page that exists as a card, by section; the whole card is the link."""
    for section, rows in table.sections().items():
        rest = [page for page in rows if page.slug != "home"]
        if rest:
            st.subheader(chrome.title(table.SECTIONS[section]), anchor=False)
            with st.container(key=f"cards.{section}"):
                for page in rest:
                    _card(page)


def _card(page: table.Page) -> None:
    with st.container(key=f"card.{page.slug}", gap="small"):
        _link(page, chrome.title(page.title), f":material/{page.icon}:", "left")
        st.markdown(chrome.title(page.summary))


def _link(page: table.Page, label: str, icon: str, side: str) -> None:
    st.page_link(page.file, label=label, icon=icon, icon_position=side, query_params=links.of_page(page.slug))
