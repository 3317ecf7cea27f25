"""The first thing anybody sees: what this is, a network that is learning, and the map of the pages."""

import streamlit as st

from dlviz.spec import Choice
from dlviz.ui import home, links
from dlviz.ui.language import t
from dlviz.ui.live_network import live_network

view, problems = links.read(Choice())  # this page has no state of its own
links.show(problems)
links.write(view, Choice())

with st.container(key="hero"):
    words, start = st.columns([5, 3], gap="large", vertical_alignment="bottom")
    with words:
        st.title(t("home.title"), anchor=False)
        st.markdown(t("home.lead"))
    with start:
        home.start()
        st.caption(t("home.honest"))
    live_network()

st.header(t("home.map"), anchor=False)
home.page_map()
