"""The promises of the engine, kept by real worker processes."""

import importlib
import inspect
import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from dlviz.engine import Engine
from dlviz.engine import engine as module
from dlviz.engine.followed import OVER, Followed
from dlviz.engine.host import HOLD, PLAY
from dlviz.recording import Recording
from dlviz.spec import ConvBlock, ConvNet, Knobs, Mlp, Mnist5k, MnistFull, Plane, RunSpec
from dlviz.training.run import Run
from dlviz.training.seeds import train_seeds
from tests.engine.conftest import until
from tests.waiting import until_so

SMALL = RunSpec(
    data=Mnist5k(train_share=0.1), network=ConvNet(blocks=(ConvBlock(channels=4),), dense=(8,)), device="cpu", epochs=2
)
LONG = SMALL.model_copy(update={"epochs": 1000})
# what has no equal from one computation to the next
CLOCK = {"seconds"}


def same_bits(one: Recording, other: Recording, steps: set[int] | None = None) -> bool:
    """Whether two recordings hold the same moments (those at `steps`), bit for bit."""
    rows = [[row for row in rec.moments if steps is None or row.step in steps] for rec in (one, other)]
    assert [row.step for row in rows[0]] == [row.step for row in rows[1]]
    return all(
        a.arrays.keys() == b.arrays.keys()
        and all(
            np.array_equal(a[name], b[name], equal_nan=a[name].dtype.kind == "f")
            for name in a.arrays
            if name not in CLOCK
        )
        for a, b in zip(*rows, strict=True)
    )


def finished(now):
    return now.state == "finished"


def test_a_run_in_a_worker_has_the_bits_of_a_run_here(engine):
    now = until(engine.watch(SMALL, "ann"), PLAY, finished)
    here = Recording(SMALL, tuple(moment for moment in Run(SMALL).work() if moment is not None))
    assert same_bits(now.recording, here)
    assert now.step == now.total_steps == here.moments[-1].step
    assert "test_accuracy" in now.recording.moments[-1]


def test_pause_keeps_the_step_and_play_goes_on_to_the_same_end(engine):
    spec = SMALL.model_copy(update={"seed": 1, "epochs": 6})
    watch = engine.watch(spec, "ann")
    until(watch, PLAY, lambda now: now.step > 3)
    at = until(watch, HOLD, lambda now: now.state == "paused").step
    time.sleep(0.5)
    watch.want(HOLD)
    assert watch.snapshot().step == at and watch.snapshot().state == "paused"
    until(watch, at + 1, lambda now: now.step == at + 1 and now.recording.moments[-1].step == at + 1)
    now = until(watch, PLAY, finished)
    here = [moment for moment in Run(spec).work() if moment is not None]
    assert same_bits(now.recording, Recording(spec, tuple(here)), {row.step for row in here})


def test_a_fork_with_no_knob_turned_equals_its_parent(engine):
    spec = SMALL.model_copy(update={"seed": 2, "knobs": Knobs(dropout=0.3)})
    parent = until(engine.watch(spec, "ann"), PLAY, finished).recording
    assert spec.fork(5) == spec
    # a fork that turns a knob and turns it back at once is another spec with the same knobs in force
    step = 5
    fork = spec.fork(step, learning_rate=0.5).fork(step, learning_rate=spec.knobs.learning_rate)
    assert fork == spec
    turned = spec.fork(step, learning_rate=0.05)
    child = until(engine.watch(turned, "ann"), PLAY, finished).recording
    shared = {row.step for row in parent.moments if row.step <= step}
    assert same_bits(parent, child, shared) and len(shared) > 1
    assert not np.array_equal(parent.moments[-1]["filters"], child.moments[-1]["filters"])
    here = Recording(turned, tuple(moment for moment in Run(turned).work() if moment is not None))
    assert same_bits(child, here)


def test_the_same_spec_runs_once_for_all_and_one_viewers_pause_stops_nobody(engine):
    spec = LONG.model_copy(update={"seed": 3})
    ann, bob = engine.watch(spec, "ann"), engine.watch(spec, "bob")
    until(ann, PLAY, lambda now: now.step > 2)
    bob.want(PLAY)
    tasks = [key for keys in engine._client.processing().values() for key in keys if spec.digest in key]
    assert len(tasks) == 1  # of Dask, so the run is computed once
    ann.want(HOLD)
    step = bob.snapshot().step
    until(bob, PLAY, lambda now: now.step > step + 20)
    assert ann.snapshot().step == bob.snapshot().step
    bob.leave()
    until(ann, HOLD, lambda now: now.state == "paused")


