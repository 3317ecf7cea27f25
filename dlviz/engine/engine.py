"""The engine is where runs execute: Dask workers, in this process, on this machine or in a cluster.

The app hands it a spec and follows the moments (`watch`), or asks for a computation by name and
gets arrays (`ask`). The same spec asked for twice, by anyone, runs once. The app itself neither
trains nor imports torch.
"""

from __future__ import annotations

import asyncio
import importlib.util
import inspect
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import dask
from distributed import Client, KilledWorker, LocalCluster
from distributed import Future as Task

from dlviz.engine.fingerprint import fingerprint
from dlviz.engine.followed import OVER, Followed, Watch
from dlviz.engine.host import PLAY, turn_at_death
from dlviz.engine.shelf import Shelf
from dlviz.engine.worker import SWITCH, TOPIC, Hosting, answer, file_name, known_hardware, train
from dlviz.recording import unpack_moments
from dlviz.spec import RunSpec

BEAT = 1.0  # seconds between two tellings of what is wanted, where nothing changes
BREATH = 0.05  # and at least, so that many viewers who want something at once are served in one telling;
BREATH_PER_RUN = 0.005  # less where there are few runs: who stops one should not wait for a crowd that is not there
FORGOTTEN = 600.0  # seconds after which a run that nobody watches is dropped from this process
ATTEMPTS = 3  # to start workers on this machine
THREADS = 256  # tasks a worker may hold; the host inside it decides who computes
REMEMBERED = 256  # answers kept for whoever asks the same again
LASTING = ("dlviz.concepts.", "dlviz.data.load:")  # their answers depend on the question alone

SETTINGS = {
    "distributed.scheduler.allowed-failures": 0,  # a lost run is offered again, never repeated silently
    "distributed.scheduler.work-stealing": False,
    "distributed.admin.low-level-log-length": 20,  # the scheduler would keep a thousand moments
    "distributed.worker.memory.terminate": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.daemon": True,
    "distributed.worker.profile.enabled": False,  # it looks at every thread a hundred times a second
    "distributed.comm.timeouts.connect": "30s",
}


class Hardware(NamedTuple):
    """What computes: device name, worker processes, runs waiting, and whether it is warm."""

    device: str
    workers: int
    waiting: int
    ready: bool


