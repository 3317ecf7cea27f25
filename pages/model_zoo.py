"""The five models side by side: formula, shape, cost, seconds and score, all measured here and now."""

import streamlit as st

from dlviz.concepts.model_zoo.panels import table, tabs, tries
from dlviz.concepts.model_zoo.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("model_zoo.title"), anchor=False)
st.markdown(t("model_zoo.lead"))
tries.panel(view)

view = table.panel(view)
links.write(view, DEFAULT)

tabs.panel()
