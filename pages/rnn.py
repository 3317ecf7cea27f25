"""Recurrent networks: names read letter by letter, and a sign that is to be remembered."""

import streamlit as st

from dlviz.concepts.rnn.panels import evidence, tabs, train, tries
from dlviz.concepts.rnn.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("rnn.title"), anchor=False)
st.markdown(t("rnn.lead"))
tries.panel(view)
train.choose(links.current(DEFAULT))

view = train.panel(links.current(DEFAULT))
links.write(view, DEFAULT)

evidence.panel(links.current(DEFAULT))
tabs.panel()
