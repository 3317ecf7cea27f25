"""What runs inside a worker process: one task per run, and asks beside them.

A run's task is let in, takes turns with the others, tells every recorded moment as it comes, rests
when nobody wants more of it, and goes when it has rested for long; its state is then on the shelf
and the next one who wants it gets it back from there, bit for bit.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import os
import pkgutil
import sys
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from distributed import Worker, WorkerPlugin, get_worker

from dlviz.engine.host import HOLD, Host, Want
from dlviz.engine.shelf import Shelf
from dlviz.recording import Moment, pack_moments
from dlviz.spec import Knobs, Mnist5k, RunSpec

TOPIC = "dlviz"  # events from workers to apps
TURN = 0.05  # seconds of computing before the next run has its turn
FIRST_TURN = 0.3  # but a run that has not moved yet is seen to move first: of thirty, half move in half the time
REST = 120.0  # seconds an unwanted run stays in memory
CROWDED_REST = 2.0  # and where others wait to be let in
STATE_EVERY = 2.0  # seconds after which a state is filed: what a fork or a lost run has to compute again
QUICK_STATE_EVERY = 0.25  # for points, where a fork is expected at once and a state is small
ASKERS = 4
LONG_ASKERS = 1  # for what takes seconds, so that what is quick never waits behind it
SWITCH = 0.0005  # seconds: a thread of many small tensor operations would wait ten times as long after each
NICENESS = 5  # a process of its own stands back behind the one that answers clicks


class Hosting(WorkerPlugin):
    """Makes a Dask worker a host of runs: hears wants, owns the shelf, warms torch up."""

    name = "dlviz-hosting"
    idempotent = True

    def __init__(self, folder: str, residents: int, limit: int):
        self.folder, self.residents, self.limit = folder, residents, limit

    def setup(self, worker: Worker) -> None:
        """Give the worker its host, its shelf and its askers, and begin to warm up."""
        if worker.nanny is not None:
            os.nice(max(0, NICENESS - os.nice(0)))  # whoever started it may stand back already
            sys.setswitchinterval(SWITCH)
        turns = Path(self.folder) / "turns"
        turns.mkdir(parents=True, exist_ok=True)
        worker.dlviz_shelf = Shelf(Path(self.folder) / "shelf", self.limit)
        worker.dlviz_host = Host(self.residents, turns / file_name(worker.address))
        worker.executors["asks"] = ThreadPoolExecutor(ASKERS, thread_name_prefix="asks")
        worker.executors["long"] = ThreadPoolExecutor(LONG_ASKERS, thread_name_prefix="long")
        worker.handlers["dlviz_hear"] = hear(worker)
        threading.Thread(target=warm_up, args=(worker,), daemon=True).start()


def hear(worker: Worker) -> Callable[..., int]:
    """Return the handler by which apps tell this worker what they want; it answers how many runs wait here."""

    def handler(app: str, wants: dict[str, tuple[float | None, list[str]]]) -> int:
        # JSON-like messages know no infinity: None is "to the end"
        goals = {d: Want(float("inf") if goal is None else goal, tuple(who)) for d, (goal, who) in wants.items()}
        worker.dlviz_host.hear(app, goals)
        return worker.dlviz_host.waiting

    return handler


def warm_up(worker: Worker) -> None:
    """Import torch before anybody needs it, and tell the apps what this worker computes on."""
    import torch

    from dlviz.training.run import Run

    torch.set_num_threads(1)
    cuda = torch.cuda.is_available()
    name = torch.cuda.get_device_name() if cuda else "CPU"
    device = "cuda" if cuda else "cpu"
    worker.dlviz_hardware = {"kind": "hardware", "device": device, "name": name, "address": worker.address}
    worker.log_event(TOPIC, worker.dlviz_hardware)
    # torch loads another two seconds' worth of code when the first optimizer is made
    pieces = Run(RunSpec(data=Mnist5k(train_share=0.02), device="cpu")).work(until=1)
    for _ in pieces:
        pass
    for found in pkgutil.iter_modules([str(Path(__file__).parents[1] / "concepts")]):
        if importlib.util.find_spec(f"dlviz.concepts.{found.name}.compute"):  # a concept need not compute
            importlib.import_module(f"dlviz.concepts.{found.name}.compute")


def known_hardware(dask_worker: Worker) -> dict[str, str] | None:
    """Return what a worker told the apps it computes on, None while it warms up; for apps that came later."""
    return getattr(dask_worker, "dlviz_hardware", None)


def file_name(address: str) -> str:
    """Return a worker's address as a file name."""
    return "".join(c if c.isalnum() else "_" for c in address)


# ------------------------------------------------------------------------------------ one run


class Told:
    """Tells the apps what happens to one run."""

    def __init__(self, worker: Worker, spec: RunSpec):
        self.worker, self.spec, self.digest = worker, spec, spec.digest

    def state(self, state: str, **more: object) -> None:
        """Tell the run's state: waiting, training, paused, finished, diverged or failed."""
        self.worker.log_event(TOPIC, {"kind": "run", "digest": self.digest, "state": state, **more})

    def moments(self, moments: list[Moment], **more: object) -> None:
        """Tell newly recorded moments."""
        buffer = pack_moments(moments)
        self.worker.log_event(TOPIC, {"kind": "run", "digest": self.digest, "buffer": buffer, **more})


