"""The multilayer perceptron: units that add up to any function, read digits, and know how far a car goes."""

import streamlit as st

from dlviz.concepts.mlp.panels import closer, parts, tabs, train, tries
from dlviz.concepts.mlp.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("mlp.title"), anchor=False)
st.markdown(t("mlp.lead"))
parts.panel(view)
tries.panel(view)

view = train.panel(links.current(DEFAULT))
links.write(view, DEFAULT)

closer.panel(links.current(DEFAULT))
tabs.panel()
