"""What the playground asks of its workers: the points of a run, small pictures, and a network with other weights."""

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from dlviz.concepts.playground import compute
from dlviz.concepts.playground.spec import CIRCLE, LEVELS, Duel
from dlviz.data.load import load
from dlviz.formula import read_formula
from dlviz.models.build import build, build_for
from dlviz.models.formulas import evaluate
from dlviz.recording import Curves
from dlviz.spec import Mlp, Plane, Points, RunSpec
from dlviz.training.run import Run
from tests.pieces import whole

RUN = CIRCLE.model_copy(update={"device": "cpu", "epochs": 2})


def no_networks(*_: object) -> object:
    """Refuse: a network without normalisation is nothing but its weights."""
    raise AssertionError("nobody has to be asked")


def recorded(spec: RunSpec) -> list:
    """Return the moments of a run."""
    return [moment for moment in Run(spec).work() if moment is not None]


def test_the_points_of_a_run_are_those_it_learns_from_then_those_kept_aside() -> None:
    cloud, splits = compute.points(RUN.data, 3), load(RUN.data, 3)
    count = len(splits.train)
    assert np.array_equal(cloud.places[:count], splits.train.inputs)
    assert np.array_equal(cloud.labels[count:], splits.validation.labels)
    assert cloud.split.tolist() == [0] * count + [1] * len(splits.validation)


def test_small_pictures_show_the_data_sets_without_noise() -> None:
    found = compute.pictures(["circle", "hills"], 7)
    distance = np.linalg.norm(found["circle"].places, axis=1)
    assert (found["circle"].labels == (distance < 3)).all()
    assert len(np.unique(found["hills"].labels)) > 20


@pytest.mark.parametrize("data", ["circle", "arms", "slope"])
def test_with_its_own_weights_a_network_shows_what_was_recorded(data: str) -> None:
    spec = RUN.model_copy(update={"data": Plane(data=data)})
    moment = recorded(spec)[-1]
    found = compute.seen(no_networks, spec, moment.step, moment["weights"])
    assert {"output_map", "unit_maps", "train_loss", "validation_loss"} <= set(found)
    for name, values in found.items():
        assert np.array_equal(values, moment[name]), name


def test_a_weight_changed_by_hand_gives_the_loss_that_torch_gives() -> None:
    moment = recorded(RUN)[-1]
    weights = np.array(moment["weights"])
    weights[[0, 7]] = [2.5, -1]
    found = compute.seen(no_networks, RUN, moment.step, weights)
    network, splits = build_for(RUN).eval(), load(RUN.data, RUN.seed)
    torch.nn.utils.vector_to_parameters(torch.tensor(weights), network.parameters())
    with torch.no_grad():
        scores = network(torch.tensor(splits.validation.inputs))
    labels = torch.tensor(splits.validation.labels)
    assert found["validation_loss"] == pytest.approx(cross_entropy(scores, labels).item(), abs=1e-6)
    assert found["validation_accuracy"] == pytest.approx((scores.argmax(1) == labels).double().mean().item())
    assert np.array_equal(found["weights"], weights)


def test_what_is_shown_is_what_the_fork_with_these_weights_records() -> None:
    moment = next(one for one in recorded(RUN) if one.step == 25)
    weights = np.array(moment["weights"])
    weights[3] = 1.5
    found = compute.seen(no_networks, RUN, 25, weights)
    forked = next(one for one in recorded(RUN.fork(25, {3: 1.5}.items())) if one.step == 25)
    for name in ("output_map", "unit_maps", "train_loss", "validation_accuracy", "weights"):
        assert np.array_equal(found[name], forked[name]), name


def test_a_normalised_network_remembers_more_than_weights() -> None:
    spec = RUN.model_copy(update={"network": Mlp(hidden=(3,), batch_norm=True)})
    run = Run(spec)
    *_, moment = (one for one in run.work() if one is not None)
    found = compute.seen(lambda *_: (run.network.eval(), run.splits), spec, moment.step, moment["weights"])
    assert np.array_equal(found["output_map"], moment["output_map"])