def train(spec: RunSpec) -> str:
    """Compute a run as far as it is wanted; return how its task ended: finished, diverged or parked."""
    worker = get_worker()
    host, told = worker.dlviz_host, Told(worker, spec)
    rested = Rest(host)
    told.state("waiting", place=0)
    with host.place(spec.digest, lambda k: told.state("waiting", place=k), lambda: rested.over(spec.digest)) as inside:
        if not inside:
            return "parked"
        return Task(worker, spec, told).go()


class Rest:
    """How long a run has been wanted by nobody."""

    def __init__(self, host: Host):
        self.host, self.since = host, time.monotonic()

    def over(self, digest: str) -> bool:
        """Return whether the run was left alone for long enough to go."""
        now = time.monotonic()
        if self.host.want(digest).goal > HOLD:
            self.since = now
        return now - self.since > (CROWDED_REST if self.host.crowded else REST)


class Task:
    """One run inside a worker, from its last filed state to its end or its rest."""

    def __init__(self, worker: Worker, spec: RunSpec, told: Told):
        from dlviz.training.run import Run

        self.host: Host = worker.dlviz_host
        self.shelf: Shelf = worker.dlviz_shelf
        self.spec, self.told = spec, told
        with self.host.turn(spec.digest):
            past = [moment for moment in self.shelf.moments(spec) if moment.epoch <= spec.epochs]
            filed = self.shelf.state(spec, at_most=past[-1].step if past else 0)
            self.run = Run(spec, filed[1] if filed else None)
        past = [before(moment, self.run.total_steps) for moment in past if moment.step <= self.run.step]
        self.newest = past[-1] if past else None
        self.last = self.newest.step if self.newest else -1
        told.moments(past, step=self.run.step, total_steps=self.run.total_steps)
        self.pieces = self.run.work()
        self.through = False
        self.filed_at = time.monotonic()

    def go(self) -> str:
        """Take turns until the run is through, or parked."""
        rest = Rest(self.host)
        while not self.through:
            if self.more_wanted:
                self.told.state("training", step=self.run.step, total_steps=self.run.total_steps)
                self.train_on()
            if not self.through and self.rest(rest) == "parked":
                return "parked"
        return self.end()

    @property
    def more_wanted(self) -> bool:
        """Whether anybody wants the run to go further than it is."""
        return self.host.want(self.spec.digest).goal > self.run.step

    def train_on(self) -> None:
        """Take turns as long as more is wanted."""
        while not self.through and self.more_wanted:
            with self.host.turn(self.spec.digest):
                found = list(self.one_turn())
            if found:
                self.keep(found)

    def one_turn(self) -> Iterator[Moment]:
        """Yield the moments recorded in one turn, which ends early when the goal is reached."""
        began, moved = time.monotonic(), self.last > 0
        while time.monotonic() - began < (TURN if moved else max(TURN, FIRST_TURN)) and self.more_wanted:
            self.run.reach = self.host.want(self.spec.digest).goal
            try:
                moment = next(self.pieces)
            except StopIteration:  # the last moment was recorded after the last update
                self.through = True
                return
            if moment is not None:
                if "weights" not in moment:  # of large networks; whoever hears of a moment may ask about its network
                    self.shelf.keep_weights(self.spec, self.run.step, self.run.weights())
                moved = moment.step > 0
                yield moment

    def keep(self, moments: list[Moment]) -> None:
        """File and tell new moments."""
        self.last, self.newest = moments[-1].step, moments[-1]
        self.shelf.keep_moments(self.spec, moments)
        self.told.moments(moments, step=self.run.step, total_steps=self.run.total_steps)
        if time.monotonic() - self.filed_at > (QUICK_STATE_EVERY if self.spec.on_plane else STATE_EVERY):
            self.keep_state()

    def keep_state(self) -> None:
        """File the state, so that the run can go on from here in any process."""
        self.shelf.keep_state(self.spec, self.run.step, self.run.state())
        self.filed_at = time.monotonic()

    def rest(self, rest: Rest) -> str:
        """Wait until more is wanted ("go on") or nobody has wanted anything for long ("parked")."""
        self.told.state("paused", step=self.run.step, total_steps=self.run.total_steps)
        filed = False
        while not self.more_wanted:
            over = rest.over(self.spec.digest)
            if not filed and (over or self.host.is_watched(self.spec.digest)):
                self.come_to_rest()
                filed = True
            if over:
                self.told.state("parked", step=self.run.step)
                return "parked"
            self.host.wait(1.0)
        return "go on"

    def come_to_rest(self) -> None:
        """File where the run is. Whoever left it for another, as one who turned a knob, waits for that one instead."""
        if self.run.step != self.last:  # what the page shows at rest is where the run really is
            with self.host.turn(self.spec.digest):
                self.shelf.keep_weights(self.spec, self.run.step, self.run.weights())
                self.keep([self.run.moment()])
        self.keep_state()

    def end(self) -> str:
        """File and tell how the run ended."""
        state = "finished" if self.run.diverged_at is None else "diverged"
        if state == "finished":
            self.test()
        self.keep_state()
        self.shelf.keep_ending(self.spec, self.run.diverged_at)
        self.shelf.tidy()
        self.told.state(state, step=self.run.step, total_steps=self.run.total_steps, diverged_at=self.run.diverged_at)
        return state

    def test(self) -> None:
        """Tell the last moment with its test, where a longer run has filed it, which went on without one.

        It is told only: what the longer run filed stays as it is.
        """
        known = self.newest.arrays if self.newest else {}
        if not any(name.startswith("test_") for name in known):
            with self.host.turn(self.spec.digest):
                found = self.run.moment()
            self.told.moments([replace(found, arrays={**found.arrays, **known})], step=self.run.step)


