"""Two pages behind the same door as ours: see leaving_pages.py."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from dlviz.ui.leaving import Leaving  # noqa: E402

app = st.App(Path(__file__).with_name("leaving_pages.py"), middleware=[(Leaving, (), {})])
