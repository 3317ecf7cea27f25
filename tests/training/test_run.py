"""A run: the same question gives the same bits, however it is looked at, stopped, saved, forked or continued."""

from pathlib import Path

import numpy as np
import pytest
import torch

from dlviz.data.digits import embedded_digits
from dlviz.models.layers import Dropout
from dlviz.spec import ConvBlock, ConvNet, Edit, Knobs, Mlp, Mnist5k, MnistFull, Plane, Points, RunSpec
from dlviz.training.run import Run
from tests.training.small import assert_same_moments, assert_same_weights, digits, moments, points

DROPPING = Knobs(dropout=0.4, batch_size=16)
TURNED = (
    Edit(step=2, knobs=Knobs(learning_rate=0.01, batch_size=9, dropout=0.2)),
    Edit(step=5, knobs=Knobs(optimizer="momentum", batch_size=20, weight_decay=0.01)),
    Edit(step=7, knobs=Knobs(optimizer="nesterov", batch_size=20, momentum=0)),
    Edit(step=8, knobs=Knobs(optimizer="nesterov", batch_size=7, momentum=0.5)),
)
RUNS = {
    "plain": digits(knobs=Knobs(batch_size=16)),
    "dropout": digits(knobs=DROPPING),
    "turned": digits(knobs=Knobs(batch_size=16), edits=TURNED),
    "augmented": digits(knobs=Knobs(batch_size=16, rotate=10, shift=2)),
    "points": points(knobs=Knobs(batch_size=10, optimizer="rmsprop", learning_rate=0.01)),
    "dense": digits(network=Mlp(hidden=(5, 4)), knobs=Knobs(batch_size=16, optimizer="adagrad", dropout=0.1)),
}
RUNS |= {
    "numbers": points(data=Plane(data="hills", points=60), knobs=Knobs(batch_size=7, l1=0.01, gradient_clip=0.5)),
    "own points": points(data=Points(inputs=("x1", "sin_x2")), knobs=Knobs(batch_size=2, dropout=0.3), epochs=5),
    "typed": points(network=Mlp(hidden=(4, 3), activations=("own",), own="sin(x) + x/2"), knobs=Knobs(batch_size=10)),
    "typed, digits": digits(
        network=Mlp(hidden=(5, 4), activation="own", own="max(x, x/9)"), knobs=Knobs(batch_size=16)
    ),
    "normed": points(network=Mlp(hidden=(4, 3), batch_norm=True), knobs=Knobs(batch_size=29, schedule="cosine")),
    "turned points": points(edits=TURNED, knobs=Knobs(batch_size=10, warm_up_epochs=2)),
    "weights set": points(
        knobs=Knobs(batch_size=10),
        edits=(
            Edit(step=0, knobs=Knobs(batch_size=10), weights=((0, 1.5),)),
            Edit(step=4, knobs=Knobs(batch_size=10, l2=0.1), weights=((3, -0.5), (9, 2.0))),
        ),
    ),
}
every_kind = pytest.mark.parametrize("spec", RUNS.values(), ids=RUNS.keys())

# ------------------------------------------------------------------------------------- same bits


@every_kind
def test_the_same_spec_gives_the_same_bits(spec: RunSpec) -> None:
    runs = Run(spec), Run(spec)
    assert_same_moments(*map(moments, runs))
    assert_same_weights(*runs)
    assert runs[0].finished


@every_kind
@pytest.mark.parametrize("stop", [1, 4, 7])
def test_a_saved_run_goes_on_to_the_same_bits(spec: RunSpec, stop: int) -> None:
    whole = Run(spec)
    expected = moments(whole)
    first = Run(spec)
    before = moments(first, until=stop)
    continued = Run(spec, first.state())
    after = moments(continued)
    on_cadence = {moment.step for moment in expected}
    assert_same_moments([moment for moment in before if moment.step in on_cadence] + after, expected)
    assert_same_weights(continued, whole)
    moments(first)
    assert_same_weights(first, whole)


def test_a_run_saved_between_any_two_pieces_goes_on_to_the_same_bits() -> None:
    spec = digits(knobs=DROPPING, epochs=1)
    expected = moments(Run(spec))
    run, seen = Run(spec), []
    states = [(0, run.state())]
    for piece in run.work():
        seen += [piece] if piece else []
        states.append((len(seen), run.state()))
    assert len(states) > len(expected)
    for count, state in states:
        assert_same_moments(expected[:count] + moments(Run(spec, state)), expected)


