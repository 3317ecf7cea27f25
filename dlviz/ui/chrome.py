"""What stands around every page at the same place: the menu, the language, the device, a link to share.

The theme is in Streamlit's own menu at the top right. Nothing here waits for the engine: while its
workers warm up, the badge says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import streamlit as st

from dlviz import engine
from dlviz.ui import components, language, links, parts
from dlviz.ui.language import t
from dlviz.words import pages as table

LOOK = 5  # seconds between two looks at the engine
STYLE = Path(__file__).with_suffix(".css")
_DRAWN = """<g stroke="#F59322" stroke-width="2"><path d="M6 9 L20 16 M6 23 L20 16"/></g>
<g fill="#0877BD"><circle cx="6" cy="9" r="4"/><circle cx="6" cy="23" r="4"/><circle cx="21" cy="16" r="6"/></g>"""
_NAMED = """<text x="36" y="23" font-family="Source Sans, Source Sans Pro, Segoe UI, sans-serif" font-size="22"
 font-weight="700" fill="#0877BD">dlviz</text>"""
MARK = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">{_DRAWN}</svg>'
LOGO = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 32" width="96" height="32">{_DRAWN}{_NAMED}</svg>'
ICON = f"data:image/svg+xml,{quote(MARK)}"  # from the page itself: a named icon would be fetched from elsewhere


def style() -> None:
    """Put the frame's own style sheet on the page."""
    st.html(STYLE)


def menu(pages: Mapping[str, st.Page]) -> None:
    """Show the pages by section in the sidebar; each link carries the state in which its page was left."""
    st.logo(LOGO, size="large", icon_image=MARK)
    with st.sidebar, st.container(key="menu", gap=None):
        for section, rows in table.sections().items():
            with st.container(key=f"menu.section.{section}"):
                st.caption(title(table.SECTIONS[section]))
            for row in rows:
                _entry(row, pages[row.slug])


def _entry(row: table.Page, page: st.Page) -> None:
    with st.container(key=f"menu.page.{row.slug}"):
        st.page_link(
            page,
            label=title(row.title),
            icon=f":material/{row.icon}:",
            query_params=links.of_page(row.slug),
            width="stretch",
        )


def title(words: table.Words) -> str:
    """Return a page's or a section's words in this run's language."""
    return words[0 if language.now() == "en" else 1]


def bar(slug: str) -> None:
    """Show the device, the text size, the share button and the language switch at the top of the page."""
    with st.container(key="chrome", horizontal=True, vertical_alignment="center", gap="small", width="content"):
        badge(slug)
        st.segmented_control(
            t("frame.language"),
            list(language.NAMES),
            format_func=language.NAMES.__getitem__,
            required=True,
            key=language.SWITCH,
            label_visibility="collapsed",
        )


def badge(slug: str) -> None:
    """Show what computes and how many runs wait, kept up to date; see that the page shows its own state."""
    parts.part(_badge, LOOK)(slug)


def _badge(slug: str) -> None:
    components.mount("chrome", key="frame", data={"page": slug, "language": language.now(), **device()})
    if parts.in_a_part() and parts.overtaken():
        st.rerun()


def device() -> dict[str, object]:
    """Return what the badge and its neighbours say: device, ready, and their words."""
    hardware = engine.current().hardware()
    name = hardware.device.strip() or t("frame.starting")
    waiting = f" · {t('frame.waiting', waiting=hardware.waiting)}" if hardware.waiting else ""
    about = t("frame.device.help", device=name, workers=hardware.workers, waiting=hardware.waiting)
    return {
        "device": (name + waiting) if hardware.ready else t("frame.starting"),
        "ready": hardware.ready,
        "words": {
            "device": about if hardware.ready else t("frame.starting.help"),
            "share": t("frame.share"),
            "share_help": t("frame.share.help"),
            "copied": t("frame.share.copied"),
            "by_hand": t("frame.share.by_hand"),
            "size": t("frame.size"),
            "size_help": t("frame.size.help"),
        },
    }


def apologize(error: Exception) -> bool:
    """Say in the visitor's language that the page failed; return that no traceback need be shown (it is in the log)."""
    del error
    st.error(t("frame.error"), icon=":material/error:")
    return True
