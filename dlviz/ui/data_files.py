"""The embedded tables as files to take home with a script."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

TABLES = Path(__file__).parents[1] / "data" / "tables"


@st.cache_data(show_spinner=False)
def embedded_table(name: str) -> bytes:
    """Return an embedded table as it lies in the program. Raises: ValueError where there is no such table."""
    path = TABLES / name
    if path.parent != TABLES or not path.is_file():
        raise ValueError(f"table: there is no {name[:40]!r}")
    return path.read_bytes()
