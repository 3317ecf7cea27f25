"""The door: `streamlit run app.py` serves dlviz, with its engine started beside it.

The frame is a script of its own (see dlviz/ui/frame.py); this file starts and stops what all
visitors share. Nothing here waits: the first page is served while the workers warm up.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:  # run from a checkout, from wherever
    sys.path.insert(0, str(ROOT))

from dlviz import engine  # noqa: E402 - found only after the line above
from dlviz.ui import addresses, chrome  # noqa: E402
from dlviz.ui.first_runs import first_runs  # noqa: E402


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Start the engine in the background before the first visitor, and stop it after the last."""
    engine.start()
    engine.current().begin_with(first_runs())
    yield
    engine.stop()


addresses.admit_long_addresses()
app = st.App(
    ROOT / "dlviz/ui/frame.py",
    lifespan=lifespan,
    middleware=[(addresses.ShortAddresses, (), {})],  # Starlette unpacks it: class, arguments, options
    on_script_error=chrome.apologize,
)
