"""Turns: pages are made one after the other, in the order in which they were asked for.

Threads of one interpreter do not compute at the same time, they only interrupt each other: of thirty pages begun
together, none is done before nearly all are. One after the other, the first is there at once, half of them in half the
time, and the last no later. A page that waits for an answer steps aside meanwhile.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 2.0  # seconds after which a page is made although it is not its turn: whatever holds the turn may hang


class Turns:
    """Whose turn it is. All methods may be called from any thread."""

    def __init__(self, patience: float = PATIENCE):
        self.patience = patience
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = 0
        self._mine = threading.local()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn; within a turn this is nothing new."""
        depth = getattr(self._mine, "depth", 0)
        self._mine.depth = depth + 1
        try:
            if depth:
                yield
            else:
                self._take()
                try:
                    yield
                finally:
                    self._give()
        finally:
            self._mine.depth = depth

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others have the turn for a while, where this thread holds it."""
        if not getattr(self._mine, "depth", 0):
            yield
            return
        self._give()
        try:
            yield
        finally:
            self._take()

    def _take(self) -> None:
        with self._lock:
            if not self._taken:
                self._taken = 1
                return
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(self.patience):
            return
        with self._lock:
            if called in self._waiting:
                self._waiting.remove(called)
                self._taken += 1

    def _give(self) -> None:
        with self._lock:
            if self._waiting and self._taken == 1:
                self._waiting.popleft().set()  # it takes over
            else:
                self._taken -= 1


_turns = Turns()
turn, aside = _turns.turn, _turns.aside
