"""A spec is the whole truth of a run: equal specs are equal questions, a fork shares its parent's past."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from dlviz.spec import MOST_EDITS, ConvBlock, ConvNet, Edit, Knobs, Mlp, Mnist5k, MnistFull, Plane, RunSpec
from tests.specs import knobs, run_specs

FEW = settings(max_examples=20)  # a spec has some fifty fields to draw
PLAIN = RunSpec()
TURNED = PLAIN.fork(10, learning_rate=0.01).fork(20, batch_size=8)


# --------------------------------------------------------------------------------- one question


def test_the_default_is_the_articles_network() -> None:
    block = ConvBlock(channels=32, kernel=3, stride=1, padding=0, pooling="max", pool_size=2, batch_norm=False)
    assert PLAIN.network == ConvNet(blocks=(block,), dense=(64,), activation="relu")
    assert (PLAIN.knobs.optimizer, PLAIN.knobs.batch_size, PLAIN.epochs) == ("adam", 64, 5)
    assert PLAIN.data == Mnist5k(validation_share=0.1, test_share=0.1, train_share=1)


@FEW
@given(run_specs())
def test_equal_specs_have_one_digest(spec: RunSpec) -> None:
    twin = RunSpec.model_validate(json.loads(spec.model_dump_json()))
    assert twin == spec
    assert twin.digest == spec.digest
    assert hash(twin) == hash(spec)
    assert len(spec.digest) == 24 and int(spec.digest, 16) >= 0


@FEW
@given(run_specs(), run_specs())
def test_different_specs_have_different_digests(one: RunSpec, other: RunSpec) -> None:
    assert (one.digest == other.digest) == (one == other)


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 1},
        {"threads": 2},
        {"device": "cpu"},
        {"epochs": 6},
        {"data": Mnist5k(train_share=0.5)},
        {"data": MnistFull()},
        {"network": Mlp()},
        {"network": ConvNet(activation="tanh")},
        {"knobs": Knobs(dropout=0.1)},
        {"edits": (Edit(step=3, knobs=Knobs(dropout=0.1)),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_part_of_a_spec_counts(change: dict[str, object]) -> None:
    assert PLAIN.model_copy(update=change).digest != PLAIN.digest


def test_a_spec_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PLAIN.seed = 3


# ------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Knobs, {"learning_rate": float("nan")}),
        (Knobs, {"learning_rate": float("inf")}),
        (Knobs, {"learning_rate": 0}),
        (Knobs, {"batch_size": 1025}),
        (Knobs, {"batch_size": 1.5}),
        (Knobs, {"optimizer": "lion"}),
        (Knobs, {"hurry": 1}),
        (Mnist5k, {"train_share": 1.01}),
        (Plane, {"points": 49}),
        (ConvNet, {"blocks": ()}),
        (ConvNet, {"blocks": (ConvBlock(),) * 5}),
        (ConvNet, {"dense": (0,)}),
        (Mlp, {"hidden": (513,)}),
        (RunSpec, {"seed": -1}),
        (RunSpec, {"seed": 2**31}),
        (RunSpec, {"network": {"network": "transformer"}}),
    ],
)
def test_what_is_out_of_bounds_is_refused_by_name(kind: type, values: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refused:
        kind(**values)
    assert refused.value.errors()[0]["loc"][0] == next(iter(values))


def test_maps_that_shrink_to_nothing_are_refused_with_the_block() -> None:
    with pytest.raises(ValueError, match="blocks: block 3 shrinks its maps to nothing"):
        ConvNet(blocks=(ConvBlock(kernel=9), ConvBlock(kernel=9), ConvBlock()))


@given(some.builds(ConvBlock), some.integers(1, 64))
def test_a_blocks_side_is_the_formula_of_convolution_then_pooling(block: ConvBlock, side: int) -> None:
    windows = len(range(0, side + 2 * block.padding - block.kernel + 1, block.stride))
    pools = windows if block.pooling == "none" else len(range(0, windows - block.pool_size + 1, block.pool_size))
    assert max(block.side(side), 0) == pools


def test_edits_must_rise() -> None:
    for steps in ((5, 5), (6, 5)):
        with pytest.raises(ValueError, match="steps must rise"):
            RunSpec(edits=tuple(Edit(step=step, knobs=Knobs()) for step in steps))


# ---------------------------------------------------------------------------- knobs, past, forks


@pytest.mark.parametrize(
    ("step", "learning_rate", "batch_size"),
    [(0, 0.001, 64), (9, 0.001, 64), (10, 0.01, 64), (19, 0.01, 64), (20, 0.01, 8), (10_000, 0.01, 8)],
)
def test_the_knobs_in_force_are_those_of_the_last_edit(step: int, learning_rate: float, batch_size: int) -> None:
    now = TURNED.knobs_at(step)
    assert (now.learning_rate, now.batch_size) == (learning_rate, batch_size)


@FEW
@given(run_specs(), some.integers(0, 3000))
def test_a_fork_with_no_knob_turned_keeps_the_past_and_the_knobs_in_force(spec: RunSpec, step: int) -> None:
    fork = spec.fork(step)
    turns = {0, step, *(edit.step for edit in spec.edits)}
    looked_at = {at for turn in turns for at in (turn - 1, turn, turn + 1) if at >= 0}
    assert all(fork.knobs_at(at) == spec.knobs_at(min(at, step)) for at in looked_at)


@FEW
@given(run_specs(edited=False), some.integers(0, 3000))
def test_a_fork_of_an_unedited_run_with_no_knob_turned_is_the_run_itself(spec: RunSpec, step: int) -> None:
    assert spec.fork(step) == spec


@FEW
@given(run_specs(), some.integers(0, 3000), knobs())
def test_a_fork_shares_every_bit_of_its_parents_past(spec: RunSpec, step: int, turned: Knobs) -> None:
    fork = spec.fork(step, **turned.model_dump())
    assert RunSpec.model_validate(fork.model_dump()) == fork
    assert fork.knobs_at(step) == turned
    assert fork.prefix(step) == spec.prefix(step) or step == 0


@FEW
@given(run_specs(), some.integers(1, 3000), knobs())
def test_turning_a_knob_back_at_the_same_step_undoes_it(spec: RunSpec, step: int, turned: Knobs) -> None:
    now = spec.knobs_at(step)
    assert spec.fork(step, **turned.model_dump()).fork(step, **now.model_dump()) == spec.fork(step)


def test_a_fork_at_the_start_turns_the_first_knobs() -> None:
    assert TURNED.fork(0, dropout=0.5) == PLAIN.model_copy(update={"knobs": Knobs(dropout=0.5)})


def test_a_fork_leaves_the_parents_future() -> None:
    assert TURNED.fork(15).edits == TURNED.edits[:1]


@pytest.mark.parametrize("turned", [{"no_such_knob": 1}, {"learning_rate": 100}, {"dropout": "much"}])
def test_a_fork_refuses_what_knobs_refuse(turned: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(turned))):
        PLAIN.fork(5, **turned)


def test_the_prefix_is_what_decides_the_first_updates() -> None:
    assert TURNED.prefix(10) == PLAIN.prefix(10)  # the edit at step 10 acts on the update after it
    assert TURNED.prefix(11) != PLAIN.prefix(11)
    assert PLAIN.model_copy(update={"epochs": 900}).prefix(7) == PLAIN.prefix(7)
    assert PLAIN.model_copy(update={"seed": 1}).prefix(7) != PLAIN.prefix(7)


@pytest.mark.parametrize("knob", ["rotate", "shift", "scale", "shear", "thickness"])
def test_any_change_of_pictures_is_augmentation(knob: str) -> None:
    assert Knobs(**{knob: 0.1}).augments
    assert not Knobs(dropout=0.1).augments


def test_only_all_digits_pool_at_once_and_only_where_it_fits() -> None:
    def at_once(**block: object) -> bool:
        return RunSpec(data=MnistFull(), network=ConvNet(blocks=(ConvBlock(**block),))).pools_at_once

    assert at_once()
    assert at_once(kernel=5, stride=2, padding=1, channels=3)
    for other in ({"pooling": "average"}, {"pooling": "none"}, {"pool_size": 3}, {"batch_norm": True}):
        assert not at_once(**other)
    assert not RunSpec().pools_at_once
    assert not RunSpec(data=MnistFull(), network=ConvNet(activation="tanh")).pools_at_once
    assert not RunSpec(data=MnistFull(), network=Mlp()).pools_at_once


def test_knobs_are_turned_as_often_as_a_spec_holds_and_no_oftener() -> None:
    run = PLAIN
    for step in range(1, MOST_EDITS + 1):
        run = run.fork(step, learning_rate=0.001 * (1 + step % 2))
    assert RunSpec.model_validate(run.model_dump()) == run and len(run.edits) == MOST_EDITS
    with pytest.raises(ValueError, match="64 times"):
        run.fork(MOST_EDITS + 1, learning_rate=0.5)
    assert len(run.fork(10, learning_rate=0.5).edits) == 10
