"""Inside a worker: a run goes as far as it is wanted, from where it was filed, and its networks can be asked about."""

from collections.abc import Generator
from types import SimpleNamespace

import numpy as np
import pytest

from dlviz.engine import worker as module
from dlviz.engine.host import HOLD, PLAY, Host, Want
from dlviz.engine.shelf import Shelf
from dlviz.engine.worker import Networks, Rest, Task, Told, answer, file_name, hear, train
from dlviz.recording import Moment, unpack_moments
from dlviz.spec import Knobs, Mlp, Mnist5k, Plane, RunSpec
from dlviz.training.run import Run

TINY = RunSpec(
    data=Mnist5k(train_share=0.05), network=Mlp(hidden=(8,)), device="cpu", epochs=2, knobs=Knobs(dropout=0.2)
)
APP = "app"


class Worker(SimpleNamespace):
    """What of a Dask worker the hosting needs: a host, a shelf, and somebody who hears what is told."""

    def __init__(self, folder: object) -> None:
        super().__init__(dlviz_host=Host(4), dlviz_shelf=Shelf(folder), told=[])

    def log_event(self, topic: str, news: dict[str, object]) -> None:
        """Note what was told."""
        assert topic == module.TOPIC
        self.told.append(news)

    def wants(self, spec: RunSpec, goal: float) -> None:
        """Let somebody want the run to go so far."""
        self.dlviz_host.hear(APP, {spec.digest: Want(goal, ("ann",))})

    @property
    def moments(self) -> list[Moment]:
        """All moments told, in the order of telling."""
        return [row for news in self.told if "buffer" in news for row in unpack_moments(news["buffer"])[1]]

    @property
    def states(self) -> list[str]:
        """All states told, repeated ones once."""
        found = [news["state"] for news in self.told if "state" in news]
        return [state for i, state in enumerate(found) if not i or found[i - 1] != state]


