"""The forward pass and the loss: a small network taken apart, number by number."""

import streamlit as st

from dlviz.concepts.forward_loss.panels import closer, controls, stage, tabs, tries
from dlviz.concepts.forward_loss.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.drawers import drawer
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.title(t("forward_loss.title"), anchor=False)
st.markdown(t("forward_loss.lead"))
tries.panel(view)

picture, beside = st.columns([7, 3], gap="large")
with beside:
    with drawer("forward_loss"):
        view = controls.panel(links.current(DEFAULT))
    links.write(view, DEFAULT)
    controls.about(view)
with picture:
    stage.panel(view)

closer.panel(links.current(DEFAULT))
tabs.panel()
