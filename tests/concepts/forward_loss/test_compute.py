"""Every number of the page against something independent: numpy, closed forms, central differences, torch's own."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import erf, expit, logsumexp
from torch.nn import functional as F

from dlviz.concepts.forward_loss import compute
from dlviz.concepts.forward_loss.recording import Anatomy
from dlviz.concepts.forward_loss.spec import LOSSES, USUAL_RUN, Judging, Subject
from dlviz.data.load import load
from dlviz.models.build import build_for
from dlviz.spec import Mlp, Plane, RunSpec

NUMPY = {
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "elu": lambda z: np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1),
    "gelu": lambda z: z * (1 + erf(z / math.sqrt(2))) / 2,
    "silu": lambda z: z * expit(z),
    "tanh": np.tanh,
    "sigmoid": expit,
    "identity": lambda z: z,
}
SUBJECTS = [
    Subject(),
    Subject(trained=False, bend="tanh"),
    Subject(source="digit", bend="sigmoid", example=3),
    Subject(source="loan", example=999),
    Subject(source="yours"),
    Subject(
        source="yours", run=USUAL_RUN.model_copy(update={"data": Plane(data="hills"), "network": Mlp(hidden=(3,))})
    ),
]


def networks(run: RunSpec, step: int | None) -> tuple[object, object]:
    """Return the run's network as it begins; a stand-in for the worker's store."""
    return build_for(run).eval(), load(run.data, run.seed)


def by_hand(found: Anatomy) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return sums and outputs (B, H) of every layer, term by term, without a matrix product."""
    rows, stages = found.inputs, []
    for layer in found.layers:
        units = range(len(layer.biases))
        terms = [[sum(w * x for w, x in zip(layer.weights[u], row, strict=True)) for u in units] for row in rows]
        sums = np.array(terms) + layer.biases
        rows = NUMPY[layer.activation](sums)
        stages.append((sums, rows))
    return stages


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_number_of_the_forward_pass_is_that_of_plain_numpy(subject: Subject) -> None:
    found = compute.anatomy(networks, subject)
    assert found.inputs.dtype == np.float64
    assert tuple(len(layer.biases) for layer in found.layers) == subject.sizes[1:]
    for layer, (sums, outputs) in zip(found.layers, by_hand(found), strict=True):
        assert layer.sums == pytest.approx(sums, abs=1e-12)
        assert layer.outputs == pytest.approx(outputs, abs=1e-12)
    scores = found.layers[-1].sums
    said = {"softmax": np.exp(scores) / np.exp(scores).sum(1, keepdims=True), "sigmoid": expit(scores)}
    assert found.answers == pytest.approx(said.get(subject.head, scores), abs=1e-12)
    losses = {
        "softmax": lambda: -np.log(found.answers[found.targets == 1]),
        "sigmoid": lambda: -np.log(np.where(found.targets == 1, found.answers, 1 - found.answers))[:, 0],
        "identity": lambda: ((scores - found.targets) ** 2)[:, 0],
    }[subject.head]()
    assert found.losses == pytest.approx(losses)
    factor = 2 if subject.head == "identity" else 1
    assert found.slopes == pytest.approx(factor * (found.answers - found.targets), abs=1e-12)  # p − y


@pytest.mark.parametrize("activation", list(NUMPY))
def test_a_network_of_the_playground_is_taken_apart_as_torch_computes_it(activation: str) -> None:
    run = RunSpec(
        data=Plane(data="arms", inputs=("x1", "x1_x2", "sin_x2")), network=Mlp(hidden=(3, 2), activation=activation)
    )
    network, splits = networks(run, 0)
    found = compute.anatomy(networks, Subject(source="yours", run=run, example=4))
    points = torch.tensor(splits.validation.inputs[4:7], dtype=torch.float64)
    assert found.layers[-1].outputs == pytest.approx(network.double()(points).detach().numpy(), abs=1e-12)
    assert {layer.activation for layer in found.layers[:-1]} == {activation}