def test_a_run_nobody_looks_at_pauses(engine, monkeypatch):
    monkeypatch.setattr("dlviz.engine.followed.SILENCE", 1.0)
    watch = engine.watch(LONG.model_copy(update={"seed": 4}), "ann")
    until(watch, PLAY, lambda now: now.step > 2)
    time.sleep(2.5)  # the tab is closed: nobody says anything
    at = watch.snapshot().step
    time.sleep(1)
    assert watch.snapshot().step == at and watch.snapshot().state == "paused"


def worker_of(engine, spec: RunSpec) -> tuple[str, int]:
    """Return the address and the process number of the worker that computes the run."""
    key = engine._runs[spec.digest].future.key
    where = next(worker for worker, keys in engine._client.processing().items() if key in keys)
    return where, engine._client.run(os.getpid, workers=[where])[where]


def test_a_killed_worker_is_said_offered_again_and_nobody_elses_loss(engine):
    first, second = LONG.model_copy(update={"seed": 5}), LONG.model_copy(update={"seed": 6})
    ann, bob = engine.watch(first, "ann"), engine.watch(second, "bob")
    until(ann, PLAY, lambda now: now.step > 30)
    until(bob, PLAY, lambda now: now.step > 2)
    bob.want(HOLD)  # so that it is ann's run that computes when its process dies
    until(bob, HOLD, lambda now: now.state == "paused")
    os.kill(worker_of(engine, first)[1], signal.SIGKILL)
    lost = until(ann, PLAY, lambda now: now.state == "lost")
    step = bob.snapshot().step
    until(bob, PLAY, lambda now: now.step > step + 5)  # goes on by itself
    ann.again()
    now = until(ann, PLAY, lambda now: now.step > lost.step + 10)
    assert now.recording.steps[0] == 0 and np.all(np.diff(now.recording.steps) > 0)
    ann.leave(), bob.leave()


def test_runs_that_wait_know_their_place(engine):
    until_so(lambda: len(engine._workers) == 2, 120)  # one that is not warm yet is given no runs
    engine._client.run(lambda dask_worker: setattr(dask_worker.dlviz_host, "residents", 1))
    try:
        specs = [LONG.model_copy(update={"seed": 10 + i}) for i in range(5)]
        watches = [engine.watch(spec, f"pupil{i}") for i, spec in enumerate(specs)]

        def places(_) -> bool:
            for watch in watches:
                watch.want(PLAY)
            places = sorted(w.snapshot().place for w in watches if w.snapshot().place)
            return places in ([1, 1, 2], [1, 2, 3])  # five runs, two workers, one inside each

        until(watches[0], PLAY, places)
        for watch in watches:
            watch.leave()
    finally:
        engine._client.run(lambda dask_worker: setattr(dask_worker.dlviz_host, "residents", 32))


def test_divergence_freezes_the_run_and_says_when(engine):
    knobs = Knobs(optimizer="sgd", learning_rate=10, weight_decay=1)  # each update makes weights nine times as large
    spec = SMALL.model_copy(update={"knobs": knobs, "seed": 7, "epochs": 50})
    now = until(engine.watch(spec, "ann"), PLAY, lambda now: now.state in OVER)
    here = Run(spec)
    recorded = [moment for moment in here.work() if moment is not None]
    assert now.state == "diverged"
    assert now.recording.diverged_at == here.diverged_at == now.step
    assert same_bits(now.recording, Recording(spec, tuple(recorded)))
    frozen = until(engine.watch(spec, "bob"), PLAY, lambda now: now.state in OVER)  # whoever plays it on
    assert (frozen.state, frozen.step) == ("diverged", now.step)


def test_points_on_a_plane_run_as_well(engine):
    now = until(engine.watch(RunSpec(data=Plane(), network=Mlp(hidden=(4,)), device="cpu"), "a"), PLAY, finished)
    assert now.recording.steps[0] == 0 and "output_map" in now.recording.moments[-1]


