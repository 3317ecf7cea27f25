"""Activation functions: the bend after every sum, its slope, and what both do in a network that learns."""

import streamlit as st

from dlviz.concepts.activations.panels import sections, tabs, tries
from dlviz.concepts.activations.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("activations.title"), anchor=False)
st.markdown(t("activations.lead"))
tries.panel(view)

sections.panel()
links.write(links.current(DEFAULT), DEFAULT)
tabs.panel()
