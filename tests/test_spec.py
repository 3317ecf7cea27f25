"""A spec is the whole truth of a run: equal specs are equal questions, a fork shares its parent's past."""

import copy
import json
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from dlviz.spec import (
    INPUTS,
    MOST_EDITS,
    ConvBlock,
    ConvNet,
    Edit,
    Knobs,
    Mlp,
    Mnist5k,
    MnistFull,
    Plane,
    Points,
    RunSpec,
)
from tests.specs import knobs, run_specs

FEW = settings(max_examples=20)  # a spec has some fifty fields to draw
PLAIN = RunSpec()
SMALL = RunSpec(data=Plane(), network=Mlp(hidden=(3, 2)))
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
        (Plane, {"inputs": ()}),
        (Plane, {"inputs": ("x3",)}),
        (Points, {"rows": "A" * 12_001}),
        (Points, {"label": "colour"}),
        (Mlp, {"activations": ("relu", "lion")}),
        (Mlp, {"initializer": "magic"}),
        (Mlp, {"own": "x" * 81, "activation": "own"}),
        *((Mlp, {"own": text, "activation": "own"}) for text in ("", "x^^2", "y", "2", "x.__class__", "eval(x)")),
        (Edit, {"weights": ((-1, 0.5),), "step": 1, "knobs": Knobs()}),
        (Edit, {"weights": ((1, 1e5),), "step": 1, "knobs": Knobs()}),
        (Edit, {"weights": tuple((i, 0.0) for i in range(257)), "step": 1, "knobs": Knobs()}),
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


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: Plane(inputs=("x2", "x1")), "inputs: name each once and in this order"),
        (lambda: Plane(inputs=("x1", "x1")), "inputs: name each once and in this order"),
        (lambda: Points(rows="gAgA0"), "rows: at least 2 points"),
        (lambda: Points(rows="gAgA0gAgA4"), "rows: 'gAgA0gAgA4' is not written as rows with a class are"),
        (lambda: Points(rows="gAgA0" * 2001), "rows: 2001 are too many"),
        (lambda: Mlp(hidden=(3,), activations=("relu", "tanh")), "activations: 2 of them for 1 hidden layers"),
        (lambda: Edit(step=0, knobs=Knobs(), weights=((3, 0), (2, 0))), "places of weights must rise"),
        (lambda: PLAIN.fork(3, weights=[(0, 1)]), "weights can be set where a dense network learns from points"),
        (lambda: SMALL.fork(3, weights=[(23, 1)]), "weight 23 was set; the network has 0 to 22"),
    ],
)
def test_what_does_not_go_together_is_refused(make: Callable[[], object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        make()


@pytest.mark.parametrize(
    ("data", "about", "outputs"),
    [
        (Mnist5k(), "class", 10),
        (Plane(), "class", 2),
        (Plane(data="clouds"), "class", 3),
        (Plane(data="arms"), "class", 3),
        (Plane(data="checkerboard"), "class", 4),
        (Plane(data="slope"), "number", 1),
        (Plane(data="hills"), "number", 1),
        (Points(), "class", 2),
        (Points(rows="gAgA0gBgA3"), "class", 4),
        (Points(rows="gAgA0gBgA0"), "class", 2),
        (Points(rows="gAgAgAgBgAgB", label="number"), "number", 1),
    ],
)
def test_data_say_what_is_to_be_learnt(data: Mnist5k | Plane | Points, about: str, outputs: int) -> None:
    assert (data.about, data.outputs) == (about, outputs)


def test_a_layer_has_its_own_activation_or_the_common_one() -> None:
    network = Mlp(hidden=(3, 3, 3), activation="elu", activations=("tanh", "relu"))
    assert [network.activation_of(layer) for layer in range(3)] == ["tanh", "relu", "elu"]


def test_a_formula_that_no_layer_has_is_forgotten() -> None:
    assert Mlp(own="x^2") == Mlp() and Mlp(own="nonsense (") == Mlp()
    assert "own" not in Mlp().model_dump() and not Mlp().has_own
    typed = Mlp(hidden=(3,), activations=("own",), own=" x^2 \n + 1 ")
    assert (typed.own, typed.activation_of(0), typed.has_own) == ("x^2 + 1", "own", True)
    assert Mlp.model_validate(typed.model_dump()) == typed
    assert Mlp.model_validate({**dict(typed), "activations": ()}) == Mlp(hidden=(3,))


def test_a_spec_whose_digest_is_known_is_still_made_of_its_fields() -> None:
    spec = RunSpec(seed=4)
    assert len(spec.digest) == 24
    assert RunSpec.model_validate({**dict(spec), "seed": 5}) == RunSpec(seed=5)
    assert set(dict(spec)) == set(RunSpec.model_fields)


def test_specs_from_before_there_were_formulas_keep_their_digests() -> None:
    assert RunSpec().digest == "294ba35329dcabc59ee29dc5"
    assert SMALL.digest == "a7523c32c323dae5b2f25190"
    own = {text: SMALL.model_copy(update={"network": Mlp(activation="own", own=text)}) for text in ("x^2", "x^3")}
    assert len({SMALL.digest, *(spec.digest for spec in own.values())}) == 3


@pytest.mark.parametrize(("inputs", "hidden", "norm", "count"), [(2, (4, 2), False, 28), (7, (8,), True, 98)])
def test_parameters_are_counted(inputs: int, hidden: tuple[int, ...], norm: bool, count: int) -> None:
    assert Mlp(hidden=hidden, batch_norm=norm).parameters(inputs, 2) == count
    assert RunSpec(data=Plane(inputs=INPUTS[:inputs]), network=Mlp(hidden=hidden, batch_norm=norm)).parameters == count


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
    assert fork.weights_set_at(step) == spec.weights_set_at(step)
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
    assert step == 0 or fork.prefix(step) == spec.prefix(step)
    assert fork.weights_set_at(step) == spec.weights_set_at(step)


@FEW
@given(run_specs(), some.integers(1, 3000), knobs())
def test_turning_a_knob_back_at_the_same_step_undoes_it(spec: RunSpec, step: int, turned: Knobs) -> None:
    now = spec.knobs_at(step)
    assert spec.fork(step, **turned.model_dump()).fork(step, **now.model_dump()) == spec.fork(step)


@FEW
@given(run_specs(settable=True), some.integers(0, 3000), some.floats(-10, 10))
def test_weights_set_by_hand_are_true_as_soon_as_the_step_is_done(spec: RunSpec, step: int, value: float) -> None:
    fork = spec.fork(step, weights=[(0, value)])
    assert dict(fork.weights_set_at(step))[0] == value
    assert fork.knobs_at(step) == spec.knobs_at(step)
    assert fork.before(step) == spec.before(step)
    assert fork.prefix(step) != fork.before(step)
    assert fork.prefix(step - 1) == spec.prefix(step - 1)
    assert fork.fork(step, learning_rate=0.123).prefix(step) == fork.prefix(step)


def test_weights_set_at_the_same_step_add_up() -> None:
    twice = SMALL.fork(5, weights=[(0, 1), (3, 2)]).fork(5, weights=[(3, 4)])
    assert twice.weights_set_at(5) == ((0, 1.0), (3, 4.0))
    assert len(twice.edits) == 1
    assert SMALL.fork(0, weights=[(1, 0.5)], l1=0.1).knobs_at(0).l1 == 0.1


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


def test_data_are_drawn_by_the_seed_unless_they_have_their_own() -> None:
    assert (RunSpec(seed=4).seed_of_data, RunSpec(seed=4, data_seed=0).seed_of_data) == (4, 0)
    assert "data_seed" not in RunSpec(seed=4).model_dump()
    own = RunSpec(seed=4, data_seed=4)
    assert own.digest != RunSpec(seed=4).digest
    assert RunSpec.model_validate_json(own.model_dump_json()) == own


def test_a_digest_is_kept_with_its_spec_and_never_with_a_copy() -> None:
    spec = RunSpec(seed=3)
    first = spec.digest
    assert spec.digest is first  # computed once
    assert spec == RunSpec(seed=3) and hash(spec) == hash(RunSpec(seed=3))  # and no part of what is compared
    assert spec.model_copy(update={"seed": 4}).digest == RunSpec(seed=4).digest != first
    assert copy.deepcopy(spec).digest == pickle.loads(pickle.dumps(spec)).digest == first
    assert spec.model_dump() == RunSpec(seed=3).model_dump()
