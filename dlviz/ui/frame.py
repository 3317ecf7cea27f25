"""The frame around every page: which pages there are, in which language, and what stands beside them.

Streamlit runs this script from top to bottom for every visitor and every click. It lives apart from
`pages/` because Streamlit would otherwise run a deep link's page alone, without its frame.
"""

import streamlit as st

from dlviz.ui import chrome, fields, language, links, parts, turns
from dlviz.words import pages as table


def main() -> None:
    """Show the page that the address names, in its frame."""
    if language.settle():
        fields.carry()
    pages = existing_pages()
    # A default page answers only at "/", not at its own name; so home is there twice.
    start = st.Page(table.PAGES[0].file, title=pages["home"].title, url_path="start", default=True)

    page = st.navigation([start, *pages.values()], position="hidden")
    slug = "home" if page == start else page.url_path
    title = f"{page.title} · dlviz"
    st.set_page_config(page_title=title, page_icon=chrome.ICON, layout="wide", initial_sidebar_state=220)

    chrome.style()
    chrome.menu({**pages, "home": start if page == start else pages["home"]})
    chrome.bar(slug)
    links.enter(slug)
    parts.begin()
    page.run()
    links.leave()


def existing_pages() -> dict[str, st.Page]:
    """Return the pages that are built, by slug."""
    # they have no icon of their own: the browser would fetch it, as the tab's picture, from a server elsewhere
    return {
        row.slug: st.Page(
            row.file,
            title=chrome.title(row.title),
            url_path=row.slug,
            visibility="hidden" if row.slug == "home" else "visible",
        )
        for row in table.existing()
    }


# A worker process that is started while a visitor's script runs reads this file too, under another name: Python
# takes whatever runs as "__main__" for the program, and has its children import it.
if __name__ == "__main__":
    with turns.turn():
        main()
