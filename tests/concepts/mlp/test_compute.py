"""What the page asks for, against scikit-learn, torch and plain arithmetic."""

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.metrics import mean_absolute_error, r2_score

from dlviz.concepts.mlp import compute
from dlviz.concepts.mlp.recording import PARTS
from dlviz.data.auto_mpg import cars
from dlviz.data.load import load
from dlviz.spec import Curve, Knobs, Mlp, Mnist5k, Pairs, RunSpec, Table
from dlviz.training.run import Run
from tests.pieces import whole

FEW = Mnist5k(train_share=0.05, validation_share=0.02, test_share=0.02)
DIGITS = RunSpec(data=FEW, network=Mlp(hidden=(9, 6)), epochs=2, device="cpu", knobs=Knobs(learning_rate=0.01))
CARS = RunSpec(data=Table(), network=Mlp(hidden=(5,), activation="tanh"), epochs=8, device="cpu", seed=3)
WAVE = RunSpec(data=Curve(data="wave"), network=Mlp(hidden=(4,)), epochs=5, device="cpu")


def networks(spec: RunSpec, step: int | None) -> tuple[object, object]:
    """Return a run's network after so many updates, as the engine hands it out."""
    run = Run(spec)
    for _ in run.work(until=step):
        pass
    return run.network.eval(), run.splits


# ------------------------------------------------------------------------------------- examples


def test_the_points_of_a_curve_are_those_that_the_network_sees() -> None:
    splits, found = load(WAVE.data, 4), compute.targets(WAVE.data, 4)
    assert found.train[:, 0].tolist() == splits.train.inputs[:, 0].tolist()
    assert found.train[:, 1].tolist() == splits.train.labels.tolist()
    assert len(found.train) + len(found.validation) == WAVE.data.points
    assert compute.targets(Pairs(), 0).validation.shape == (0, 2)


def test_what_is_true_of_cars_is_in_miles_a_gallon() -> None:
    found, table = compute.truths(Table(), 1), cars()
    splits = load(Table(), 1)
    for part in PARTS:
        rows = getattr(splits, part).indices
        assert getattr(found, part) == pytest.approx(table.labels[rows], abs=1e-4)
        assert len(found.names[part]) == len(rows)
    assert found.mean == pytest.approx(table.labels[splits.train.indices].mean())


def test_people_have_no_names() -> None:
    assert compute.truths(Table(data="diabetes"), 0).names == dict.fromkeys(PARTS, ())


# --------------------------------------------------------------------------------------- scores


def test_scores_are_scikit_learns() -> None:
    network, splits = networks(CARS, None)
    found = compute.judged(networks, CARS, None)
    mean, deviation = splits.unit
    for part in PARTS:
        rows = getattr(splits, part)
        with torch.no_grad():
            answers = mean + deviation * network(torch.tensor(rows.inputs))[:, 0].numpy().astype(np.float64)
        truth = mean + deviation * rows.labels
        assert found[part].score == pytest.approx(r2_score(truth, answers), abs=1e-4)
        assert found[part].error == pytest.approx(mean_absolute_error(truth, answers), abs=1e-4)


def test_digits_are_counted() -> None:
    network, splits = networks(DIGITS, 10)
    with torch.no_grad():
        answers = network(torch.tensor(splits.test.inputs)[:, None] / 255).argmax(1).numpy()
    found = compute.judged(networks, DIGITS, 10)["test"]
    assert found.score == pytest.approx((answers == splits.test.labels).mean())


def test_an_outcome_has_the_scores_of_the_best_moment_and_of_the_last() -> None:
    run = Run(DIGITS)
    moments = [moment for moment in run.work() if moment is not None]
    best = min(moments, key=lambda moment: float(moment["validation_loss"]))
    found = whole(compute.outcome(DIGITS))
    assert found.best_epoch == best.epoch
    assert found.best["validation"].loss == pytest.approx(float(best["validation_loss"]), rel=1e-5)
    assert found.last["test"].score == pytest.approx(float(moments[-1]["test_accuracy"]))
    assert found.best == pytest.approx(compute.judged(networks, DIGITS, best.step))
    assert found.parameters == DIGITS.network.parameters(784, 10)


