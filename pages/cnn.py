"""The digit lab: a convolutional network learns real handwritten digits, reads yours, and is opened up."""

from pathlib import Path

import streamlit as st

from dlviz.concepts.cnn.panels import draw, inside, tabs, train, tries
from dlviz.concepts.cnn.spec import DEFAULT
from dlviz.ui import links
from dlviz.ui.language import t

view, problems = links.read(DEFAULT)
links.show(problems)

st.html(Path(draw.__file__).with_name("lab.css"))
st.title(t("cnn.title"), anchor=False)
st.markdown(t("cnn.lead"))
tries.panel(view)

# A digit first: whoever opens the page can write one at once, while the networks still learn.
st.header(t("cnn.draw"), anchor=False)
draw.panel()

st.header(t("cnn.train"), anchor=False)
view = train.panel(links.current(DEFAULT))
links.write(view, DEFAULT)

st.header(t("cnn.inside"), anchor=False)
inside.panel()

tabs.panel()