def test_a_data_set_that_is_not_there_is_said(engine, tmp_path):
    empty = str(tmp_path)  # this machine may have all the digits
    engine._client.run(lambda: os.environ.update(DLVIZ_DATA=empty))
    try:
        spec = RunSpec(data=MnistFull(), device="cpu")
        now = until(engine.watch(spec, "ann"), PLAY, lambda now: now.state in OVER)
        assert now.state == "failed"
        assert now.message.startswith(f"data: mnist-full is not in {empty}")
    finally:
        engine._client.run(lambda: os.environ.pop("DLVIZ_DATA"))


def test_asks_answer_while_runs_compute(engine):
    busy = [engine.watch(LONG.model_copy(update={"seed": 20 + i}), f"ann{i}") for i in range(4)]
    for watch in busy:
        until(watch, PLAY, lambda now: now.step > 0)
    answer = engine.ask("dlviz.data.load:load", Mnist5k(train_share=0.05), 0)
    assert len(answer.result(timeout=60).train) == 200
    for watch in busy:
        watch.leave()


def test_long_asks_answer_beside_runs_and_quick_asks(engine):
    watch = engine.watch(LONG.model_copy(update={"seed": 40}), "ann")
    until(watch, PLAY, lambda now: now.step > 0)
    points = RunSpec(data=Plane(points=60), network=Mlp(hidden=(3,)), device="cpu", epochs=9)
    long = [engine.ask("dlviz.concepts.playground.compute:many_seeds", points, count, 9) for count in range(2, 8)]
    quick = engine.ask("dlviz.data.load:load", Mnist5k(train_share=0.05), 7)
    assert len(quick.result(timeout=60).train) == 200
    curves, _ = long[1].result(timeout=60)
    assert np.array_equal(curves.train_loss, train_seeds(points, range(3), 9, new_data=True)[0].train_loss)
    watch.leave()


def test_equal_asks_are_computed_once_and_bad_answers_are_not_kept(engine):
    answer = engine.ask("dlviz.data.load:load", Mnist5k(train_share=0.05), 1)
    assert engine.ask("dlviz.data.load:load", Mnist5k(train_share=0.05), 1) is answer
    assert answer.result(timeout=60) is engine.ask("dlviz.data.load:load", Mnist5k(train_share=0.05), 1).result()
    assert engine.ask("dlviz.data.load:load", Mnist5k(train_share=0.05), 2) is not answer
    bad = engine.ask("dlviz.concepts.cnn.compute:digit", SMALL, "nowhere", 0)
    with pytest.raises(AttributeError):
        bad.result(timeout=60)
    assert engine.ask("dlviz.concepts.cnn.compute:digit", SMALL, "nowhere", 0) is not bad


def test_what_may_change_is_computed_at_each_ask(engine):
    asked = engine.ask("dlviz.data.digits:digits_folder")
    asked.result(timeout=60)
    until_so(lambda: asked not in engine._answers.values())
    assert engine.ask("dlviz.data.digits:digits_folder") is not asked