def test_a_normalisation_goes_into_the_weights_exactly() -> None:
    run = RunSpec(data=Plane(), network=Mlp(hidden=(4, 3), batch_norm=True))
    network = build_for(run)
    points = torch.tensor(load(run.data, 0).train.inputs)
    network(points)  # remembers a mean and a spread
    network.eval().double()
    layers = compute.dense_layers(network)
    ours = compute.forward(layers, points.double())[-1].outputs
    assert [name for _, _, name in layers] == ["relu", "relu", "identity"]
    assert ours.numpy() == pytest.approx(network(points.double()).detach().numpy(), abs=1e-9)


def test_preset_networks_have_learnt_and_untrained_ones_have_not() -> None:
    for source, least, chance in (("flower", 0.9, 0.8), ("digit", 0.8, 0.3), ("loan", 0.75, 0.75)):
        learnt, fresh = (compute.anatomy(networks, Subject(source=source, trained=yes)) for yes in (True, False))
        assert learnt.score > least
        assert fresh.score < chance or source == "loan"
        assert learnt.mean_loss < fresh.mean_loss
        assert len(learnt.wrong) == round((1 - learnt.score) * learnt.count)
    fresh = compute.anatomy(networks, Subject(source="digit", trained=False))
    assert fresh.mean_loss == pytest.approx(math.log(10), rel=0.1)  # as if it guessed


def test_the_same_question_has_the_same_bits() -> None:
    first = compute.anatomy(networks, Subject(source="loan"))
    compute.learnt.cache_clear()
    again = compute.anatomy(networks, Subject(source="loan"))
    assert again.original.tobytes() == first.original.tobytes()


def test_no_example_on_show_was_learnt_from() -> None:
    for source in ("flower", "digit", "loan"):
        learn, aside = compute.known(source)
        rows = {row.tobytes() for row in learn.inputs} if source == "digit" else set()
        assert not any(row.tobytes() in rows for row in aside.inputs)
    assert sum(len(part.labels) for part in compute.known("flower")) == 150


def test_a_digit_is_pooled_by_means() -> None:
    found = compute.anatomy(networks, Subject(source="digit", example=5))
    assert found.picture.shape == (28, 28)
    assert found.inputs[0, 0] == pytest.approx(found.picture[:4, :4].mean() / 255)
    assert found.inputs[0, 7 * 3 + 4] == pytest.approx(found.picture[12:16, 16:20].mean() / 255)


@pytest.mark.parametrize(
    ("changed", "place"), [("x2=1.5", None), ("w1.2.3=-3", (0, "weights", 1, 2)), ("b2.1=4", (1, "biases", 0))]
)
def test_a_changed_number_is_in_the_network_and_everything_after_it_follows(changed: str, place: tuple | None) -> None:
    before, after = (compute.anatomy(networks, Subject(), text) for text in ("", changed))
    value = float(changed.partition("=")[2])
    if place is None:
        assert after.inputs[0, 1] == value
        assert after.inputs[1:] == pytest.approx(before.inputs[1:])
    else:
        assert getattr(after.layers[place[0]], place[1])[place[2:]] == value
    assert after.original == pytest.approx(before.original)
    assert after.original_inputs == pytest.approx(before.inputs)
    for layer, (sums, _) in zip(after.layers, by_hand(after), strict=True):
        assert layer.sums == pytest.approx(sums, abs=1e-12)
    assert after.losses[0] != before.losses[0]


def test_a_number_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match=r"there is no w9\.1\.1"):
        compute.anatomy(networks, Subject(), "w9.1.1=3")


# ----------------------------------------------------------------------------------------------- losses

CLOSED = {
    "bce": lambda z, p, y, s: (expit(z) - y) / len(z),
    "cross_entropy": lambda z, p, y, s: p - y,
    "smoothing": lambda z, p, y, s: p - ((1 - s.smoothing) * y + s.smoothing / len(z)),
    "mse": lambda z, p, y, s: 2 / len(z) * p * ((p - y) - (p * (p - y)).sum()),
}
scores = st.lists(st.floats(-6, 6), min_size=3, max_size=5)


