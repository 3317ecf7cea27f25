"""Kept runs survive their text, the oldest go where there is no room, and each says what sets it apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dlviz import codec
from dlviz.spec import Knobs, Mlp, Plane, RunSpec, Table
from dlviz.ui import kept_runs
from tests.specs import run_specs

USUAL = RunSpec(data=Plane(), network=Mlp(hidden=(4,)))


def seeded(seed: int) -> RunSpec:
    """Return the usual run with another seed."""
    return USUAL.model_copy(update={"seed": seed})


def kept(*runs: RunSpec, longest: int = codec.LONGEST_TEXT) -> str:
    """Return the text that keeps these runs, added one by one."""
    text = ""
    for run in runs:
        text = kept_runs.add(text, run, USUAL, longest)
    return text


@settings(max_examples=25)
@given(some.lists(run_specs(), max_size=5, unique=True))
def test_kept_runs_come_back_from_their_text(rows: list[RunSpec]) -> None:
    found = kept_runs.read(kept(*rows), USUAL)
    assert found == rows[len(rows) - len(found) :]
    one_more = rows[-len(found) - 1 :]
    assert found == rows or len("~".join(kept(run, longest=10**6) for run in one_more)) > codec.LONGEST_TEXT


def test_of_too_many_and_of_too_long_ones_the_oldest_go() -> None:
    rows = [seeded(seed) for seed in range(1, 9)]
    assert kept_runs.read(kept(*rows), USUAL) == rows[-kept_runs.MOST :]
    assert kept_runs.read(kept(*rows, longest=len("seed=7~seed=8")), USUAL) == rows[-2:]


def test_a_run_is_kept_once_and_the_usual_one_too() -> None:
    text = kept(USUAL, seeded(3), USUAL)
    assert kept_runs.read(text, USUAL) == [seeded(3), USUAL]
    assert kept_runs.without(text, seeded(3), USUAL) == "seed=0"
    assert kept_runs.without(text, seeded(4), USUAL) == text


def test_what_cannot_be_read_is_left_out() -> None:
    assert kept_runs.read("nonsense~=|~seed=-1~seed=77~noise=many", USUAL) == [seeded(77)]


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (USUAL, []),
        (seeded(4), ["Seed 4"]),
        (RunSpec(data=Plane(data="xor"), network=Mlp(hidden=(4,), activation="tanh")), ["Exclusive or", "tanh"]),
        (RunSpec(data=Plane(), network=Mlp(hidden=(4,), activation="own", own="2x*sin(x)")), ["f(x) = 2·x·sin(x)"]),
        (RunSpec(data=Plane(), network=Mlp(hidden=(4,), activation="own")), ["f(x) = x·sigmoid(x)"]),
        (RunSpec(data=Plane(), network=Mlp(hidden=(4,)), knobs=Knobs(optimizer="sgd")), ["SGD"]),
        (USUAL.fork(40, dropout=0.5), ["Dropout 0.5 @40"]),
        (USUAL.fork(40, dropout=0.5).fork(60, dropout=0.0), ["Dropout 0.5 @40", "Dropout 0 @60"]),
        (USUAL.fork(40, learning_rate=1e-6), ["Learning rate 0.000001 @40"]),
        (USUAL.fork(40, fault="huber"), ["Loss Huber @40"]),
        (
            RunSpec(data=Table(scaling=False), network=Mlp(hidden=(4,))),
            ["Bring columns to one size off", "Cars (miles per gallon)"],
        ),
    ],
)
def test_a_run_says_what_sets_it_apart(run: RunSpec, said: list[str]) -> None:
    assert kept_runs.differences(run, USUAL) == said


def test_fields_left_out_are_not_named() -> None:
    assert kept_runs.differences(seeded(4), USUAL, unsaid=("seed",)) == []
