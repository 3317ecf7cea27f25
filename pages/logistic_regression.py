"""Logistic regression: a line becomes a probability, and a threshold makes an answer of it."""

import streamlit as st

from dlviz.concepts.logistic_regression.panels import closer, judging, tabs, train, tries
from dlviz.concepts.logistic_regression.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("logistic_regression.title"), anchor=False)
st.markdown(t("logistic_regression.lead"))
tries.panel(view)

view = train.panel(links.current(DEFAULT))
links.write(view, DEFAULT)

judging.panel(links.current(DEFAULT))
closer.panel(links.current(DEFAULT))
tabs.panel()
