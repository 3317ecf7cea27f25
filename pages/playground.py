"""The playground: build a neural network on the plane, train it, rewind it, break it."""

import streamlit as st

from dlviz.concepts.playground.panels import closer, tabs, train, tries
from dlviz.concepts.playground.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("playground.title"), anchor=False)
st.markdown(t("playground.lead"))
tries.panel(view)

view = train.panel(links.current(DEFAULT))
links.write(view, DEFAULT)

closer.panel(links.current(DEFAULT))
tabs.panel()
