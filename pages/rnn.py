"""Recurrent networks: names read and written letter by letter, a sign that is to be remembered, and sunspots."""

import streamlit as st

from dlviz.concepts.rnn.panels import evidence, tabs, train, tries
from dlviz.concepts.rnn.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("rnn.title"), anchor=False)
st.markdown(t(f"rnn.lead.{view.part}"))
tries.panel(view)
train.choose(links.current(DEFAULT))

view = train.panel(links.current(DEFAULT))
links.write(view, DEFAULT)

evidence.panel(links.current(DEFAULT))
tabs.panel()