def test_without_validation_the_last_moment_counts() -> None:
    run = RunSpec(data=Pairs(), network=Mlp(hidden=(3,)), epochs=6, device="cpu")
    found = whole(compute.outcome(run))
    assert found.best_epoch == 6
    assert set(found.best) == {"train"}
    assert found.best == found.last


def test_a_run_that_diverges_has_no_scores_at_its_end() -> None:
    broken = CARS.fork(0, optimizer="sgd", learning_rate=10.0)
    broken = broken.model_copy(update={"network": Mlp(hidden=(5, 5)), "epochs": 60})
    found = whole(compute.outcome(broken))
    assert found.last == {}
    assert np.isfinite(found.best["test"].score)


@pytest.mark.parametrize("run", [WAVE, CARS, DIGITS], ids=["wave", "cars", "digits"])
def test_runs_that_learn_side_by_side_end_as_each_does_alone(run: RunSpec) -> None:
    runs = tuple(run.model_copy(update={"seed": seed}) for seed in (4, 0, 9))
    for found, alone in zip(whole(compute.outcomes(runs)), (whole(compute.outcome(one)) for one in runs), strict=True):
        assert found.parameters == alone.parameters
        assert found.best_epoch == pytest.approx(alone.best_epoch, rel=1e-6)
        for here, there in ((found.best, alone.best), (found.last, alone.last)):
            assert here.keys() == there.keys()
            assert all(here[part] == pytest.approx(there[part], abs=1e-6) for part in here)


def test_runs_that_are_not_alike_learn_one_after_the_other() -> None:
    turned = DIGITS.fork(3, rotate=20.0)
    assert whole(compute.outcomes((WAVE, turned))) == (whole(compute.outcome(WAVE)), whole(compute.outcome(turned)))


def test_ridge_is_scikit_learns_with_the_penalty_that_validation_chose() -> None:
    splits, found = load(Table(), 2), compute.ridge(Table(), 2)
    scores = {}
    for penalty in compute.PENALTIES:
        model = Ridge(alpha=penalty).fit(splits.train.inputs.astype(np.float64), splits.train.labels)
        scores[penalty] = {
            part: r2_score(getattr(splits, part).labels, model.predict(getattr(splits, part).inputs)) for part in PARTS
        }
    best = max(scores, key=lambda penalty: scores[penalty]["validation"])
    assert found.penalty == best
    assert {part: found.scores[part].score for part in PARTS} == pytest.approx(scores[best], abs=1e-5)


def test_a_tiny_penalty_is_least_squares() -> None:
    splits = load(Table(), 0)
    line = LinearRegression().fit(splits.train.inputs.astype(np.float64), splits.train.labels)
    wanted = mean_absolute_error(splits.test.labels, line.predict(splits.test.inputs)) * splits.unit[1]
    assert compute._ridge_scores(splits, 1e-9)["test"].error == pytest.approx(wanted, rel=1e-4)


# --------------------------------------------------------------------------------------- inside


def test_inside_are_the_outputs_of_torchs_own_layers() -> None:
    network, splits = networks(DIGITS, 6)
    found = compute.inside(networks, DIGITS, 6, number=7 + len(splits.test))
    assert found.picture.tolist() == splits.test.inputs[7].tolist()
    values = torch.tensor(splits.test.inputs[7]).flatten() / 255
    for layer, wanted in enumerate(found.layers, 1):
        dense = network.get_submodule(f"dense{layer}")
        values = torch.relu(dense.weight @ values + dense.bias).detach()
        assert wanted == pytest.approx(values.numpy(), abs=1e-5)
    assert [len(one) for one in found.layers] == [9, 6]
    assert found.probabilities.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("norm", [False, True])