def before(moment: Moment, end: int) -> Moment:
    """Return the moment; of one before the last update without its test, which a run that ends there has filed."""
    if moment.step >= end:
        return moment
    return replace(moment, arrays={name: one for name, one in moment.arrays.items() if not name.startswith("test_")})


# --------------------------------------------------------------------------------------- asks


def answer(name: str, arguments: tuple, options: Mapping[str, object]) -> object:
    """Return what the function `module:function` of ours says to these arguments.

    Where its first parameter is called `networks`, it gets `Networks.load` there. A generator is a long
    computation that stops for breath: it takes turns with the runs, and its answer is what it returns.
    Raises: ValueError where the name is none of ours.
    """
    module_name, _, function_name = name.partition(":")
    if not module_name.startswith("dlviz.") or function_name.startswith("_"):
        raise ValueError(f"{name[:80]!r} is no computation of dlviz")
    function = getattr(importlib.import_module(module_name), function_name)
    worker = get_worker()
    if next(iter(inspect.signature(function).parameters), "") == "networks":
        arguments = (networks_of(worker).load, *arguments)
    if inspect.isgeneratorfunction(function):
        return in_turns(worker.dlviz_host, function(*arguments, **options))
    with worker.dlviz_host.ask():
        return function(*arguments, **options)


def in_turns(host: Host, pieces: Generator[None, None, object]) -> object:
    """Return what a long computation returns, which has gone from piece to piece in turns of this host."""
    name = uuid.uuid4().hex[:24]  # as long as a run's
    while True:
        with host.turn(name):
            until = time.monotonic() + TURN
            try:
                next(pieces)
                while time.monotonic() < until:
                    next(pieces)
            except StopIteration as end:
                return end.value


def networks_of(worker: Worker) -> Networks:
    """Return the worker's store of networks, made when first asked for."""
    if not hasattr(worker, "dlviz_networks"):
        worker.dlviz_networks = Networks(worker.dlviz_shelf)
    return worker.dlviz_networks


class Networks:
    """Networks as they were after any step of any run: from the shelf, or trained again to that step."""

    REMEMBERED = 24

    def __init__(self, shelf: Shelf):
        self.shelf = shelf
        self._weights: OrderedDict[tuple[str, int], dict[str, np.ndarray]] = OrderedDict()

    def load(self, spec: RunSpec, step: int | None = None) -> tuple[object, object]:
        """Return (network in eval mode, Splits) as of `step`, or of the newest filed step where it is None."""
        from dlviz.data.load import load
        from dlviz.models.build import set_weights

        network = deepcopy(blank(spec.model_copy(update={"seed": 0, "epochs": 1, "knobs": Knobs(), "edits": ()})))
        set_weights(network, self.weights(spec, self.newest(spec) if step is None else step))
        return network.eval(), load(spec.data, spec.seed_of_data)

    def newest(self, spec: RunSpec) -> int:
        """Return the newest step of which weights are filed, 0 where there is none."""
        moments = self.shelf.moments(spec)
        return moments[-1].step if moments else 0

    def weights(self, spec: RunSpec, step: int) -> dict[str, np.ndarray]:
        """Return the network's tensors by name."""
        key = (spec.prefix(step).digest, step)
        if key not in self._weights:
            self._weights[key] = self.shelf.weights(spec, step) or trained_again(self.shelf, spec, step)
            while len(self._weights) > self.REMEMBERED:
                self._weights.popitem(last=False)
        return self._weights[key]


@lru_cache(maxsize=16)
def blank(spec: RunSpec) -> object:
    """Return a network whose weights are still to be set; to draw them at random takes longer than to copy them."""
    from dlviz.models.build import build_for

    return build_for(spec)


def trained_again(shelf: Shelf, spec: RunSpec, step: int) -> dict[str, np.ndarray]:
    """Return the weights after `step` updates, computed from the newest filed state before it."""
    from dlviz.training.run import Run

    filed = shelf.state(spec, at_most=step)
    run = Run(spec, filed[1] if filed else None)
    for _ in run.work(until=step):
        pass
    return run.weights()
