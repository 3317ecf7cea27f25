"""Backpropagation: a computation graph, its gradients one operation at a time, and the updates that follow."""

import streamlit as st

from dlviz.concepts.backprop.panels import controls, stage, tabs, tries, vanishing
from dlviz.concepts.backprop.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("backprop.title"), anchor=False)
st.markdown(t("backprop.lead"))
tries.panel(view)

view = controls.scene(view)
picture, beside = st.columns([3, 1], gap="large")
with beside:
    view = controls.controls(view)
links.write(view, DEFAULT)
with picture:
    stage.panel()

vanishing.panel(links.current(DEFAULT))
tabs.panel()