@every_kind
def test_a_fork_with_no_knob_turned_is_its_parent(spec: RunSpec) -> None:
    parent = Run(spec)
    moments(parent, until=4)
    fork = Run(spec.fork(4), parent.state())
    if not any(edit.step > 4 for edit in spec.edits):
        moments(parent)
        moments(fork)
        assert_same_weights(fork, parent)
    again = Run(spec.fork(4))
    moments(again)
    moments(fork)
    assert_same_weights(fork, again)


def test_a_fork_with_a_knob_turned_is_the_run_with_that_edit() -> None:
    spec = digits(knobs=DROPPING)
    parent = Run(spec)
    moments(parent, until=3)
    forked = spec.fork(3, optimizer="sgd", learning_rate=0.5)
    continued, whole = Run(forked, parent.state()), Run(forked)
    moments(continued)
    moments(whole)
    assert_same_weights(continued, whole)
    assert not np.array_equal(continued.weights()["scores.weight"], parent.weights()["scores.weight"])


def test_looking_changes_no_bit() -> None:
    spec = digits(knobs=DROPPING)
    watched, alone = Run(spec), Run(spec)
    seen = []
    for step in range(7):
        seen += moments(watched, until=step)
        watched.moment()
    expected = moments(alone)
    on_cadence = {moment.step for moment in expected}
    assert_same_moments([m for m in seen if m.step in on_cadence] + moments(watched), expected)
    assert_same_weights(watched, alone)


def test_runs_beside_each_other_do_not_mix() -> None:
    spec = digits(knobs=DROPPING)
    one, two = Run(spec), Run(spec.model_copy(update={"seed": 5}))
    pieces = [one.work(), two.work()]
    while pieces:
        pieces = [work for work in pieces if next(work, "end") != "end"]
    alone = Run(spec)
    moments(alone)
    assert_same_weights(one, alone)


def test_global_generators_are_not_touched() -> None:
    before, numpy_before = torch.get_rng_state(), np.random.get_state()[1].copy()
    for spec in RUNS.values():
        moments(Run(spec), until=3)
    assert torch.equal(torch.get_rng_state(), before)
    assert (np.random.get_state()[1] == numpy_before).all()
    assert torch.is_grad_enabled()


def test_work_left_in_the_middle_is_taken_up_again() -> None:
    spec = digits(knobs=DROPPING)
    run = Run(spec)
    for _ in range(4):
        next(run.work(), None)  # each time a new iterator, dropped after one piece
    seen = moments(run)
    alone = Run(spec)
    assert seen[-1].step == moments(alone)[-1].step
    assert_same_weights(run, alone)


# --------------------------------------------------------------------------------------- moments


def test_moments_come_after_the_first_update_and_eight_times_an_epoch() -> None:
    run = Run(digits(knobs=Knobs(batch_size=1)))  # 48 digits, an eighth is 6
    assert [moment.step for moment in moments(run)] == [0, 1, *range(6, 97, 6)]


def test_moments_of_points_come_once_an_epoch() -> None:
    run = Run(points(knobs=Knobs(batch_size=8)))
    seen = moments(run)
    assert [(moment.step, moment.epoch) for moment in seen] == [(0, 0), (4, 1), (8, 2), (12, 3), (16, 4)]


def test_long_runs_on_points_are_recorded_by_the_rule_and_at_their_end() -> None:
    seen = moments(Run(points(data=Points(), knobs=Knobs(batch_size=6), epochs=107)))
    assert [moment.epoch for moment in seen] == [*range(101), 102, 104, 106, 107]
    losses = np.concatenate([moment["epoch_losses"] for moment in seen])
    assert losses.shape == (107,)  # none is lost where no moment was recorded
    assert losses[[100, 101]].tolist() == seen[101]["epoch_losses"].tolist()
    assert losses[-1] == seen[-1]["epoch_loss"]


def test_a_piece_of_work_goes_no_further_than_its_driver_wants() -> None:
    run = Run(points(data=Plane(points=200), knobs=Knobs(batch_size=2)))
    work = run.work()
    steps = []
    for run.reach in (1, 2, 5, 40, 41, 60):
        while run.step < run.reach:
            next(work)
        steps.append(run.step)
    assert steps == [1, 2, 5, 40, 41, 60]
    whole = Run(run.spec)
    moments(whole, until=60)
    assert_same_weights(run, whole)


