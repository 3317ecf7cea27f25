"""The door: `streamlit run app.py` serves dlviz, with its engine started beside it.

The frame is a script of its own (see dlviz/ui/frame.py); this file starts and stops what all
visitors share. Nothing here waits: the first page is served while the workers warm up, and while
the first browser reads Streamlit's own scripts, what stands behind the pages is imported.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from multiprocessing import resource_tracker
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:  # run from a checkout, from wherever
    sys.path.insert(0, str(ROOT))

from dlviz.ui import addresses, ahead, announcing, components, echoes, leaving, messages, pauses, settings, sockets  # noqa: E402 - found only after the line above

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
    with children_not_interrupted():
        engine.start()
    engine.current().begin_with(runs)


@contextmanager
def children_not_interrupted() -> Iterator[None]:
    """Let threads begun in this context, and their child processes, not hear of Ctrl-C.

    A terminal sends it to all processes; workers would end with a traceback each, instead of when they are told to.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # begun later, it would let its thread hear Ctrl-C again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
    sockets.send_at_once()
    settings.read_without_waiting()
    messages.go_together()
    echoes.pass_over()
    pauses.hear_at_once()
    components.register()  # so that a browser finds a page's scripts before it has run
    starting = threading.Thread(target=start, name="start")
    starting.start()
    yield
    starting.join()
    stop()


addresses.admit_long_addresses()
app = st.App(
    ROOT / "dlviz/ui/frame.py",
    lifespan=lifespan,
    # Starlette unpacks each: class, arguments, options; the first is the outermost
    middleware=[
        (addresses.ShortAddresses, (), {}),
        (ahead.RunsAhead, (), {}),
        (announcing.Announcing, (), {}),
        (leaving.Leaving, (), {}),
    ],
    on_script_error=apologize,
)