def test_answers_are_kept_only_as_long_as_there_is_room(engine, monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED", 2)
    answers = [engine.ask("dlviz.data.load:load", Mnist5k(train_share=0.05), seed) for seed in (3, 4, 5)]
    for answer in answers:
        answer.result(timeout=60)
    assert engine.ask("dlviz.data.load:load", Mnist5k(train_share=0.05), 5) is answers[2]
    assert engine.ask("dlviz.data.load:load", Mnist5k(train_share=0.05), 3) is not answers[0]


def test_a_viewer_watches_one_run(engine):
    first, second = (engine.watch(LONG.model_copy(update={"seed": seed}), "zoe", "zoe") for seed in (30, 31))
    until(first, PLAY, lambda now: now.step > 0)
    until(second, PLAY, lambda now: now.step > 0)
    until_so(lambda: first.snapshot().state == "paused")
    at = first.snapshot().step
    second.want(PLAY)
    assert first.snapshot().step == at
    assert [engine._runs[watch.spec.digest].owners for watch in (first, second)] == [set(), {"zoe"}]
    second.leave()
    assert not engine._runs[second.spec.digest].watched


def test_who_is_alone_is_heard_at_once_and_a_crowd_in_one_telling():
    assert [module.breath(runs) for runs in (0, 1, 4, 10, 1000)] == [0, 0.005, 0.02, 0.05, 0.05]


def test_people_are_counted_once_however_many_runs_they_watch(engine, monkeypatch):
    runs = [Followed(SMALL.model_copy(update={"seed": 60 + i})) for i in range(3)]
    monkeypatch.setattr(engine, "_runs", {run.digest: run for run in runs})
    assert engine.owners == 0
    for run, viewer, owner in zip((*runs, runs[0]), "abcd", ("ann", "ann", "bob", "bob"), strict=True):
        run.renew(viewer, HOLD, owner)
    assert engine.owners == 2


def test_runs_are_shared_out_evenly_among_the_workers(engine):
    watches = [engine.watch(LONG.model_copy(update={"seed": 40 + i}), f"eve{i}") for i in range(6)]
    for watch in watches:
        watch.want(PLAY)
    for watch in watches:
        until(watch, PLAY, lambda now: now.step > 0)
    places = [engine._runs[watch.spec.digest].worker for watch in watches]
    assert sorted(Counter(places).values()) == [3, 3]
    for watch in watches:
        watch.leave()


@pytest.mark.parametrize("name", ["os:getcwd", "dlviz.engine.worker:_x", "subprocess:run"])
def test_only_our_own_computations_can_be_asked_for(engine, name):
    with pytest.raises(ValueError, match="no computation"):
        engine.ask(name).result(timeout=60)


def test_an_app_that_comes_later_finds_the_workers_warm(engine, tmp_path):
    later = Engine(scheduler=engine._cluster.scheduler_address, folder=str(tmp_path))
    try:
        assert later.wait_until_ready(30), later.error
        assert later.hardware()[0] == engine.hardware()[0] and later.device == engine.device
        now = until(later.watch(SMALL, "zoe"), PLAY, finished)  # the same spec, computed once for both
        assert now.recording.moments[-1].step == now.total_steps
    finally:
        later.stop()


def test_best_is_settled_to_a_device_that_exists(engine):
    spec = engine.settled(SMALL.model_copy(update={"device": "best"}))
    assert spec.device == engine.device


def test_the_network_of_every_recorded_moment_is_there_to_be_asked(engine):
    spec = SMALL.model_copy(update={"network": Mlp(hidden=(8,)), "seed": 8})
    now = until(engine.watch(spec, "ann"), PLAY, finished)
    for moment in now.recording.moments:
        assert engine.shelf.weights(spec, moment.step) is not None
    half = Run(spec)
    list(half.work(until=now.recording.moments[3].step))
    found = engine.shelf.weights(spec, half.step)
    assert all(np.array_equal(found[name], values) for name, values in half.weights().items())


def asked() -> dict[str, Callable]:
    """Return what the pages ask for, by its name, `module:function`."""
    found = {}
    for file in module.repository().glob("dlviz/concepts/*/panels/*.py"):
        text = file.read_text(encoding="utf-8")
        for where, function in re.findall(r"(COMPUTE\}|dlviz(?:\.\w+)+):(\w+)", text):
            where = f"dlviz.concepts.{file.parts[-3]}.compute" if where == "COMPUTE}" else where
            found[f"{where}:{function}"] = getattr(importlib.import_module(where), function)
    return found


def test_what_pages_ask_for_is_long_work_where_it_goes_from_piece_to_piece():
    every = asked()
    assert {name: module.is_long(name) for name in every} == {
        name: inspect.isgeneratorfunction(function) for name, function in every.items()
    }
    learns = {name for name in every if module.is_long(name)}
    trained = ("logistic_regression.compute:trial", "mlp.compute:outcomes", "rnn.compute:spread")
    assert learns >= {f"dlviz.concepts.{name}" for name in (*trained, "linear_regression.compute:seeds")}


def test_what_is_not_there_is_no_long_work():
    names = ("dlviz.nowhere:learn", "dlviz.training.deep:nothing", "dlviz:learn", "dlviz", "", ".:a")
    assert not any(map(module.is_long, names))
