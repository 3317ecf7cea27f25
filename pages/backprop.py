"""Backpropagation: a computation graph, its gradients one operation at a time, and the updates that follow."""

import streamlit as st

from dlviz.concepts.backprop.panels import desk, tabs, tries, vanishing
from dlviz.concepts.backprop.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("backprop.title"), anchor=False)
st.markdown(t("backprop.lead"))
tries.panel(view)

desk.panel(bool(problems))
vanishing.panel(links.current(DEFAULT))
tabs.panel()