@given(scores, st.integers(0, 2), st.sampled_from(sorted(CLOSED)))
def test_gradients_have_their_closed_forms(values: list[float], truth: int, name: str) -> None:
    z, y, judging = np.array(values), np.eye(len(values))[truth], Judging(smoothing=0.2)
    p = np.exp(z - logsumexp(z))
    row = torch.tensor(z)[None].requires_grad_()
    compute.rows_loss(name, row, torch.tensor(y)[None], judging, "softmax").sum().backward()
    assert row.grad[0].numpy() == pytest.approx(CLOSED[name](z, p, y, judging), abs=1e-9)


@given(scores, st.integers(0, 2))
def test_losses_are_torchs_own(values: list[float], truth: int) -> None:
    row, label, y = (
        torch.tensor(values)[None].double(),
        torch.tensor([truth]),
        torch.eye(len(values)).double()[truth][None],
    )
    judging = Judging(delta=0.5, smoothing=0.3, fed="scores")
    ours = {name: float(compute.rows_loss(name, row, y, judging, "softmax")) for name in LOSSES}
    theirs = {
        "mse": F.mse_loss(row, y),
        "mae": F.l1_loss(row, y),
        "huber": F.huber_loss(row, y, delta=0.5),
        "bce": F.binary_cross_entropy(row.sigmoid(), y),
        "cross_entropy": F.nll_loss(row.log_softmax(1), label),
        "smoothing": F.cross_entropy(row, label, label_smoothing=0.3),
        "hinge": F.multi_margin_loss(row, label),
    }
    for name, value in theirs.items():
        assert ours[name] == pytest.approx(float(value), rel=1e-9)
    p = float(row.softmax(1)[0, truth])
    assert ours["focal"] == pytest.approx(-((1 - p) ** 2) * math.log(p), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("truth", [0.0, 1.0])
@pytest.mark.parametrize("z", [-3.0, 0.4, 2.0])
def test_losses_of_one_probability(z: float, truth: float) -> None:
    row, y, p = torch.tensor([[z]]).double(), torch.tensor([[truth]]).double(), expit(z)
    right = p if truth else 1 - p
    wanted = {
        "mse": (p - truth) ** 2,
        "mae": abs(p - truth),
        "huber": (p - truth) ** 2 / 2,
        "bce": -math.log(right),
        "cross_entropy": -math.log(right),
        "smoothing": -0.95 * math.log(right) - 0.05 * math.log(1 - right),
        "focal": -((1 - right) ** 2) * math.log(right),
        "hinge": max(0, 1 - (2 * truth - 1) * z),
    }
    assert {name: float(compute.rows_loss(name, row, y, Judging(), "sigmoid")) for name in LOSSES} == pytest.approx(
        wanted
    )


def test_focal_without_focus_and_smoothing_without_smoothing_are_cross_entropy() -> None:
    row, y = torch.tensor([[1.0, -2.0, 0.5]]).double(), torch.eye(3)[1][None].double()
    plain = compute.rows_loss("cross_entropy", row, y, Judging(), "softmax")
    for name in ("focal", "smoothing"):
        assert compute.rows_loss(name, row, y, Judging(gamma=0, smoothing=0), "softmax") == pytest.approx(plain)


@pytest.mark.parametrize(
    "subject", [Subject(), Subject(source="digit", example=7), Subject(source="loan"), SUBJECTS[-1]]
)
@pytest.mark.parametrize("fed", ["scores", "probabilities"])
def test_curves_go_through_the_example_and_slopes_are_their_differences(subject: Subject, fed: str) -> None:
    found, judged = compute.anatomy(networks, subject), compute.judgement(networks, subject, "", Judging(fed=fed))
    assert judged.here == found.layers[-1].outputs[0, found.truth]
    known = [place for place, name in enumerate(LOSSES) if np.isfinite(judged.values[place])]
    assert len(known) == (3 if subject.head == "identity" else 8)
    for place in known:
        along = np.interp(judged.here, judged.grid, judged.curves[place])
        if abs(judged.here) < judged.grid[-1]:
            assert judged.values[place] == pytest.approx(along, abs=0.02)
        assert judged.gradients[place] == pytest.approx(judged.differences[place], abs=1e-6)
        rise = np.diff(judged.curves[place]) / np.diff(judged.grid)
        middle = (judged.slopes[place][1:] + judged.slopes[place][:-1]) / 2
        assert np.median(abs(rise - middle)) < 2e-3
    usual = LOSSES.index(compute.usual_loss(subject.head))
    if fed == "probabilities":
        assert judged.values[usual] == pytest.approx(found.losses[0])
        assert judged.gradients[usual] == pytest.approx(found.slopes[0])


def test_squares_on_a_sigmoid_fade_where_they_are_most_wrong() -> None:
    found = compute.fading()
    p = expit(found.grid)
    assert found.slopes[0] == pytest.approx(p - 1)
    assert found.slopes[1] == pytest.approx(2 * (p - 1) * p * (1 - p), abs=1e-12)
    assert found.curves[1] == pytest.approx((1 - p) ** 2)
    assert abs(found.slopes[0, 0]) > 1000 * abs(found.slopes[1, 0])


# ------------------------------------------------------------------------------------------- overflow


@given(st.tuples(*[st.floats(-20, 20)] * 3), st.floats(-150, 150))
def test_the_safe_softmax_is_right_wherever_the_plain_one_breaks(logits: tuple[float, ...], raised: float) -> None:
    found, z = compute.softmaxes(logits, raised), np.array(logits) + raised
    exact = np.exp(z - logsumexp(z))
    assert found.exact == pytest.approx(exact, abs=1e-9)
    assert found.safe_probabilities == pytest.approx(exact, abs=1e-4)
    assert found.safe_loss == pytest.approx(found.exact_loss, abs=1e-4)
    assert found.torch_loss == pytest.approx(found.exact_loss, abs=1e-4)
    if z.max() > 89:
        assert math.isinf(found.total)
        assert math.isinf(found.log_sum)
        assert np.isnan(found.probabilities[z.argmax()])
    if z.max() < -104:
        assert found.total == 0
        assert np.isnan(found.probabilities).all()


# ----------------------------------------------------------------------------------------- rare classes


@pytest.mark.parametrize(("rare", "weight"), [(0.1, 1.0), (0.1, 9.0), (0.5, 1.0), (0.01, 50.0)])
def test_the_cheapest_answer_is_where_the_pulls_meet(rare: float, weight: float) -> None:
    found = compute.rarity(rare, weight)
    assert found.grid == pytest.approx(expit(np.linspace(-6, 6, compute.GRID)))
    assert found.costs[2].min() == pytest.approx(found.least, rel=1e-3)
    assert np.interp(found.best, found.grid, found.slopes[2]) == pytest.approx(0, abs=1e-3)
    assert found.base == pytest.approx(-rare * math.log(rare) - (1 - rare) * math.log(1 - rare))
    if weight == 1:
        assert (found.best, found.least) == pytest.approx((rare, found.base))


@pytest.mark.parametrize("rare", [0.01, 0.1, 0.25, 0.5])
def test_the_loans_have_the_share_that_was_asked_for(rare: float) -> None:
    labels = compute.known("loan")[0].labels
    rows = compute.with_share(labels, rare)
    assert labels[rows].mean() == pytest.approx(rare, abs=0.002)
    assert len(rows) == len(set(rows))
    assert len(rows) > 1400


def test_a_weight_makes_the_network_find_more_of_the_rare_class_at_a_price() -> None:
    found = compute.rarity(0.1, 9.0)
    assert found.weighted.found > found.plain.found + 0.3
    assert found.weighted.alarms > found.plain.alarms
    for trained in (found.plain, found.weighted):  # at the lowest loss the pulls of both classes cancel
        assert trained.pulls.sum() == pytest.approx(0, abs=0.01)
