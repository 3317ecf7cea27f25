"""A trained moment that a link names is computed from the instant its page is asked for.

A browser needs most of a second until it has read the frame's own scripts and the page begins to run. A run of the
playground has been trained by then, so whoever opens a shared moment waits for the page and not for the training.
Such a run is wanted like any other, but by nobody in particular: it has one turn with all others that were begun this
way, and where no page takes it up, its lease runs out within seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from dlviz.spec import RunSpec

OWNER = "ahead"
MOST = 8  # runs that are begun ahead at the same time; of links beyond that, the newest counts

Asgi = Callable[[dict, Callable, Callable], Awaitable[None]]


class RunsAhead:
    """Wraps the server: where a page is asked for at a trained moment, its run begins; every request is passed on."""

    def __init__(self, app: Asgi):
        self.app = app

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:
        """Begin what the request will need, without waiting for it, and pass the request on."""
        if scope["type"] == "http" and scope["method"] == "GET" and b"at=" in scope["query_string"]:
            slug, query = scope["path"].rpartition("/")[2], scope["query_string"].decode("latin-1")
            asyncio.get_running_loop().run_in_executor(None, begin, slug, query)
        await self.app(scope, receive, send)


def begin(slug: str, query: str) -> None:
    """Let the engine compute the moment that a link names, where it has nothing else to do first."""
    from dlviz import engine

    found, current = linked(slug, query), engine.current()
    if found is None or current.hardware().waiting:
        return
    run, step = found
    hold = current.watch(run, f"{OWNER}/{int(run.digest, 16) % MOST}", OWNER)
    if hold is not None:
        hold.want(step)


def linked(slug: str, query: str) -> tuple[RunSpec, int] | None:
    """Return the run and the step that a link to a page names, or None where it names no moment of a run."""
    from dlviz import codec  # here, not above: the server opens its door before it needs them
    from dlviz.ui.first_runs import specs

    default = getattr(specs().get(slug), "DEFAULT", None)
    if not hasattr(default, "run"):
        return None
    state, _ = codec.read(dict(parse_qsl(query)), default)
    return None if state.at is None else (state.run, state.at)
