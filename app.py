"""The door: `streamlit run app.py` serves dlviz, with its engine started beside it.

The frame is a script of its own (see dlviz/ui/frame.py); this file starts and stops what all
visitors share. Nothing here waits: the first page is served while the workers warm up, and while
the first browser reads Streamlit's own scripts, what stands behind the pages is imported.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:  # run from a checkout, from wherever
    sys.path.insert(0, str(ROOT))

from dlviz.ui import addresses  # noqa: E402 - found only after the line above

NICENESS = 5  # how far the engine stands back behind the pages


def start() -> None:
    """Start the engine, and compute what the first visitor finds learnt."""
    from dlviz import engine
    from dlviz.ui.first_runs import first_runs

    runs = first_runs()
    # Linux takes this for this thread and all that the engine starts from here, its workers included: while they
    # warm up on a machine of few cores, the first page goes first. Elsewhere it would be about the pages as well.
    if sys.platform == "linux":
        os.nice(NICENESS)
    engine.start()
    engine.current().begin_with(runs)


def stop() -> None:
    """Stop the engine."""
    from dlviz import engine

    engine.stop()


def apologize(error: Exception) -> bool:
    """Say in the visitor's language that the page failed; return that no traceback need be shown."""
    from dlviz.ui import chrome

    return chrome.apologize(error)


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Start the engine in the background before the first visitor, and stop it after the last."""
    starting = threading.Thread(target=start, name="start")
    starting.start()
    yield
    starting.join()
    stop()


addresses.admit_long_addresses()
app = st.App(
    ROOT / "dlviz/ui/frame.py",
    lifespan=lifespan,
    middleware=[(addresses.ShortAddresses, (), {})],  # Starlette unpacks it: class, arguments, options
    on_script_error=apologize,
)
