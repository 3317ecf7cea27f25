"""Gradient descent: every optimizer on any surface, step by step."""

import streamlit as st

from dlviz.concepts.gradient_descent.panels import closer, controls, race, tabs, tries
from dlviz.concepts.gradient_descent.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.drawers import drawer
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("gradient_descent.title"), anchor=False)
st.markdown(t("gradient_descent.lead"))
tries.panel(view)

picture, beside = st.columns([2, 1], gap="large")
with beside, drawer("gradient_descent"):
    view, places = controls.panel(links.current(DEFAULT))
links.write(view, DEFAULT)
with picture:
    race.panel(places)

closer.panel(links.current(DEFAULT))
tabs.panel()
