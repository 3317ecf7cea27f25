"""The frame around every page: which pages there are, in which language, and what stands beside them.

Streamlit runs this script from top to bottom for every visitor and every click. It lives apart from
`pages/` because Streamlit would otherwise run a deep link's page alone, without its frame.
"""

import streamlit as st

from dlviz.ui import chrome, fields, language, links
from dlviz.words import pages as table

changed = language.settle()
if changed:
    fields.carry()

# Pages have no icon of their own here: the browser would fetch it, as the tab's picture, from a server elsewhere.
PAGES = {
    row.slug: st.Page(
        row.file,
        title=chrome.title(row.title),
        url_path=row.slug,
        visibility="hidden" if row.slug == "home" else "visible",
    )
    for row in table.existing()
}
# A default page answers only at "/", not at its own name; so home is there twice.
START = st.Page(table.PAGES[0].file, title=PAGES["home"].title, url_path="start", default=True)

page = st.navigation([START, *PAGES.values()], position="hidden")
slug = "home" if page == START else page.url_path
st.set_page_config(page_title=f"{page.title} · dlviz", page_icon=chrome.ICON, layout="wide", initial_sidebar_state=220)

chrome.style()
chrome.menu({**PAGES, "home": START if page == START else PAGES["home"]})
chrome.bar(slug)
links.enter(slug)
page.run()
links.leave()