def test_weights_set_by_hand_show_at_once_and_change_nothing_before() -> None:
    plain = points(knobs=Knobs(batch_size=10))
    spec = plain.fork(4, weights=[(3, 0.75)])
    before, after = (moments(Run(run), until=4)[-1] for run in (plain, spec))
    changed = (before["weights"] != after["weights"]).nonzero()[0].tolist()
    assert changed == [3] and after["weights"][3] == 0.75
    assert after["train_loss"] != before["train_loss"] and (after["output_map"] != before["output_map"]).any()
    assert [moment.step for moment in moments(Run(spec))] == [0, 3, 4, 6, 9, 12]


def test_a_state_from_before_weights_were_set_serves_their_run() -> None:
    plain = points(knobs=Knobs(batch_size=10, dropout=0.2))
    spec = plain.fork(4, weights=[(3, 0.75)], l1=0.02)
    parent, whole = Run(plain), Run(spec)
    moments(parent, until=4)
    expected = moments(whole)
    continued = Run(spec, parent.state())
    ours = moments(continued)
    assert_same_weights(continued, whole)
    shared = [moment for moment in expected if moment.step > 4]
    assert_same_moments(ours[1:], shared)
    assert ours[0].step == 4 and ours[0]["weights"][3] == 0.75
    with pytest.raises(ValueError, match="belongs to a run with other data"):
        Run(plain, whole.state())


def test_a_schedule_is_followed_and_its_rate_is_told() -> None:
    run = Run(points(knobs=Knobs(batch_size=10, schedule="step", schedule_epochs=2, learning_rate=0.1)))
    assert [moment["learning_rate"].item() for moment in moments(run)] == pytest.approx([0.1, 0.1, 0.1, 0.01, 0.01])
    run = Run(digits(knobs=Knobs(batch_size=24, schedule="step", schedule_epochs=1, learning_rate=0.1)))
    assert moments(run)[-1]["learning_rate"] == pytest.approx(0.01)


def test_penalties_and_clipping_act_on_pictures_too() -> None:
    small = {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 16}
    run = Run(digits(knobs=Knobs(gradient_clip=0.01, **small)))
    assert moments(run, until=2)[-1]["gradient_norm"] <= 0.0101
    sizes = []
    for l2 in (0, 1):
        run = Run(digits(knobs=Knobs(l2=l2, **small)))
        moments(run)
        sizes.append(np.abs(run.weights()["dense1.weight"]).sum())
    assert sizes[1] < 0.8 * sizes[0]


def test_until_stops_there_with_a_moment() -> None:
    run = Run(digits(knobs=Knobs(batch_size=1)))
    assert [moment.step for moment in moments(run, until=8)] == [0, 1, 6, 8]
    assert (run.step, run.finished) == (8, False)
    assert moments(run, until=8) == []
    assert [moment.step for moment in moments(run, until=12)] == [12]


def test_averages_are_over_all_updates_since_the_last_moment() -> None:
    run = Run(digits(knobs=Knobs(batch_size=1)))
    seen = moments(run, until=8)
    assert "train_loss" not in seen[0]
    assert seen[0]["losses"].shape == (0,)
    assert seen[3]["losses"].shape == (2,)
    after = moments(run, until=12)[0]
    assert after["losses"].shape == (6,)
    assert after["train_loss"] == pytest.approx(after["losses"].mean())
    assert (after["losses"][:2] == seen[3]["losses"]).all()


def test_the_loss_of_an_epoch_is_the_mean_over_its_examples() -> None:
    run = Run(digits(knobs=Knobs(batch_size=20), epochs=3))
    seen = moments(run)
    losses = np.concatenate([moment["losses"] for moment in seen])
    sizes = [20, 20, 8] * 3
    for epoch in range(3):
        part = slice(3 * epoch, 3 * epoch + 3)
        at_end = next(moment for moment in seen if moment.epoch == epoch + 1)
        assert at_end["epoch_loss"] == pytest.approx(np.average(losses[part], weights=sizes[part]))
    assert sum("epoch_loss" in moment for moment in seen) == 3


def test_a_moment_of_digits_holds_what_is_promised() -> None:
    seen = moments(Run(digits(knobs=Knobs(batch_size=16))))
    shapes = {name: (values.shape, values.dtype.name) for name, values in seen[1].arrays.items()}
    assert shapes == {
        "losses": ((1,), "float32"),
        **dict.fromkeys(["train_loss", "train_accuracy", "validation_loss", "validation_accuracy"], ((), "float64")),
        **dict.fromkeys(["gradient_norm", "seconds", "learning_rate"], ((), "float64")),
        "confusion": ((10, 10), "int32"),
        **dict.fromkeys(["mistakes", "mistake_truth", "mistake_answer"], ((12,), "int32")),
        "mistake_pictures": ((12, 28, 28), "uint8"),
        "mistake_certainty": ((12,), "float32"),
        "filters": ((3, 3, 3), "float32"),
    }
    assert set(seen[-1].arrays) - set(shapes) == {"epoch_loss", "test_loss", "test_accuracy", "test_confusion"}
    assert seen[-1]["test_confusion"].sum() == 100
    assert not seen[1]["filters"].flags.writeable
    first = seen[0]["mistakes"][0]
    assert (embedded_digits().inputs[first] == seen[0]["mistake_pictures"][0]).all()


