"""A followed run is what one app process knows of a run: its moments so far, its state, and who watches.

There is one for each digest, however many people watch. Each of them holds a `Watch`, says from
time to time how far the run should go for them, and so keeps it alive; who falls silent for ten
seconds no longer counts. Computed as far as anybody wants, shown to each as far as they like.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from typing import Literal, NamedTuple

from dlviz.engine.host import HOLD, SILENCE, Want
from dlviz.recording import Moment, Recording
from dlviz.spec import RunSpec

State = Literal["starting", "waiting", "training", "paused", "finished", "diverged", "lost", "failed"]
LAST_WORDS = 1.0  # seconds in which a task that ended may still be heard of
OVER: tuple[State, ...] = ("finished", "diverged", "lost", "failed")


class Snapshot(NamedTuple):
    """A followed run as it stands: `place` is its place in the queue, `step` the updates done."""

    state: State
    place: int
    step: int
    total_steps: int
    message: str
    recording: Recording


class Followed:
    """One run, followed by one app process on behalf of all its viewers."""

    def __init__(self, spec: RunSpec):
        self.spec = spec
        self.digest = spec.digest
        self.state: State = "starting"
        self.place = 0
        self.step = 0
        self.total_steps = 0
        self.message = ""
        self.diverged_at: int | None = None
        self.attempt = 0
        self.future: object | None = None
        self.worker = ""  # address of the worker that was asked to compute it last
        self.ended_at = 0.0  # when the last task of this run ended
        self.touched = time.monotonic()
        self._lock = threading.Lock()
        self._viewers: dict[str, tuple[float, float, str]] = {}  # viewer -> (goal, when, owner)
        self._moments: tuple[Moment, ...] = ()

    # -------------------------------------------------------------------------------- viewers

    def renew(self, viewer: str, goal: float, owner: str) -> bool:
        """Note how far a viewer wants the run to go; return whether that is news."""
        with self._lock:
            before = self._viewers.get(viewer)
            self._viewers[viewer] = (goal, time.monotonic(), owner)
            self.touched = time.monotonic()
        return before is None or before[0] != goal

    def leave(self, viewer: str) -> None:
        """Forget a viewer."""
        with self._lock:
            self._viewers.pop(viewer, None)

    def want(self) -> Want:
        """Return how far any present viewer wants the run to go, and all who want more of it."""
        now = time.monotonic()
        with self._lock:
            self._viewers = {v: seen for v, seen in self._viewers.items() if now - seen[1] < SILENCE}
            present = list(self._viewers.values())
        owners = tuple(dict.fromkeys(owner for goal, _, owner in present if goal > HOLD))
        return Want(max((goal for goal, _, _ in present), default=HOLD), owners)

    @property
    def owners(self) -> set[str]:
        """The people present, whether they want more of the run or not."""
        now = time.monotonic()
        return {owner for _, when, owner in list(self._viewers.values()) if now - when < SILENCE}

    @property
    def idle(self) -> bool:
        """Whether no task computes the run; how a task ended may be told a little after its end."""
        return self.future is None and time.monotonic() - self.ended_at > LAST_WORDS

    @property
    def watched(self) -> bool:
        """Whether anybody is present."""
        return bool(self.owners)

    # ---------------------------------------------------------------------------------- news

    def add(self, moments: list[Moment]) -> None:
        """Take moments in; of two taken after the same step the one that measured more stays."""
        with self._lock:
            rows = list(self._moments)
            for moment in moments:
                i = bisect_left(rows, moment.step, key=lambda row: row.step)
                if i == len(rows) or rows[i].step != moment.step:
                    rows.insert(i, moment)
                elif len(moment.arrays) > len(rows[i].arrays):
                    rows[i] = moment
            self._moments = tuple(rows)

    def hear(self, news: dict[str, object]) -> None:
        """Take in what a worker told of this run."""
        if self.state in ("finished", "diverged"):
            return
        self.step = int(news.get("step", self.step))
        self.total_steps = int(news.get("total_steps", self.total_steps))
        self.place = int(news.get("place", 0))
        self.message = str(news.get("message", ""))
        if news.get("diverged_at") is not None:
            self.diverged_at = int(news["diverged_at"])
        if "state" in news:
            self.state = "paused" if news["state"] == "parked" else news["state"]

    def snapshot(self) -> Snapshot:
        """Return the run as it stands now; its moments are shared, not copied."""
        finished = self.state == "finished"
        recording = Recording(self.spec, self._moments, self.diverged_at, finished)
        return Snapshot(self.state, self.place, self.step, self.total_steps, self.message, recording)


class Watch:
    """One viewer's hold on a followed run."""

    def __init__(self, engine: object, followed: Followed, viewer: str, owner: str):
        self._engine, self._followed = engine, followed
        self.viewer, self.owner = viewer, owner

    @property
    def spec(self) -> RunSpec:
        """The spec with its device settled."""
        return self._followed.spec

    def want(self, goal: float) -> None:
        """Say how far the run should go for this viewer: a step, PLAY or HOLD. Say it again at each look.

        A viewer watches one run: what they watched before is left.
        """
        left = self._engine.hold(self.viewer, self._followed)
        if self._followed.renew(self.viewer, goal, self.owner) or left:
            self._engine.hurry()

    def stay(self) -> None:
        """Say that the run should stay where it is for this viewer, who watches it already; waits for nothing."""
        self._followed.renew(self.viewer, HOLD, self.owner)
        self._engine.hurry()

    def leave(self) -> None:
        """Say that this viewer is gone; what nobody else wants then stops."""
        self._followed.leave(self.viewer)
        self._engine.hurry()

    def again(self) -> None:
        """Run again what was lost or failed; it goes on from the last state that was filed."""
        self._engine.again(self._followed)

    def snapshot(self) -> Snapshot:
        """Return the run as it stands now."""
        return self._followed.snapshot()