def test_weights_of_another_network_are_refused() -> None:
    with pytest.raises(ValueError, match="the network has 28, not 5"):
        compute.seen(no_networks, RUN, 0, np.zeros(5))


# ------------------------------------------------------------------------------------------ valley


CUTS = ["path", "weights", "chance"]
KINDS = {
    "classes": {"data": Plane(data="arms")},
    "number": {"data": Plane(data="hills")},
    "own points": {"data": Points()},
    "penalties": {"knobs": RUN.knobs.model_copy(update={"l1": 0.01, "l2": 0.1, "weight_decay": 0.1})},
    "dropout": {"knobs": RUN.knobs.model_copy(update={"dropout": 0.5})},
    "batch norm": {"network": Mlp(hidden=(4, 2), activation="relu", batch_norm=True)},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("directions", CUTS)
def test_the_loss_where_the_network_is_is_the_loss_on_show(kind: str, directions: str) -> None:
    spec = RUN.model_copy(update=KINDS[kind])
    run = Run(spec)
    moments = [moment for moment in run.work() if moment is not None]
    path = np.stack([moment["weights"] for moment in moments])
    last = moments[-1]
    networks = lambda *_: (run.network, run.splits)  # noqa: E731 - asked for only where weights are not all
    found = compute.valley(networks, spec, last.step, last["weights"], path, directions, (3, 1), side=9)
    assert found.here == pytest.approx(float(last["train_loss"]), abs=1e-6)
    assert found.heights.shape == (9, 9)
    assert found.points[-1] == pytest.approx(np.zeros(2), abs=1e-6)


@pytest.mark.parametrize("directions", CUTS)
def test_every_height_is_what_the_network_shows_with_the_weights_of_its_place(directions: str) -> None:
    moments = recorded(RUN)
    path = np.stack([moment["weights"] for moment in moments])
    found = compute.valley(no_networks, RUN, moments[-1].step, path[-1], path, directions, (5, 20), side=5)
    for row, column in [(0, 0), (4, 1), (2, 3)]:
        weights = found.origin + np.array([found.across[column], found.along[row]]) @ found.directions
        there = compute.seen(no_networks, RUN, moments[-1].step, weights.astype(np.float32))
        assert found.heights[row, column] == pytest.approx(float(there["train_loss"]), abs=1e-6)


def test_along_two_weights_the_way_is_how_these_two_went() -> None:
    moments = recorded(RUN)
    path = np.stack([moment["weights"] for moment in moments])
    found = compute.valley(no_networks, RUN, moments[2].step, path[2], path, "weights", (5, 20), side=5)
    assert np.allclose(found.points, path[:, [5, 20]] - path[2, [5, 20]], atol=1e-6)
    shares = path[:, [5, 20]].var(axis=0) / path.var(axis=0).sum()
    assert found.explained == pytest.approx(shares, rel=1e-4)
    assert found.across.min() < found.points[:, 0].min() and found.across.max() > found.points[:, 0].max()
    assert np.ptp(found.along) >= compute.LEAST


def test_two_weights_that_are_not_there_are_refused() -> None:
    moments = recorded(RUN)
    path = np.stack([moment["weights"] for moment in moments])
    for pair in [(4, 4), (0, 28)]:
        with pytest.raises(ValueError, match="two different ones of 0 … 27"):
            compute.valley(no_networks, RUN, moments[-1].step, path[-1], path, "weights", pair)


def test_of_a_large_network_fewer_places_are_looked_at() -> None:
    assert compute._side(28 * 250) == 61
    assert 15 <= compute._side(265_218 * 250) < 20


# ---------------------------------------------------------------------------------------- check-up


def test_a_rate_that_is_far_too_small_is_found_and_its_cure_helps_from_the_same_step() -> None:
    slow = RUN.model_copy(
        update={"epochs": 40, "knobs": RUN.knobs.model_copy(update={"optimizer": "sgd", "learning_rate": 5e-4})}
    )
    moments = recorded(slow)
    known = [one for one in moments if one.step <= 750]
    rows = {name: np.array([one[name] for one in known]) for name in ("train_loss", "validation_loss", "weights")}
    rows |= {"step": np.array([one.step for one in known]), "epoch": np.array([one.epoch for one in known])}
    (cause,) = compute.findings(no_networks, slow, 750, rows, None)
    assert (cause.name, cause.knobs) == ("rate_too_small", {"learning_rate": 5e-3})
    cured = recorded(slow.fork(cause.step, cause.weights, **cause.knobs))
    assert cured[-1]["validation_loss"] < 0.95 * moments[-1]["validation_loss"]


def test_many_seeds_are_the_runs_of_these_seeds_in_parts_as_at_one_go() -> None:
    parts, state = [], None
    for epochs in (1, 5):
        part, state = whole(compute.many_seeds(RUN, 3, epochs, state))
        parts.append(part)
    curves = Curves.joined(parts)
    assert curves.epochs.tolist() == [0, 1, 2]
    for seed in range(3):
        moments = {m.epoch: m for m in recorded(RUN.model_copy(update={"seed": seed}))}
        for epoch in (0, 1, 2):
            moment = moments[epoch]
            assert curves.validation_loss[seed, epoch] == pytest.approx(moment["validation_loss"].item(), abs=1e-5)
            assert curves.validation_score[seed, epoch] == pytest.approx(moment["validation_accuracy"].item())


# ------------------------------------------------------------------------------------------- the duel

MOVED = Duel(duel_level="ring", duel_seed=6, duel_moves="w0=1.5,w9=-4.25,w12=0.75,w0=-2", duel_rate=0.4)


def by_numpy(weights: np.ndarray, points: np.ndarray, labels: np.ndarray) -> float:
    """Return the loss of three tanh units and one score, in float64."""
    hidden = np.tanh(points @ weights[:6].reshape(3, 2).T + weights[6:9])
    says = 1 / (1 + np.exp(-(hidden @ weights[9:12] + weights[12])))
    return float(-np.log(np.where(labels == 1, says, 1 - says)).mean())


def test_a_duel_is_worth_what_numpy_says_of_every_move() -> None:
    match = compute.duel(MOVED)
    assert np.array_equal(match.own_weights[0], match.weights[0])
    assert match.own_weights[-1][[0, 9, 12]].tolist() == [-2, -4.25, 0.75]
    untouched = np.delete(match.own_weights, [0, 9, 12], axis=1)
    assert (untouched == untouched[0]).all()
    for rows, losses in ((match.weights, match.losses), (match.own_weights, match.own_losses)):
        assert losses == pytest.approx([by_numpy(row, match.points, match.labels) for row in rows], abs=1e-9)
    assert match.weights.dtype == match.points.dtype == np.float64


def test_a_duel_is_about_the_training_points_and_the_usual_first_weights() -> None:
    match, known = compute.duel(MOVED), load(LEVELS["ring"].data, 6).train
    assert np.array_equal(match.points, known.inputs.astype(float))
    assert np.array_equal(match.labels, known.labels)
    plain = build(Mlp(hidden=(3,), activation="tanh"), (2,), 1, 6)
    first = torch.nn.utils.parameters_to_vector(plain.parameters()).detach().numpy()
    assert np.array_equal(match.weights[0], first.astype(float))


def test_undoing_a_move_is_exact_and_the_optimizers_way_does_not_depend_on_yours() -> None:
    longer, shorter = (compute.duel(MOVED.model_copy(update={"duel_moves": text})) for text in ("w1=2,w5=1", "w1=2"))
    assert np.array_equal(longer.own_weights[:-1], shorter.own_weights)
    assert np.array_equal(longer.own_losses[:-1], shorter.own_losses)
    assert np.array_equal(longer.weights, shorter.weights)


def test_the_hint_is_the_optimizers_first_move() -> None:
    match = compute.duel(MOVED.model_copy(update={"duel_moves": ""}))
    assert match.weights[0] + 0.4 * match.downhill == pytest.approx(match.weights[1], abs=1e-12)


# --------------------------------------------------------------------------------- inside the layers


@pytest.mark.parametrize("data", ["circle", "hills"])
def test_the_spread_of_every_layer_is_that_of_the_recorded_weights_and_of_torchs_gradients(data: str) -> None:
    spec = RUN.model_copy(update={"data": Plane(data=data), "network": Mlp(hidden=(4, 2), activation="tanh")})
    rows = np.stack([moment["weights"] for moment in recorded(spec)])
    first, second, scores = compute.spreads(spec, rows)
    assert [(one.units, one.activation) for one in (first, second, scores)] == [
        (4, "tanh"),
        (2, "tanh"),
        (spec.data.outputs, "identity"),
    ]
    assert first.sizes[:, 0] == pytest.approx(np.sqrt(np.square(rows[:, :8]).mean(axis=1)), rel=1e-5)
    assert (first.weights.counts.sum(axis=1) == 8).all()
    known = load(spec.data, spec.seed_of_data).train
    assert (first.activations.counts.sum(axis=1) == 4 * len(known)).all()
    network = build_for(spec)
    torch.nn.utils.vector_to_parameters(torch.tensor(rows[-1]), network.parameters())
    output, truth = network(torch.tensor(known.inputs)), torch.tensor(known.labels)
    loss = cross_entropy(output, truth) if data == "circle" else (output[:, 0] - truth).square().mean()
    loss.backward()
    for layer, weight in ((first, network.dense1.weight), (scores, network.scores.weight)):
        assert layer.sizes[-1, 1] == pytest.approx(weight.grad.square().mean().sqrt().item(), rel=1e-4)


def test_a_normalised_network_is_seen_with_all_training_points_as_one_batch() -> None:
    spec = RUN.model_copy(update={"network": Mlp(hidden=(3,), activation="tanh", batch_norm=True)})
    run = Run(spec)
    *_, moment = (one for one in run.work() if one is not None)
    hidden, _ = compute.spreads(spec, moment["weights"][None])
    network, known = run.network.train(), load(spec.data, spec.seed_of_data).train
    loss = cross_entropy(network(torch.tensor(known.inputs)), torch.tensor(known.labels))
    (slopes,) = torch.autograd.grad(loss, [network.dense1.weight])
    assert hidden.sizes[0, 1] == pytest.approx(slopes.square().mean().sqrt().item(), rel=1e-4)


@pytest.mark.parametrize("own", ["x*sigmoid(x)", "max(x, 0.1x)", "exp(-x^2)"])
def test_a_typed_activation_is_drawn_with_the_slope_that_autograd_finds(own: str) -> None:
    found = compute.bend(own)
    assert (found.places[0], found.places[48], found.places[-1]) == (-6, 0, 6)
    x = torch.tensor(found.places.astype(np.float64))
    f = lambda x: evaluate(read_formula(own), {"x": x}).numpy()  # noqa: E731
    inside = found.places != 0  # where max has a corner
    assert found.values == pytest.approx(f(x), abs=1e-6)
    assert found.slopes[inside] == pytest.approx(((f(x + 1e-5) - f(x - 1e-5)) / 2e-5)[inside], abs=1e-5)


def test_of_a_typed_activation_it_is_told_where_units_stand_still() -> None:
    spec = CIRCLE.model_copy(update={"network": Mlp(hidden=(3,), activation="tanh")})
    typed = spec.model_copy(update={"network": Mlp(hidden=(3,), activation="own", own="tanh(x)")})
    rows = np.random.default_rng(0).normal(0, 3, (2, spec.parameters)).astype(np.float32)
    for ours, builtin in zip(compute.spreads(typed, rows), compute.spreads(spec, rows), strict=True):
        assert (ours.flat.tolist(), ours.stuck.tolist()) == (builtin.flat.tolist(), builtin.stuck.tolist())