def test_a_moment_of_points_holds_its_maps() -> None:
    last = moments(Run(points()))[-1]
    assert {name: last[name].shape for name in ("weights", "output_map", "unit_maps", "unit_scales")} == {
        "weights": (2 * 4 + 4 + 4 * 3 + 3 + 3 * 2 + 2,),
        "output_map": (100, 100),
        "unit_maps": (7, 10, 10),
        "unit_scales": (7,),
    }
    assert "test_loss" not in last
    assert last["confusion"].sum() == 30


def test_the_norm_is_that_of_the_last_updates_gradient() -> None:
    run = Run(digits(knobs=Knobs(optimizer="sgd", learning_rate=1, batch_size=16)))
    moments(run, until=1)
    before = {name: values for name, values in run.weights().items() if not name.startswith("norm")}
    moment = moments(run, until=2)[0]
    after = run.weights()
    moved = [((after[name] - values) ** 2).sum() for name, values in before.items()]
    norms = [((run.network.get_parameter(name).grad) ** 2).sum().item() for name in ("norm1.weight", "norm1.bias")]
    assert moment["gradient_norm"] == pytest.approx(np.sqrt(sum(moved) + sum(norms)), rel=1e-4)


def test_points_are_learnt() -> None:
    knobs = Knobs(learning_rate=0.03, batch_size=10)
    spec = RunSpec(data=Plane(points=200), network=Mlp(hidden=(6,)), device="cpu", epochs=40, knobs=knobs)
    assert moments(Run(spec))[-1]["validation_accuracy"] > 0.9


def test_digits_are_learnt() -> None:
    spec = RunSpec(data=Mnist5k(train_share=0.2), network=Mlp(), device="cpu", epochs=3)
    assert moments(Run(spec))[-1]["test_accuracy"] > 0.75


# ----------------------------------------------------------------------------------- the run itself


def test_knobs_act_from_their_step_on() -> None:
    run = Run(digits(knobs=DROPPING, edits=(Edit(step=2, knobs=Knobs(learning_rate=0.5, dropout=0.1)),)))
    rates, shares = [], []
    for step in range(1, 4):
        rates.append(moments(run, until=step)[-1]["learning_rate"].item())
        shares.append(next(layer.share for layer in run.network if isinstance(layer, Dropout)))
    assert rates == [0.001, 0.001, 0.5]
    assert shares == [0.4, 0.4, 0.1]


@pytest.mark.parametrize("stop", [0, 1, 4, 6])
def test_the_number_of_steps_is_known_before(stop: int) -> None:
    run = Run(digits(knobs=Knobs(batch_size=20), epochs=3))
    moments(run, until=stop)
    assert run.total_steps == 9
    moments(run)
    assert (run.step, run.total_steps, run.epoch) == (9, 9, 3)


def test_a_longer_question_goes_on_from_a_finished_state() -> None:
    short = Run(points(epochs=2))
    moments(short)
    longer = Run(points(epochs=4), short.state())
    moments(longer)
    whole = Run(points(epochs=4))
    moments(whole)
    assert_same_weights(longer, whole)


def test_divergence_ends_the_run_at_its_step() -> None:
    knobs = Knobs(optimizer="sgd", learning_rate=10, batch_size=16)
    run = Run(digits(network=Mlp(hidden=(50, 50, 50), activation="identity"), knobs=knobs, epochs=50))
    seen = moments(run)
    assert run.diverged_at == run.step == seen[-1].step
    assert (run.finished, run.ended) == (False, True)
    losses = np.concatenate([moment["losses"] for moment in seen])
    assert len(losses) == run.step
    assert np.isfinite(losses[:-1]).all()
    assert not np.isfinite(losses[-1]) or not all(np.isfinite(values).all() for values in run.weights().values())
    assert "test_loss" not in seen[-1]
    again = Run(run.spec, run.state())
    assert (again.diverged_at, moments(again)) == (run.diverged_at, [])


