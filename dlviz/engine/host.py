"""A host is what one worker process knows about the runs it computes: who wants them, and whose turn it is.

Many runs share a process, so they take turns of some hundredths of a second. The turn goes to the
person served least lately, so somebody with twenty runs gets no more than somebody with one. Only
so many runs are held in memory at once; the others wait, in the same fair order, and are told
their place. A run is wanted as long as an app says so: its wants are forgotten when it falls silent.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

SILENCE = 10.0  # seconds after which the wants of an app that says nothing are forgotten
COURTESY = 0.3  # seconds a run lets asks go first, at most
PLAY = float("inf")  # a goal no step reaches: go on to the end
HOLD = -1.0  # a goal every step has passed: stay where you are


class Want(NamedTuple):
    """How far a run should go (a step, PLAY or HOLD), and for whom."""

    goal: float
    owners: tuple[str, ...]


NOBODY = Want(HOLD, ())


class Host:
    """The runs of one worker process. All methods may be called from any thread."""

    def __init__(self, residents: int, turns_file: Path | None = None):
        self.residents = residents
        self._changed = threading.Condition()
        self._wants: dict[str, tuple[float, dict[str, Want]]] = {}
        self._inside: set[str] = set()
        self._outside: list[str] = []  # waiting to be let in, in order of arrival
        self._ready: dict[str, threading.Event] = {}  # inside, waiting for a turn: each has its own bell
        self._holder: str | None = None
        self._served: dict[str, int] = {}
        self._turns = 0
        self._asks = 0
        self._mark = os.open(turns_file, os.O_CREAT | os.O_WRONLY) if turns_file else None

    # ---------------------------------------------------------------------------------- wants

    def hear(self, app: str, wants: dict[str, Want]) -> None:
        """Take what one app wants from now on; it replaces what that app wanted before."""
        with self._changed:
            self._wants[app] = (time.monotonic(), wants)
            self._changed.notify_all()

    def want(self, digest: str) -> Want:
        """Return how far anybody wants the run to go, and all who want it to."""
        heard = self._heard(digest)
        owners = tuple(owner for want in heard for owner in want.owners)
        return Want(max((want.goal for want in heard), default=HOLD), owners)

    def is_watched(self, digest: str) -> bool:
        """Return whether anybody looks at the run, whether they want more of it or not."""
        return bool(self._heard(digest))

    def _heard(self, digest: str) -> list[Want]:
        """Return what each app that is not silent wants of the run."""
        now = time.monotonic()
        return [wants[digest] for when, wants in list(self._wants.values()) if digest in wants and now - when < SILENCE]

    def wait(self, seconds: float) -> None:
        """Return when anything changed, or after so many seconds."""
        with self._changed:
            self._changed.wait(seconds)

    # -------------------------------------------------------------------------------- waiting

    @contextmanager
    def place(self, digest: str, tell: Callable[[int], None], given_up: Callable[[], bool]) -> Iterator[bool]:
        """Hold a place in memory for a run; yields False where `given_up` came true before there was one.

        `tell` hears the run's place in the queue (1 is next) whenever it changes.
        """
        try:
            yield self._enter(digest, tell, given_up)
        finally:
            with self._changed:
                self._inside.discard(digest)
                self._changed.notify_all()

    def _enter(self, digest: str, tell: Callable[[int], None], given_up: Callable[[], bool]) -> bool:
        told = 0
        with self._changed:
            self._outside.append(digest)
            try:
                while True:
                    order = sorted(self._outside, key=self._fair)
                    place = order.index(digest) + 1
                    if len(self._inside) + place <= self.residents:
                        self._inside.add(digest)
                        return True
                    if given_up():
                        return False
                    if place != told:
                        told = place
                        tell(place)
                    self._changed.wait(1.0)
            finally:
                self._outside.remove(digest)
                self._changed.notify_all()

    @property
    def crowded(self) -> bool:
        """Whether runs wait to be let in (an idle one should make room)."""
        return bool(self._outside)

    @property
    def waiting(self) -> int:
        """How many runs wait to be let in."""
        return len(self._outside)

    # ---------------------------------------------------------------------------------- turns

    @contextmanager
    def turn(self, digest: str) -> Iterator[None]:
        """Hold the processor of this host: one run at a time computes, in fair order."""
        called = threading.Event()
        with self._changed:
            self._changed.wait_for(lambda: not self._asks, COURTESY)
            self._ready[digest] = called
            self._call_next()
        called.wait()
        self._note(digest)
        try:
            yield
        finally:
            self._note("")
            with self._changed:
                self._serve(digest)
                self._holder = None
                self._call_next()

    def _call_next(self) -> None:
        """Give the turn to the run that is due, where nobody holds it; only that one wakes."""
        if self._holder is None and self._ready:
            self._holder = min(self._ready, key=self._fair)
            self._ready.pop(self._holder).set()

    @contextmanager
    def ask(self) -> Iterator[None]:
        """Hold the runs of this host back for a moment, so that somebody's question is answered at once."""
        with self._changed:
            self._asks += 1
        try:
            yield
        finally:
            with self._changed:
                self._asks -= 1
                self._changed.notify_all()

    def _fair(self, digest: str) -> tuple[int, int]:
        owners = self.want(digest).owners
        return min((self._served.get(owner, 0) for owner in owners), default=0), self._served.get(digest, 0)

    def _serve(self, digest: str) -> None:
        """Note that the run, and everybody who wants it, has just been served."""
        self._turns += 1
        for name in (digest, *self.want(digest).owners):
            self._served[name] = self._turns
        if len(self._served) > 10_000:  # forget those not served for longest
            self._served = dict(sorted(self._served.items(), key=lambda item: item[1])[5_000:])

    def _note(self, digest: str) -> None:
        """Leave on disk which run has the turn, for whoever finds this process dead."""
        if self._mark is not None:
            os.pwrite(self._mark, digest.ljust(24).encode(), 0)


def turn_at_death(turns_file: Path) -> str | None:
    """Return the digest of the run that had the turn when the host of that file died, None where unknown."""
    try:
        return turns_file.read_text().strip() or None
    except FileNotFoundError:
        return None
