"""Lines and tables are learnt to the answer that algebra and scikit-learn give, and a run is continued bit for bit."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from sklearn.linear_model import HuberRegressor, LinearRegression, LogisticRegression

from dlviz.data.load import load
from dlviz.spec import Curve, Knobs, Linear, Mlp, Pairs, Plane, RunSpec, Table
from dlviz.training.run import Run
from tests.training.small import assert_same_moments, assert_same_weights, moments

FULL = Knobs(optimizer="sgd", learning_rate=0.3, batch_size=1024)


def run_of(data: object, network: object = Linear(), **fields: object) -> Run:
    """Return a run on the CPU, by gradient descent on all examples at once unless said otherwise."""
    return Run(RunSpec(**{"data": data, "network": network, "device": "cpu", "knobs": FULL, "epochs": 400, **fields}))


def test_a_line_ends_where_the_normal_equations_say() -> None:
    run = run_of(Curve(data="trend"))
    last = moments(run)[-1]
    train = load(run.spec.data, 0).train
    wanted = LinearRegression().fit(train.inputs, train.labels)
    np.testing.assert_allclose(last["weights"], [*wanted.coef_, wanted.intercept_], atol=1e-5)
    np.testing.assert_allclose(last["curve"][[0, -1]], wanted.predict([[-1], [1]]), atol=1e-5)
    assert last["train_r2"] == pytest.approx(wanted.score(train.inputs, train.labels), abs=1e-5)


def test_powers_bend_the_line() -> None:
    run = run_of(Curve(data="bend", noise=0), Linear(degree=2), epochs=1500)
    last = moments(run)[-1]
    np.testing.assert_allclose(last["weights"], [0, 1.5, -0.7], atol=1e-3)


def test_many_features_end_where_scikit_learn_does() -> None:
    run = run_of(Table(data="diabetes"), epochs=3000, knobs=Knobs(optimizer="adam", learning_rate=0.02, batch_size=512))
    last = moments(run)[-1]
    parts = load(run.spec.data, 0)
    wanted = LinearRegression().fit(parts.train.inputs, parts.train.labels)
    np.testing.assert_allclose(last["train_scores"][:, 0], wanted.predict(parts.train.inputs), atol=2e-3)
    assert last["test_r2"] == pytest.approx(wanted.score(parts.test.inputs, parts.test.labels), abs=2e-3)


def test_one_sum_learns_the_logistic_regression() -> None:
    knobs = Knobs(optimizer="sgd", learning_rate=0.5, batch_size=512, l2=0.05)
    run = run_of(Table(data="breast-cancer"), epochs=1000, knobs=knobs)
    last = moments(run)[-1]
    train = load(run.spec.data, 0).train
    wanted = LogisticRegression(C=1 / (0.05 * len(train)), tol=1e-8, max_iter=10_000).fit(train.inputs, train.labels)
    np.testing.assert_allclose(last["weights"][:-1], wanted.coef_[0], atol=2e-3)
    assert last["weight_norm"] == pytest.approx(np.linalg.norm(last["weights"][:-1]), rel=1e-6)  # no bias is in it
    assert last["train_accuracy"] == pytest.approx(wanted.score(train.inputs, train.labels), abs=0.005)
    assert last["confusion"].sum() == len(load(run.spec.data, 0).validation)


def test_huber_lets_outliers_count_less() -> None:
    knobs = Knobs(optimizer="adam", learning_rate=0.02, batch_size=512, fault="huber", huber_delta=0.1)
    run = run_of(Curve(data="trend", outliers=0.2, noise=0.02, points=100), epochs=3000, knobs=knobs)
    last = moments(run)[-1]
    np.testing.assert_allclose(last["weights"], [0.7, -0.1], atol=0.06)
    train = load(run.spec.data, 0).train
    assert abs(LinearRegression().fit(train.inputs, train.labels).intercept_ + 0.1) > 0.15
    other = HuberRegressor(epsilon=1.1, alpha=0).fit(train.inputs, train.labels)
    np.testing.assert_allclose(last["weights"], [*other.coef_, other.intercept_], atol=0.06)


def test_a_dense_network_learns_a_wave() -> None:
    knobs = Knobs(optimizer="adam", learning_rate=0.02, batch_size=64)
    run = run_of(Curve(data="wave", noise=0, points=200), Mlp(hidden=(30,), activation="tanh"), knobs=knobs)
    assert moments(run)[-1]["validation_r2"] > 0.98


@pytest.mark.parametrize(
    ("data", "network"),
    [
        (Curve(), Linear(degree=3)),
        (Pairs(), Mlp(hidden=(3,))),
        (Table(data="wine", columns=("alcohol", "hue")), Linear()),
        (Plane(points=60), Linear()),
    ],
    ids=["curve", "pairs", "wine", "plane"],
)
def test_a_run_continued_has_the_same_bits(data: object, network: object) -> None:
    knobs = Knobs(optimizer="adam", batch_size=8, l1=0.01)
    whole = run_of(data, network, epochs=6, knobs=knobs)
    wanted = moments(whole)
    begun = run_of(data, network, epochs=6, knobs=knobs)
    found = moments(begun, until=wanted[-1].step // 2)
    resumed = Run(begun.spec, begun.state())
    found += [row for row in moments(resumed) if row.step > found[-1].step]
    assert_same_weights(whole, resumed)
    kept = {row.step: row for row in wanted}
    assert_same_moments([row for row in found if row.step in kept], wanted)


def test_a_rate_too_high_ends_the_run_at_the_update_that_broke_it() -> None:
    run = run_of(Table(data="diabetes", scaling=False), epochs=50)
    rows = moments(run)
    assert run.diverged_at == rows[-1].step < 50


def test_units_are_silent_while_learning_and_never_while_measured() -> None:
    spec = RunSpec(data=Table(), network=Mlp(hidden=(40,), batch_norm=True), device="cpu", epochs=3)
    dropped, whole = (Run(spec.fork(0, dropout=share)) for share in (0.5, 0.0))
    first = next(piece for piece in dropped.work() if piece is not None)
    assert first["train_loss"] == next(piece for piece in whole.work() if piece is not None)["train_loss"]
    moments = [[m for m in run.work() if m is not None][-1] for run in (dropped, whole)]
    assert moments[0]["weights"].tolist() != moments[1]["weights"].tolist()
    again = [dropped.moment(), dropped.moment()]  # chance is drawn for learning only
    assert again[0]["validation_scores"].tolist() == again[1]["validation_scores"].tolist()
    assert not dropped.network.training
    with torch.no_grad():
        scores = dropped.network(torch.tensor(dropped.splits.validation.inputs))
    assert again[0]["validation_scores"] == pytest.approx(scores.numpy(), abs=1e-6)


def test_dropout_and_batch_norm_go_on_from_a_state_bit_for_bit() -> None:
    network = Mlp(hidden=(12, 7), batch_norm=True)
    spec = RunSpec(data=Table(), network=network, device="cpu", epochs=4, knobs=Knobs(dropout=0.3, batch_size=30))
    whole, half = Run(spec), Run(spec)
    last = [moment for moment in whole.work() if moment is not None][-1]
    for _ in half.work(until=13):
        pass
    ended = [moment for moment in Run(spec, half.state()).work() if moment is not None][-1]
    assert ended["weights"].tolist() == last["weights"].tolist()
    assert ended["test_scores"].tolist() == last["test_scores"].tolist()


@pytest.mark.parametrize("data", [Curve(points=40), Table(), Plane(points=60)])
@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_biases_before_batch_norm_stay_where_they_started(data: object, optimizer: str) -> None:
    """What they add is taken away again: their gradient is 0 but for rounding, and rounding is nothing to learn."""
    network = Mlp(hidden=(7, 3), activation="relu", initializer="torch", batch_norm=True)
    knobs = Knobs(optimizer=optimizer, learning_rate=0.01, batch_size=16)
    run = Run(RunSpec(data=data, network=network, device="cpu", epochs=10, knobs=knobs))
    before = run.weights()
    for _ in run.work():
        pass
    after = run.weights()
    biases = {name: np.array_equal(before[name], after[name]) for name in before if name.endswith("bias")}
    assert biases == {
        "dense1.bias": True,
        "norm1.bias": False,
        "dense2.bias": True,
        "norm2.bias": False,
        "scores.bias": False,
    }


@pytest.mark.parametrize("hidden", [(6,), (5, 3)])
def test_a_moment_says_by_which_means_and_deviations_batch_norm_goes(hidden: tuple[int, ...]) -> None:
    """From its numbers alone, layer by layer in float64, comes the curve that the network draws."""
    network = Mlp(hidden=hidden, activation="tanh", batch_norm=True)
    spec = RunSpec(data=Curve(points=40), network=network, device="cpu", epochs=20)
    last = [moment for moment in Run(spec).work() if moment is not None][-1]
    flat, norms = iter(last["weights"].astype(np.float64)), iter(last["norms"].astype(np.float64))

    def take(values: Iterator[float], *shape: int) -> np.ndarray:
        return np.array([next(values) for _ in range(math.prod(shape))]).reshape(shape)

    signals = np.linspace(-1, 1, 201)[:, None]
    for width in hidden:
        sums = signals @ take(flat, width, signals.shape[1]).T + take(flat, width)
        scale, shift = take(flat, width), take(flat, width)
        mean, variance = take(norms, width), take(norms, width)
        signals = np.tanh(scale * (sums - mean) / np.sqrt(variance + 1e-5) + shift)
    answer = signals @ take(flat, 1, hidden[-1]).T + take(flat, 1)
    np.testing.assert_allclose(last["curve"], answer[:, 0], atol=1e-5)
    assert next(flat, None) is next(norms, None) is None