@pytest.mark.parametrize(("own", "at"), [("log(x)", 1), ("x^9", None)])
def test_a_typed_activation_that_gives_no_numbers_ends_the_run_at_its_step(own: str, at: int | None) -> None:
    run = Run(points(network=Mlp(hidden=(4, 3), activation="own", own=own), knobs=Knobs(optimizer="sgd")))
    recorded = moments(run)
    assert run.diverged_at is not None and run.diverged_at == (at or run.diverged_at) == run.step
    for moment in recorded:  # the maps of what is left are there to be drawn
        assert moment["output_map"].dtype == np.uint8 and np.isfinite(moment["unit_maps"]).all()


def test_the_clock_runs_only_while_working() -> None:
    run = Run(points())
    moments(run, until=3)
    assert 0 < run.update_seconds < run.seconds
    at_rest = run.seconds
    run.moment()
    assert run.seconds == at_rest


def test_threads_are_those_of_the_spec() -> None:
    work = Run(points(threads=2)).work()
    next(work)
    assert torch.get_num_threads() == 2
    next(Run(points()).work())
    assert torch.get_num_threads() == 1


def test_a_state_of_another_run_is_refused() -> None:
    run = Run(points())
    moments(run, until=2)
    with pytest.raises(ValueError, match="belongs to a run with other data"):
        Run(points(seed=1), run.state())


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device on this machine")
@every_kind
def test_cuda_gives_the_same_bits_twice_and_nearly_those_of_the_cpu(spec: RunSpec) -> None:
    spec = spec.model_copy(update={"device": "cuda"})
    one, two = Run(spec), Run(spec)
    assert_same_moments(moments(one, until=4), moments(two, until=4))
    two = Run(spec, two.state())
    moments(one)
    moments(two)
    assert_same_weights(one, two)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device on this machine")
def test_cuda_learns_what_the_cpu_learns() -> None:
    losses = [
        moments(Run(digits(device=device, knobs=Knobs(batch_size=16))))[-1]["epoch_loss"] for device in ("cpu", "cuda")
    ]
    assert losses[0] == pytest.approx(losses[1], rel=1e-3)


ALL_DIGITS = {
    "plain": {},
    "dropout comes and goes": {
        "edits": (Edit(step=2, knobs=Knobs(dropout=0.3)), Edit(step=6, knobs=Knobs(optimizer="momentum"))),
    },
}


@pytest.mark.parametrize("fields", ALL_DIGITS.values(), ids=ALL_DIGITS)
def test_all_digits_give_the_same_bits_also_from_a_state(
    fields: dict, small_mnist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DLVIZ_DATA", str(small_mnist))
    spec = digits(data=MnistFull(), network=ConvNet(blocks=(ConvBlock(channels=3),), dense=(6,)), **fields)
    assert spec.pools_at_once
    runs = [Run(spec), Run(spec)]
    recorded = [moments(run) for run in runs]
    assert_same_moments(*recorded)
    for stop in (0, 1, 3, 7):
        first = Run(spec)
        moments(first, until=stop)
        second = Run(spec, first.state())
        assert_same_moments(after := moments(second), recorded[0][-len(after) :])
        assert_same_weights(second, runs[0])


def test_all_digits_learn_at_once_what_they_learn_step_by_step(
    small_mnist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At first there is only rounding between them; it grows with every update."""
    monkeypatch.setenv("DLVIZ_DATA", str(small_mnist))
    spec = digits(data=MnistFull(), network=ConvNet())
    at_once = Run(spec)
    monkeypatch.setattr(RunSpec, "pools_at_once", False)
    step_by_step = Run(spec)
    for run in (at_once, step_by_step):
        moments(run, until=8)
    assert at_once.weights()["conv1.weight"] == pytest.approx(step_by_step.weights()["conv1.weight"], abs=1e-4)
    ours, theirs = at_once.moment(), step_by_step.moment()
    assert ours["losses"] == pytest.approx(theirs["losses"], rel=1e-4)


def test_with_a_seed_for_the_data_the_other_draws_weights_and_nothing_of_them() -> None:
    first, both, other = Run(points()), Run(points(seed=7, data_seed=points().seed)), Run(points(seed=7))
    assert np.array_equal(first.splits.train.inputs, both.splits.train.inputs)
    assert np.array_equal(first.splits.validation.labels, both.splits.validation.labels)
    assert not np.array_equal(first.splits.train.inputs, other.splits.train.inputs)
    assert_same_weights(both, other)
    assert not all(np.array_equal(values, both.weights()[name]) for name, values in first.weights().items())