def test_the_first_unit_of_every_layer_at_work(norm: bool) -> None:
    spec = CARS.model_copy(update={"network": Mlp(hidden=(5, 4), activation="tanh", batch_norm=norm)})
    network, splits = networks(spec, 12)
    first, second, last = compute.lines(networks, spec, 12)
    assert [(one.inputs, one.outputs) for one in (first, second, last)] == [(7, 5), (5, 4), (4, 1)]
    assert first.output == pytest.approx(np.tanh(first.total), abs=1e-6)
    with torch.no_grad():
        answer = network(torch.tensor(splits.train.inputs[:1]))[0, 0].item()
    assert last.total == last.output == pytest.approx(answer, abs=1e-6)
    if not norm:
        dense = network.get_submodule("dense1")
        total = dense.weight[0].detach().numpy() @ splits.train.inputs[0] + dense.bias[0].item()
        assert first.total == pytest.approx(float(total), abs=1e-5)


def test_the_map_of_a_layer_is_its_principal_components_turned() -> None:
    found = whole(compute.journey(DIGITS, 1))
    assert found.steps[0] == 0
    assert found.epochs[-1] == DIGITS.epochs
    assert len(found.steps) <= compute.STATIONS
    network, splits = networks(DIGITS, int(found.steps[-1]))
    dense = network.get_submodule("dense1")
    values = torch.relu(torch.tensor(splits.test.inputs).flatten(1) / 255 @ dense.weight.T + dense.bias)
    known = PCA(2).fit(values.detach().numpy())
    assert found.explained[-1] == pytest.approx(known.explained_variance_ratio_.sum(), abs=1e-4)
    apart = np.abs(known.transform(values.detach().numpy()))
    assert np.abs(found.points[-1]) == pytest.approx(apart, abs=1e-2)


def test_a_map_that_lies_otherwise_is_turned_and_nothing_more() -> None:
    random = np.random.default_rng(0)
    last = random.normal(size=(50, 2)).astype(np.float32)
    angle = np.array([[0.6, 0.8], [-0.8, 0.6]], np.float32)
    turned = compute.turned(np.stack([last @ angle * [1, -1], last @ angle, last]))
    assert turned[0] == pytest.approx(last, abs=1e-5)
    assert turned[1] == pytest.approx(last, abs=1e-5)


def test_a_layer_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there are hidden layers 1 to 2, got 3"):
        whole(compute.journey(DIGITS, 3))


# ------------------------------------------------------------------------------------ a row of one's own


@pytest.mark.parametrize("scaling", [True, False])
@pytest.mark.parametrize("used", [(), ("weight", "year")])
def test_a_row_of_the_table_is_told_as_the_run_tells_it(scaling: bool, used: tuple[str, ...]) -> None:
    spec = CARS.model_copy(update={"data": Table(scaling=scaling, columns=used)})
    network, splits = networks(spec, None)
    mean, deviation = splits.unit
    known = compute.columns(spec.data, spec.seed_of_data)
    said = network(torch.tensor(splits.validation.inputs[:1])).item()
    found = compute.foretold(networks, spec, None, known.usual.tolist())
    assert found.answer == pytest.approx(mean + deviation * said, rel=1e-5)
    assert (known.low <= known.usual).all() and (known.usual <= known.high).all()


def test_of_a_linear_network_each_column_moves_the_answer_by_its_weight_times_how_far_it_is_from_the_mean() -> None:
    spec = CARS.model_copy(update={"network": Mlp(hidden=(3,), activation="identity")})
    network, splits = networks(spec, None)
    first, last = (stage.weight.detach().double().numpy() for stage in network if hasattr(stage, "weight"))
    row = splits.test.inputs[0].astype(float)  # in deviations from the mean
    values = cars().values[splits.train.indices]
    found = compute.foretold(networks, spec, None, (row * values.std(axis=0) + values.mean(axis=0)).tolist())
    np.testing.assert_allclose(found.moves, splits.unit[1] * (last @ first)[0] * row, rtol=1e-4, atol=1e-5)
    bias = compute.foretold(networks, spec, None, values.mean(axis=0).tolist())
    assert found.answer == pytest.approx(bias.answer + found.moves.sum(), rel=1e-5)
    np.testing.assert_allclose(bias.moves, 0, atol=1e-5)
