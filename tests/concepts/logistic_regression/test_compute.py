"""Rows, scikit-learn's answer and other seeds: against scikit-learn itself and against single runs."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score

from dlviz.concepts.logistic_regression import compute
from dlviz.concepts.logistic_regression.spec import CANCER, CLOUDS, usual
from dlviz.data.load import load
from dlviz.spec import Knobs, Linear, Plane, RunSpec
from dlviz.training.run import Run
from tests.pieces import whole

LONG = Knobs(optimizer="sgd", learning_rate=0.5, batch_size=1024, l2=0.02)


def finished(spec: RunSpec) -> Run:
    """Return the run at its end."""
    run = Run(spec)
    for _ in run.work():
        pass
    return run


@pytest.mark.parametrize("name", ["gauss", "breast-cancer", "wine"])
def test_rows_stand_in_the_order_of_a_moments_scores(name: str) -> None:
    spec = usual(name).model_copy(update={"epochs": 1})
    known, last, parts = compute.rows(spec.data, spec.seed), finished(spec).moment(), load(spec.data, spec.seed)
    weights, biases = np.split(last["weights"], [-spec.outputs])
    sums = known.inputs @ weights.reshape(spec.outputs, -1).T + biases
    for place, part in enumerate(compute.PARTS):
        here = known.splits == place
        np.testing.assert_array_equal(known.labels[here], getattr(parts, part).labels)
        if here.any():
            np.testing.assert_allclose(sums[here], last[f"{part}_scores"], atol=1e-4)


@pytest.mark.parametrize("name", ["gauss", "breast-cancer", "wine", "clouds"])
def test_descent_ends_where_scikit_learn_does(name: str) -> None:
    spec = usual(name).model_copy(update={"epochs": 3000, "knobs": LONG})
    last, found = finished(spec).moment(), compute.reference(spec, LONG)
    weights, biases = np.split(found.weights, [-spec.outputs])
    np.testing.assert_allclose(last["weights"][: -spec.outputs], weights, atol=3e-3)
    ours = last["weights"][-spec.outputs :]
    if spec.outputs > 1:  # with all biases moved by the same, softmax says the same
        ours, biases = np.diff(ours), np.diff(biases)
    np.testing.assert_allclose(ours, biases, atol=3e-3)
    assert found.scores["train"].loss == pytest.approx(float(last["train_loss"]), abs=1e-4)
    assert found.separates is False


def test_powers_go_into_scikit_learn_as_they_go_into_the_model() -> None:
    spec = RunSpec(data=Plane(data="circle", points=100), network=Linear(degree=2), device="cpu")
    found = compute.reference(spec, LONG)
    known = load(spec.data, 0).train
    wanted = LogisticRegression(C=1 / (len(known) * LONG.l2), tol=1e-8, max_iter=5000)
    raised = known.inputs.astype(float)
    wanted.fit(np.hstack([raised, raised**2]), known.labels)
    np.testing.assert_allclose(found.weights[:-1], wanted.coef_[0], rtol=1e-6)


def test_its_scores_are_those_of_scikit_learn() -> None:
    found, parts = compute.reference(CANCER, CANCER.knobs), load(CANCER.data, 0)
    for name in compute.PARTS:
        part = getattr(parts, name)
        sums = part.inputs.astype(float) @ found.weights[:-1] + found.weights[-1]
        assert found.scores[name].area == pytest.approx(roc_auc_score(part.labels, sums), abs=1e-12)
        assert found.scores[name].loss == pytest.approx(log_loss(part.labels, 1 / (1 + np.exp(-sums))), rel=1e-6)
        assert found.scores[name].accuracy == pytest.approx(((sums > 0) == part.labels).mean())


def test_what_can_be_separated_and_is_not_held_back_is_said_to_have_no_lowest_loss() -> None:
    spec = CLOUDS.model_copy(update={"data": Plane(data="gauss", points=60, noise=0)})
    assert compute.reference(spec, Knobs()).separates is True
    assert compute.reference(spec, LONG).separates is False
    assert compute.reference(CLOUDS, Knobs()).separates is False


def test_a_trial_is_a_whole_run_of_its_seed() -> None:
    spec = CANCER.model_copy(update={"epochs": 3, "seed": 5})
    found, last = whole(compute.trial(spec)), finished(spec).moment()
    truth = load(spec.data, 5).test.labels
    assert (found.seed, set(found.scores)) == (5, set(compute.PARTS))
    assert found.scores["test"].accuracy == pytest.approx(float(last["test_accuracy"]))
    assert found.scores["test"].area == pytest.approx(roc_auc_score(truth, last["test_scores"][:, 0]))
    assert found.scores["validation"].loss == pytest.approx(float(last["validation_loss"]))


def test_three_classes_have_no_area_and_a_run_that_diverges_no_trial() -> None:
    assert whole(compute.trial(usual("wine").model_copy(update={"epochs": 1}))).scores["test"].area is None
    wild = Knobs(optimizer="momentum", momentum=0.999, learning_rate=10.0, l2=10.0, batch_size=8)
    assert whole(compute.trial(CLOUDS.model_copy(update={"epochs": 300, "knobs": wild}))) is None
