"""A page with the charts that are drawn when somebody asks, from numbers that the tests know.

`kind` in the link: lines, bars or shares; `lang` the language. A button brings other numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from dlviz.concepts.cnn.panels import charts  # noqa: E402
from dlviz.ui import language  # noqa: E402
from dlviz.ui.components import mount  # noqa: E402
from tests.browser.apps.charted import COSTS, IMPORTANCE, MOVED, NAMES, READERS  # noqa: E402

st.set_page_config(layout="wide")
language.settle()
turn = int(st.button("other numbers", key="other"))
kind = st.query_params.get("kind", "lines")
if kind == "lines":
    mount("chart", key="lines", data=charts.moved(MOVED[turn], READERS))
elif kind == "bars":
    mount("chart", key="bars", data=charts.importance(IMPORTANCE[turn], [3], "C1"))
else:
    mount("shares", key="shares", data=charts.costs(COSTS, NAMES))