class Engine:
    """Runs and asks. It starts in the background: everything may be called before it is ready."""

    def __init__(self, workers: int | None = None, scheduler: str | None = None, folder: str | None = None):
        self.workers = default_workers() if workers is None else workers
        self.scheduler = scheduler
        self.folder = Path(folder or tempfile.mkdtemp(prefix="dlviz-"))
        self._temporary = folder is None
        self.shelf = Shelf(self.folder / "shelf", limit())
        self.app = uuid.uuid4().hex
        self.device = ""  # "cpu" or "cuda", once a worker has said so
        self.error = ""
        self._device_name = ""
        self._waiting = 0
        self._client: Client | None = None
        self._cluster: LocalCluster | None = None
        self._runs: dict[str, Followed] = {}
        self._held: dict[str, Followed] = {}  # viewer -> the run they watch
        self._workers: dict[str, None] = {}  # addresses of those that have said that they are warm
        self._answers: OrderedDict[str, Future] = OrderedDict()
        self._first: tuple[RunSpec, ...] = ()
        self._lock = threading.RLock()
        self._news = threading.Event()
        self._ready = threading.Event()
        self._stopped = False
        threading.Thread(target=self._live, name="engine", daemon=True).start()

    # --------------------------------------------------------------------------------- life

    def _live(self) -> None:
        try:
            self._connect()
        except Exception as error:  # said on every page instead of dying in a thread
            self.error = "; ".join(f"{type(one).__name__}: {one}" for one in causes(error))
            self._ready.set()
            return
        while not self._stopped:
            self._news.wait(BEAT)
            self._news.clear()
            if self._ready.is_set():
                time.sleep(breath(self._beat()))

    def _connect(self) -> None:
        dask.config.set(SETTINGS)
        address = self.scheduler or self._local_cluster()
        client = Client(address, set_as_default=False, name="dlviz")
        client.subscribe_topic(TOPIC, self._hear)
        client.register_plugin(Hosting(str(self.folder), residents(self.workers), limit()))
        self._client = client
        for news in client.run(known_hardware, on_error="ignore").values():  # of workers that were warm before we came
            if news:
                self._hear((0.0, news))

    def _local_cluster(self) -> LocalCluster:
        """Return workers of this machine; a process that does not come up on a crowded machine is tried again."""
        for left in reversed(range(ATTEMPTS)):
            try:
                self._cluster = LocalCluster(**self._local_options())
                break
            except Exception:
                if not left:
                    raise
        return self._cluster

    def _local_options(self) -> dict[str, object]:
        options: dict[str, object] = {"n_workers": max(self.workers, 1), "processes": self.workers > 0}
        if self.workers:
            path = os.pathsep.join(filter(None, [str(repository()), os.environ.get("PYTHONPATH")]))
            # GNU's OpenMP, which torch's wheels bring, would otherwise let idle threads burn a core that is shared
            options["env"] = {"PYTHONPATH": path, "GOMP_SPINCOUNT": os.environ.get("GOMP_SPINCOUNT", "2000")}
        return {
            **options,
            "threads_per_worker": THREADS,
            "dashboard_address": ":0",
            "memory_limit": 0,
            "silence_logs": 50,
        }

    def wait_until_ready(self, seconds: float = 60) -> bool:
        """Return whether a worker is warm within so many seconds."""
        return self._ready.wait(seconds) and not self.error

    def stop(self) -> None:
        """End all workers and remove what was only for this engine."""
        self._stopped = True
        self._news.set()
        # a run that still talks while its listener goes would be reported as an error, message and all
        logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
        for part in (self._client, self._cluster):
            if part is not None:
                part.close()
        if self._temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def hardware(self) -> Hardware:
        """Return what computes here, as far as it is known."""
        return Hardware(self._device_name, self.workers, self._waiting, bool(self.device))

    # --------------------------------------------------------------------------------- runs

    def settled(self, spec: RunSpec) -> RunSpec | None:
        """Return the spec on a device that exists ("best" is the best here), None while none is known."""
        if not self.device:
            return None
        usable = spec.device != "best" and (spec.device == "cpu" or self.device == "cuda")
        return spec if usable else spec.model_copy(update={"device": self.device})

    def watch(self, spec: RunSpec, viewer: str, owner: str = "") -> Watch | None:
        """Return this viewer's hold on the run, which starts when somebody wants it; None while workers warm up.

        `owner` is the person behind the viewer: turns are shared out fairly between owners.
        """
        settled = self.settled(spec)
        if settled is None:
            return None
        with self._lock:
            followed = self._runs.get(settled.digest)
            if followed is None:
                followed = self._runs[settled.digest] = self._take_up(settled)
        return Watch(self, followed, viewer, owner or viewer)

    def _take_up(self, spec: RunSpec) -> Followed:
        """Return a new followed run with all that the shelf knows of it."""
        followed = Followed(spec)
        past = [moment for moment in self.shelf.moments(spec) if moment.epoch <= spec.epochs]
        followed.add(past)
        through, diverged_at = self.shelf.ending(spec)
        if past:
            followed.step = past[-1].step
            followed.state = "paused"
        if through and past:
            followed.total_steps = followed.step
            followed.diverged_at = diverged_at
            followed.state = "finished" if diverged_at is None else "diverged"
        return followed

    def begin_with(self, specs: Iterable[RunSpec]) -> None:
        """Compute these runs to their end although nobody looks yet, so that the first visitor finds them learnt."""
        self._first = tuple(specs)
        self.hurry()

    def _renew_first(self) -> None:
        left = []
        for spec in self._first:
            watch = self.watch(spec, f"house/{spec.digest}", "house")
            if watch is None or watch.snapshot().state not in OVER:
                left.append(spec)
            if watch is not None:
                watch.want(PLAY)
        self._first = tuple(left)

    def hold(self, viewer: str, followed: Followed) -> bool:
        """Note which run a viewer watches; return whether they have left another one for it."""
        with self._lock:
            before, self._held[viewer] = self._held.get(viewer), followed
        if before in (None, followed):
            return False
        before.leave(viewer)
        return True

    @property
    def owners(self) -> int:
        """How many people watch runs at present."""
        runs = list(self._runs.values())  # a copy made in one piece: pages ask often, and need no lock for it
        return len(set().union(*(followed.owners for followed in runs)))

    def again(self, followed: Followed) -> None:
        """Start a lost or failed run again from its last filed state."""
        with self._lock:
            if followed.state in ("lost", "failed"):
                followed.state, followed.message = "starting", ""
                followed.future = None
        self.hurry()

    def hurry(self) -> None:
        """Tell the workers at once what is wanted, instead of at the next beat."""
        self._news.set()

    def _beat(self) -> int:
        """Submit what is wanted and not under way, tell the workers all wants, drop what is forgotten.

        Returns how many runs are watched.
        """
        self._renew_first()
        with self._lock:
            runs = list(self._runs.values())
        wants = {}
        for followed in runs:
            want = followed.want()
            if followed.watched:
                wants[followed.digest] = (None if want.goal == float("inf") else want.goal, list(want.owners))
            if want.goal > followed.step and followed.state not in OVER and followed.idle:
                self._submit(followed)
        self._tell(wants)
        self._forget()
        return len(wants)

    def _submit(self, followed: Followed) -> None:
        key = f"run-{followed.digest}-{followed.attempt}"
        followed.attempt += 1
        if followed.state == "starting" or followed.state == "paused":
            followed.state = "waiting"
        followed.worker = self._place()
        options = {"workers": [followed.worker], "allow_other_workers": True} if followed.worker else {}
        followed.future = self._client.submit(train, followed.spec, key=key, pure=False, **options)
        followed.future.add_done_callback(lambda future: self._ended(followed, future))

    def _place(self) -> str:
        """Return the worker with the fewest runs; Dask would go by how long runs take, which nobody knows."""
        with self._lock:
            busy = Counter(followed.worker for followed in self._runs.values() if followed.future is not None)
            return min(self._workers, key=lambda address: busy[address], default="")

    def _tell(self, wants: dict[str, tuple[float | None, list[str]]]) -> None:
        async def tell() -> None:
            scheduler = self._client.scheduler
            if scheduler is None:  # the engine has been stopped since
                return
            said = await scheduler.broadcast(
                msg={"op": "dlviz_hear", "app": self.app, "wants": wants}, on_error="ignore"
            )
            self._waiting = sum(n for n in said.values() if isinstance(n, int))

        self._client.loop.add_callback(tell)

    def _forget(self) -> None:
        now = time.monotonic()
        with self._lock:
            for digest, followed in list(self._runs.items()):
                if now - followed.touched > FORGOTTEN and followed.future is None:
                    del self._runs[digest]
            self._held = {viewer: followed for viewer, followed in self._held.items() if followed.watched}

    # --------------------------------------------------------------------------------- news

    def _hear(self, event: tuple[float, dict[str, object]]) -> None:
        """Take in one message of a worker (called in the client's own thread)."""
        news = event[1]
        if news["kind"] == "hardware":
            self.device, self._device_name = str(news["device"]), str(news["name"])
            with self._lock:
                self._workers[str(news["address"])] = None
            self._ready.set()
            self._news.set()
        elif followed := self._runs.get(str(news["digest"])):
            if "buffer" in news:
                followed.add(unpack_moments(news["buffer"])[1])
            followed.hear(news)

    def _ended(self, followed: Followed, future: Task) -> None:
        """Take in how a run's task ended: through, parked, with an error, or with its process."""
        error = future.exception() if future.status == "error" else None
        if isinstance(error, KilledWorker):
            self._lost(followed, error)
        elif error is not None:
            followed.state, followed.message = "failed", str(error)
        followed.ended_at = time.monotonic()
        followed.future = None
        self._news.set()

    def _lost(self, followed: Followed, error: KilledWorker) -> None:
        """Offer the run that was computing when its process died; let the bystanders go on by themselves."""
        address = error.last_worker.address
        with self._lock:
            self._workers.pop(address, None)
        guilty = turn_at_death(self.folder / "turns" / file_name(address))
        if guilty in (None, followed.digest):
            followed.message = "worker"
            followed.state = "lost"

    # --------------------------------------------------------------------------------- asks

    def ask(self, name: str, *arguments: object, **options: object) -> Future:
        """Return the coming answer of `module:function` to these arguments; equal asks are computed once.

        Asks never wait behind runs. The arrays of an answer belong to all who asked for it: read only.
        Raises: RuntimeError where no worker comes up.
        """
        if not self.wait_until_ready():
            raise RuntimeError(self.error or "no worker is ready")
        key = f"ask-{fingerprint(name, arguments, options)}"
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
            coming = self._answers[key] = self._answer(key, name, arguments, options)
        coming.add_done_callback(lambda answered: self._keep(key, name, answered))
        return coming

    def _answer(self, key: str, name: str, arguments: tuple, options: dict[str, object]) -> Future:
        async def fetch() -> object:
            with dask.annotate(executor="long" if is_long(name) else "asks"):
                task = self._client.submit(answer, name, arguments, options, key=key, priority=100)
            return await task

        return asyncio.run_coroutine_threadsafe(fetch(), self._client.loop.asyncio_loop)

    def _keep(self, key: str, name: str, answered: Future) -> None:
        """Keep a good answer for the next who asks, as long as there is room; a bad one only for those who wait."""
        good = not answered.cancelled() and answered.exception() is None
        with self._lock:
            if not (good and name.startswith(LASTING)):
                self._answers.pop(key, None)
            while len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)


