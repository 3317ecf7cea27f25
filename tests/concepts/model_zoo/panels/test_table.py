"""The next few runs go on, first every model's first seed; what makes no sense changes nothing."""

import pytest

from dlviz.concepts.model_zoo.panels import table
from dlviz.concepts.model_zoo.spec import DEFAULT, MODELS, named
from dlviz.engine.followed import Followed
from dlviz.engine.host import HOLD, PLAY
from dlviz.spec import RunSpec


class Held:
    """A hold on a run that notes how far it is wanted."""

    def __init__(self, run: RunSpec, state: str = "waiting") -> None:
        self.run, self.goal = Followed(run), None
        self.run.state = state

    def want(self, goal: float) -> None:
        """Note the goal."""
        self.goal = goal

    def snapshot(self) -> object:
        """Return the run as it stands."""
        return self.run.snapshot()


@pytest.fixture
def holds(monkeypatch: pytest.MonkeyPatch) -> dict[RunSpec, Held]:
    """Return all runs that are held, by their specs."""
    held: dict[RunSpec, Held] = {}
    monkeypatch.setattr(table, "_held", lambda run: held.setdefault(run, Held(run)))
    return held


def wanted(holds: dict[RunSpec, Held]) -> set[RunSpec]:
    """Return the runs that are to go on."""
    assert {one.goal for one in holds.values()} <= {PLAY, HOLD}
    return {run for run, one in holds.items() if one.goal == PLAY}


def test_first_seeds_go_first_and_few_at_a_time(holds: dict[RunSpec, Held]) -> None:
    stand = table.train_on(DEFAULT)
    assert {name: len(runs) for name, runs in stand.items()} == {model.name: 3 for model in MODELS}
    assert wanted(holds) == {model.run for model in MODELS[: table.AT_ONCE]}
    for model in MODELS:
        holds[model.run].run.state = "finished"
    table.train_on(DEFAULT)
    assert wanted(holds) == {model.seeded(2)[1] for model in MODELS[: table.AT_ONCE]}


def test_a_task_alone_is_trained_where_it_is_chosen(holds: dict[RunSpec, Held]) -> None:
    table.train_on(DEFAULT.model_copy(update={"task": "wines", "seeds": 2}))
    assert wanted(holds) == set(named("softmax_wines").seeded(2))


def test_a_model_with_one_seed_more_has_it(holds: dict[RunSpec, Held]) -> None:
    stand = table.train_on(DEFAULT.model_copy(update={"extra": ("cnn_digits",)}))
    assert len(stand["cnn_digits"]) == 4


def test_while_the_workers_warm_up_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_held", lambda run: None)
    assert table.train_on(DEFAULT)["line_cars"] == [None] * 3
    assert table.runs_of(named("line_cars"), 2) == [None, None]