@pytest.fixture
def worker(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """Return a worker without a cluster."""
    found = Worker(tmp_path)
    monkeypatch.setattr(module, "get_worker", lambda: found)
    monkeypatch.setattr(module, "REST", 0.0)
    monkeypatch.setattr(found.dlviz_host, "wait", lambda _: found.dlviz_host.hear(APP, {}))  # who watched a rest leaves
    return found


def here(spec: RunSpec) -> list[Moment]:
    """Return all moments of the run as it goes without a worker."""
    return [moment for moment in Run(spec).work() if moment is not None]


def same_bits(one: list[Moment], other: list[Moment]) -> bool:
    """Return whether two rows of moments are the same, but for the clock."""
    return [row.step for row in one] == [row.step for row in other] and all(
        np.array_equal(a[name], b[name])
        for a, b in zip(one, other, strict=True)
        for name in a.arrays
        if name != "seconds"
    )


# --------------------------------------------------------------------------------------------- runs


def test_a_wanted_run_goes_to_its_end_and_is_filed(worker: Worker) -> None:
    worker.wants(TINY, PLAY)
    assert train(TINY) == "finished"
    assert worker.states == ["waiting", "training", "finished"]
    assert same_bits(worker.moments, here(TINY))
    assert same_bits(worker.dlviz_shelf.moments(TINY), here(TINY))
    assert worker.dlviz_shelf.ending(TINY) == (True, None)
    assert worker.told[-1]["step"] == worker.told[-1]["total_steps"] == here(TINY)[-1].step


def test_an_unwanted_run_rests_where_it_is_wanted_and_goes(worker: Worker) -> None:
    worker.wants(TINY, 3)
    assert Task(worker, TINY, Told(worker, TINY)).go() == "parked"
    assert worker.states == ["training", "paused", "parked"]
    assert worker.moments[-1].step == 3
    assert worker.dlviz_shelf.state(TINY)[0] == 3


def test_a_run_that_everybody_has_left_is_measured_when_it_goes_and_not_before(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REST", 3600.0)
    task, measured = Task(worker, TINY, Told(worker, TINY)), []
    worker.wants(TINY, 3)
    task.train_on()
    worker.dlviz_host.hear(APP, {})  # all have left for other runs

    def look(_: float) -> None:
        measured.append(task.last)
        if len(measured) == 2:  # nobody looks, nothing is measured; now somebody does, without wanting more
            worker.wants(TINY, HOLD)
        if len(measured) == 4:
            monkeypatch.setattr(module, "REST", -1.0)
            worker.dlviz_host.hear(APP, {})

    monkeypatch.setattr(worker.dlviz_host, "wait", look)
    assert task.rest(Rest(worker.dlviz_host)) == "parked"
    assert measured == [2, 2, 3, 3]
    assert worker.moments[-1].step == 3


@pytest.mark.parametrize(("first", "steps"), [(0.0, []), (3600.0, [0, 1])])
def test_a_run_that_has_not_moved_keeps_its_turn_until_it_has(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, first: float, steps: list[int]
) -> None:
    clock = iter(range(10_000))
    monkeypatch.setattr(module, "TURN", 0.5)  # each look at the clock takes a second: a turn is one piece of work
    monkeypatch.setattr(module, "FIRST_TURN", first)
    worker.wants(TINY, PLAY)
    task = Task(worker, TINY, Told(worker, TINY))
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    assert [moment.step for moment in task.one_turn()] == steps
    task.last = 1
    assert len(list(task.one_turn())) <= 1  # once it has moved, its turns are as long as any other's


def test_a_parked_run_goes_on_to_the_same_bits(worker: Worker) -> None:
    worker.wants(TINY, 3)
    Task(worker, TINY, Told(worker, TINY)).go()
    worker.told.clear()
    worker.wants(TINY, PLAY)
    assert Task(worker, TINY, Told(worker, TINY)).go() == "finished"
    assert worker.moments[0].step == 0  # whoever follows now hears of the past first
    told = {row.step: row for row in worker.moments}  # the one at rest may be told again when it is due
    assert same_bits([told[row.step] for row in here(TINY)], here(TINY))


def test_a_fork_goes_on_from_its_parents_past(worker: Worker) -> None:
    worker.wants(TINY, PLAY)
    Task(worker, TINY, Told(worker, TINY)).go()
    fork = TINY.fork(4, learning_rate=0.1)
    worker.wants(fork, PLAY)
    worker.told.clear()
    task = Task(worker, fork, Told(worker, fork))
    assert [row.step for row in worker.moments] == [row.step for row in here(TINY) if row.step <= task.run.step]
    task.go()
    assert same_bits(worker.dlviz_shelf.moments(fork), here(fork))


def test_a_run_that_a_longer_one_has_overtaken_is_tested_at_its_own_end(worker: Worker) -> None:
    longer = TINY.model_copy(update={"epochs": 4})
    worker.wants(longer, here(TINY)[-1].step)  # it rests exactly where the shorter one ends
    Task(worker, longer, Told(worker, longer)).go()
    for spec in (TINY, longer, TINY):
        worker.told.clear()
        worker.wants(spec, PLAY)
        assert train(spec) == "finished"
        told = {row.step: row for row in worker.moments}
        assert [step for step, row in told.items() if "test_loss" in row] == [here(spec)[-1].step]
        assert same_bits([told[row.step] for row in here(spec)], here(spec))


def test_a_run_that_diverges_is_filed_with_the_step(worker: Worker) -> None:
    knobs = Knobs(optimizer="sgd", learning_rate=10)
    spec = RunSpec(data=Plane(points=60), network=Mlp(hidden=(8, 8)), device="cpu", epochs=90, knobs=knobs)
    spec = spec.fork(2, weight_decay=1)  # from then on each update makes weights nine times as large
    worker.wants(spec, PLAY)
    done, run = train(spec), Run(spec)
    list(run.work())
    assert run.diverged_at is not None
    assert done == "diverged"
    assert worker.dlviz_shelf.ending(spec) == (True, run.diverged_at)
    assert worker.told[-1]["diverged_at"] == run.diverged_at


def test_rest_is_shorter_where_others_wait(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST", 100.0)
    rest, host, now = Rest(worker.dlviz_host), worker.dlviz_host, module.time.monotonic()
    monkeypatch.setattr(module.time, "monotonic", lambda: now + 50)
    assert not rest.over("run")
    monkeypatch.setattr(type(host), "crowded", True)
    assert rest.over("run")
    host.hear(APP, {"run": Want(PLAY, ("ann",))})
    assert not rest.over("run")


def test_what_apps_want_is_heard_with_no_end_as_none(worker: Worker) -> None:
    assert hear(worker)(APP, {"a": (None, ["ann"]), "b": (7, []), "c": (HOLD, [])}) == 0
    assert worker.dlviz_host.want("a") == Want(PLAY, ("ann",))
    assert worker.dlviz_host.want("b") == Want(7, ())
    assert worker.dlviz_host.want("c") == Want(HOLD, ())


def test_an_address_is_a_file_name() -> None:
    assert file_name("tcp://127.0.0.1:41") == "tcp___127_0_0_1_41"
    assert "/" not in file_name("../../etc")


# --------------------------------------------------------------------------------------------- asks


@pytest.mark.parametrize(
    "name", ["os:getcwd", "dlviz", "dlvizard.x:y", "dlviz.engine.worker:_x", "subprocess:run", "", ":", "a" * 500]
)
def test_only_our_own_computations_are_answered(worker: Worker, name: str) -> None:
    with pytest.raises(ValueError, match="no computation of dlviz"):
        answer(name, (), {})


def test_a_question_holds_runs_back_while_it_is_answered(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("dlviz.data.load.load", lambda *given: asked.append((worker.dlviz_host._asks, given)))
    answer("dlviz.data.load:load", (Mnist5k(), 3), {})
    assert asked == [(1, (Mnist5k(), 3))]
    assert worker.dlviz_host._asks == 0


def test_a_question_about_networks_gets_them(worker: Worker) -> None:
    worker.wants(TINY, PLAY)
    train(TINY)
    picture = np.zeros((28, 28), np.float32)
    found = answer("dlviz.concepts.cnn.compute:read_picture", (picture, [("stage", TINY, 2)]), {})
    assert found.shape == (1, 10)
    assert found.sum() == pytest.approx(1, abs=1e-5)


def test_a_long_answer_takes_turns_with_the_runs(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    host, held = worker.dlviz_host, []

    def slowly(goal: int) -> Generator[None, None, int]:
        for _ in range(goal):
            held.append(host._holder)
            assert host._asks == 0
            yield
        return goal

    monkeypatch.setattr("dlviz.data.load.load", slowly)
    monkeypatch.setattr(module, "TURN", 0.0)
    turns = []
    monkeypatch.setattr(host, "_serve", turns.append)
    assert answer("dlviz.data.load:load", (3,), {}) == 3
    assert len(set(held)) == 1 and len(held[0]) == 24  # as long as a run's, for the file of turns
    assert turns == [held[0]] * 4  # one for each piece, one to hear of the end
    assert host._holder is None


def test_a_long_answer_that_fails_gives_the_turn_back(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> Generator[None]:
        yield
        raise ValueError("no")

    monkeypatch.setattr("dlviz.data.load.load", failing)
    with pytest.raises(ValueError, match="no"):
        answer("dlviz.data.load:load", (), {})
    assert worker.dlviz_host._holder is None


# ----------------------------------------------------------------------------------------- networks


def test_the_network_of_any_step_is_filed_or_trained_again(worker: Worker) -> None:
    worker.wants(TINY, 5)
    Task(worker, TINY, Told(worker, TINY)).go()
    networks, run = Networks(worker.dlviz_shelf), Run(TINY)
    list(run.work(until=4))
    for step in (4, 5, 7):  # never filed, filed, not yet computed by anybody
        list(run.work(until=step))
        found = networks.weights(TINY, step)
        assert all(np.array_equal(found[name], values) for name, values in run.weights().items())


def test_the_newest_network_is_that_of_the_newest_moment(worker: Worker) -> None:
    networks = Networks(worker.dlviz_shelf)
    assert networks.newest(TINY) == 0
    worker.wants(TINY, 3)
    Task(worker, TINY, Told(worker, TINY)).go()
    assert networks.newest(TINY) == 3
    network, splits = networks.load(TINY)
    assert not network.training
    assert len(splits.train) == 200


def test_networks_are_remembered_up_to_a_number(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(module, "trained_again", lambda _, spec, step: asked.append(step) or {"w": np.array(step)})
    networks = Networks(worker.dlviz_shelf)
    monkeypatch.setattr(Networks, "REMEMBERED", 2)
    for step in (1, 2, 2, 1, 3, 1):
        assert networks.weights(TINY, step)["w"] == step
    assert asked == [1, 2, 3, 1]  # of two, the one that came first goes
