"""Runs kept beside the stage live in the link; each has a short name, and who reads along is known."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dlviz import codec, engine
from dlviz.concepts.cnn.panels import runs
from dlviz.concepts.cnn.spec import ARTICLE, AUGMENTED, DEFAULT, DENSE, View
from dlviz.engine.followed import Followed
from dlviz.engine.host import PLAY
from dlviz.recording import Moment
from dlviz.spec import ConvBlock, ConvNet, Knobs, Mlp, MnistFull, RunSpec
from tests.specs import run_specs

FEW = settings(max_examples=25)


# ---------------------------------------------------------------------------------- kept in the link


@FEW
@given(some.lists(run_specs(digits=True), max_size=5, unique=True))
def test_kept_runs_come_back_from_the_link(rows: list[RunSpec]) -> None:
    view = DEFAULT
    for run in rows:
        view = runs.keep(view, run)
    back, problems = codec.read(codec.write(view, DEFAULT), DEFAULT)
    assert problems == []
    found = runs.kept(back)
    assert found == rows[len(rows) - len(found) :]


def test_of_too_many_the_oldest_goes() -> None:
    rows = [ARTICLE.model_copy(update={"seed": seed}) for seed in range(8)]
    view = DEFAULT
    for run in rows:
        view = runs.keep(view, run)
    assert runs.kept(view) == rows[-runs.MOST_KEPT :]


def test_of_too_long_ones_the_oldest_go() -> None:
    view, rows = DEFAULT, []
    for seed in range(3):
        run = ARTICLE.model_copy(update={"seed": seed})
        for step in range(1, 61):
            run = run.fork(step, learning_rate=0.001 * step, dropout=step / 100)
        view, rows = runs.keep(view, run), [*rows, run]
    assert len(view.kept) <= codec.LONGEST_TEXT
    assert runs.kept(view) == rows[-len(runs.kept(view)) :]
    assert View.model_validate(view.model_dump()) == view


def test_a_run_is_kept_once_and_dropped() -> None:
    one, other = ARTICLE, RunSpec(network=Mlp())
    view = runs.keep(runs.keep(runs.keep(DEFAULT, one), other), one)
    assert runs.kept(view) == [other, one]
    assert runs.kept(runs.drop(view, other)) == [one]
    assert runs.drop(runs.drop(view, other), one) == DEFAULT
    assert runs.drop(view, AUGMENTED) == view


@given(some.text(alphabet="~|=;:,seedknobs0123456789", max_size=40))
def test_what_cannot_be_read_is_left_out(text: str) -> None:
    good = runs.kept(View(kept=f"{text}~seed=77"))
    assert good[-1] == ARTICLE.model_copy(update={"seed": 77})
    assert all(isinstance(run, RunSpec) for run in good)


# -------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("run", "name"),
    [
        (ARTICLE, "the article's network"),
        (ARTICLE.model_copy(update={"seed": 4}), "Seed 4"),
        (ARTICLE.fork(0, optimizer="sgd"), "SGD"),
        (ARTICLE.fork(40, learning_rate=0.05), "Learning rate 0.05 @40"),
        (ARTICLE.fork(0, rotate=10, shift=2), "augmented"),
        (ARTICLE.model_copy(update={"device": "cpu"}), "the article's network"),
    ],
)
def test_a_run_is_called_by_what_sets_it_apart(run: RunSpec, name: str) -> None:
    assert runs.name(run) == name


@FEW
@given(run_specs(digits=True))
def test_every_run_has_a_name(run: RunSpec) -> None:
    name = runs.name(run)
    assert name
    assert name.count(", ") <= 16


def test_names_tell_runs_apart() -> None:
    rows = [
        ARTICLE,
        AUGMENTED,
        DENSE,
        RunSpec(data=MnistFull()),
        RunSpec(network=ConvNet(blocks=(ConvBlock(channels=1),))),
        RunSpec(knobs=Knobs(dropout=0.5)),
    ]
    assert len({runs.name(run) for run in rows}) == len(rows)


# --------------------------------------------------------------------------------------- who reads


@pytest.fixture
def followers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Followed]:
    """Return the runs of an engine that follows whatever is asked for."""
    found: dict[str, Followed] = {}

    def watch(spec: RunSpec, viewer: str, owner: str) -> SimpleNamespace:
        run = found.setdefault(spec.digest, Followed(spec))
        return SimpleNamespace(want=lambda goal: run.renew(viewer, goal, owner), snapshot=run.snapshot)

    monkeypatch.setattr(engine, "current", lambda: SimpleNamespace(watch=watch))
    return found


def test_readers_learn_on_and_read_as_soon_as_they_have_begun(followers: dict[str, Followed]) -> None:
    assert runs.readers() == {}
    assert [followers[run.digest].want().goal for run in (AUGMENTED, DENSE)] == [PLAY, PLAY]
    followers[DENSE.digest].add([Moment(0, 0.0, {})])
    assert list(runs.readers()) == ["dense"]
    assert runs.readers()["dense"][0] == DENSE


@pytest.mark.parametrize(
    ("state", "changes"), [("starting", True), ("training", True), ("paused", True), ("finished", False)]
)
def test_what_is_played_changes_until_it_is_over(followers: dict[str, Followed], state: str, changes: bool) -> None:
    assert runs.changes(DEFAULT)  # nothing has begun yet
    followers[ARTICLE.digest].hear({"state": state, "step": 3, "total_steps": 9})
    assert runs.changes(DEFAULT) == changes


@pytest.mark.parametrize(
    ("moments", "said"),
    [
        ([Moment(0, 0.0, {})], ["0 of 5"]),
        (
            [Moment(0, 0.0, {}), Moment(32, 0.51, {"validation_accuracy": np.array(0.8766)})],
            ["0.5 of 5", "87.7\u202f%"],
        ),
        ([Moment(9, 1.0, {"validation_accuracy": np.array(0.9)}), Moment(10, 1.04, {})], ["1 of 5", "90.0\u202f%"]),
    ],
)
def test_how_far_a_reader_is_is_said_with_its_score(moments: list[Moment], said: list[str]) -> None:
    run = Followed(ARTICLE)
    run.add(moments)
    words = runs.progress(run.snapshot())
    assert all(part in words for part in said)
    assert ("%" in words) == (len(said) == 2)
