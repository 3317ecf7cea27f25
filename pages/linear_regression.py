"""Linear regression: a line finds its place among points, by gradient descent, beside the closed form."""

import streamlit as st

from dlviz.concepts.linear_regression.panels import closer, tabs, train, tries
from dlviz.concepts.linear_regression.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("linear_regression.title"), anchor=False)
st.markdown(t("linear_regression.lead"))
tries.panel(view)

view = train.panel(links.current(DEFAULT))
links.write(view, DEFAULT)

closer.panel()
tabs.panel()