def breath(runs: int) -> float:
    """Return the seconds between two tellings of what is wanted, at least, where so many runs are watched."""
    return min(BREATH, BREATH_PER_RUN * runs)


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what it was caused by, one after the other."""
    while error is not None:
        yield error
        error = error.__cause__


# -------------------------------------------------------------------------------------- settings


def repository() -> Path:
    """Return the folder that holds the package."""
    return Path(__file__).parents[2]


def default_workers() -> int:
    """Return how many worker processes to start: DLVIZ_WORKERS, or one a core, eight at most."""
    text = os.environ.get("DLVIZ_WORKERS", "")
    return max(0, int(text)) if text.isdecimal() else min(os.cpu_count() or 1, 8)


@lru_cache(maxsize=REMEMBERED)
def is_long(name: str) -> bool:
    """Return whether the function `module:function` is a long computation: one that goes from piece to piece.

    Such a one takes turns with the runs, so it must not keep a place from what is quick. Its compiled code says so;
    this process imports nothing that computes.
    """
    where, _, function = name.partition(":")
    try:
        found = importlib.util.find_spec(where)
    except (ImportError, ValueError):  # no module of that name: the worker will say so
        return False
    code = found.loader.get_code(where) if found is not None and found.has_location else None
    functions = {one.co_name: one for one in getattr(code, "co_consts", ()) if isinstance(one, CodeType)}
    return function in functions and bool(functions[function].co_flags & inspect.CO_GENERATOR)


def residents(workers: int) -> int:
    """Return how many runs a worker holds in memory: DLVIZ_RESIDENTS, or 32 (8 within the app's own process)."""
    text = os.environ.get("DLVIZ_RESIDENTS", "")
    return max(1, int(text)) if text.isdecimal() else (32 if workers else 8)


def limit() -> int:
    """Return how many bytes the shelf may hold: DLVIZ_SHELF_LIMIT in MB, or 4 GB."""
    text = os.environ.get("DLVIZ_SHELF_LIMIT", "")
    return int(text) * 1_000_000 if text.isdecimal() else 4_000_000_000


_current: Engine | None = None
_starting = threading.Lock()


def current() -> Engine:
    """Return this process's engine, started where it is not yet."""
    global _current
    with _starting:
        if _current is None:
            _current = Engine(scheduler=os.environ.get("DLVIZ_SCHEDULER"), folder=os.environ.get("DLVIZ_SHELF"))
    return _current


def start() -> None:
    """Start this process's engine in the background; returns at once.

    Threads of this process take turns more often from now on: the one that carries all messages
    would otherwise wait, at every word, for a page that is being made.
    """
    sys.setswitchinterval(SWITCH)
    current()


def stop() -> None:
    """Stop this process's engine, if it was started."""
    global _current
    with _starting:
        engine, _current = _current, None
    if engine is not None:
        engine.stop()
