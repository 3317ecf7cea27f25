"""What to try: each question leads to a run of its own, and the run itself says which answer was right."""

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from dlviz.concepts.logistic_regression import compute
from dlviz.concepts.logistic_regression.panels import tries
from dlviz.concepts.logistic_regression.recording import Rows
from dlviz.concepts.logistic_regression.spec import CANCER, DEFAULT, Preset, View
from dlviz.data.load import load
from dlviz.recording import Moment, Recording
from dlviz.spec import RunSpec
from dlviz.training.run import Run
from dlviz.ui.tries import Question
from dlviz.words.logistic_regression import WORDS


def recorded(spec: RunSpec) -> Recording:
    """Return the whole run."""
    return Recording(spec, tuple(moment for moment in Run(spec).work() if moment is not None), finished=True)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page know the rows of its run at once."""

    def rows(view: View) -> Rows:
        return compute.rows(view.run.data, view.run.seed)

    monkeypatch.setattr(tries, "rows", rows)


def test_every_preset_of_the_link_can_be_tried_and_has_its_words() -> None:
    assert {"none", *tries.TRIES} == set(Preset.__args__)
    for name, chosen in tries.TRIES.items():
        wanted = [f"preset.{name}", f"preset.{name}.question", f"preset.{name}.found"]
        wanted += [f"preset.{chosen.choices}.{place}" for place in range(3)]
        assert all(len(WORDS[key]) == 2 and all(WORDS[key]) for key in wanted)


@pytest.mark.parametrize(("accuracy", "right"), [(0.91, 0), (0.9, 1), (0.65, 1), (0.64, 2), (float("nan"), 2)])
def test_the_band_of_an_accuracy(accuracy: float, right: int) -> None:
    assert tries.band(Moment(1, 1, {"validation_accuracy": np.array(accuracy)})) == right


@pytest.mark.parametrize("threshold", [0.01, 0.1, 0.5, 0.9])
def test_counts_are_the_confusion_matrix_of_scikit_learn(threshold: float) -> None:
    random = np.random.default_rng(0)
    sums, truth = random.normal(0, 3, 200), random.integers(0, 2, 200)
    (tn, fp), (fn, tp) = confusion_matrix(truth, 1 / (1 + np.exp(-sums)) > threshold)
    assert tries.counts(sums, truth, threshold) == {"tp": tp, "fp": fp, "fn": fn, "tn": tn}


@pytest.mark.usefixtures("known")
def test_more_cancers_are_found_at_a_lower_threshold_with_more_false_alarms() -> None:
    found = tries.milder(DEFAULT.model_copy(update={"run": CANCER}), recorded(CANCER))
    values, truth = found.values, load(CANCER.data, 0).validation.labels
    assert found.right == 0
    assert values["after"] > values["before"]
    assert values["alarms_after"] > values["alarms_before"]
    assert (values["ill"], values["healthy"]) == (truth.sum(), (1 - truth).sum())


def test_weights_grow_on_where_a_gap_is_and_an_l2_penalty_stops_them() -> None:
    free = tries.grows(DEFAULT, recorded(tries.SEPARABLE))
    held = tries.SEPARABLE.model_copy(update={"knobs": tries.SEPARABLE.knobs.model_copy(update={"l2": 0.03})})
    assert (free.right, tries.grows(DEFAULT, recorded(held)).right) == (1, 0)
    assert float(free.values["end"]) > float(free.values["half"])


@pytest.mark.usefixtures("known")
def test_few_of_a_rare_class_are_found_though_the_accuracy_is_splendid() -> None:
    found = tries.seldom(DEFAULT.model_copy(update={"run": tries.RARE}), recorded(tries.RARE))
    assert found.right == 2
    assert float(found.values["accuracy"]) > 90
    assert load(tries.RARE.data, 0).train.labels.mean() == pytest.approx(0.06)


@pytest.mark.parametrize(("name", "right"), [("xor", 2), ("squares", 0)])
def test_one_line_cannot_do_exclusive_or_and_squares_do_the_ring(name: str, right: int) -> None:
    chosen = tries.TRIES[name]
    assert chosen.right(recorded(chosen.run).moments[-1]) == right


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("name", list(tries.TRIES))
def test_the_answer_fills_its_sentence(name: str) -> None:
    chosen, values = tries.TRIES[name], {"validation": "50.0", "train": "50.0", "steps": 3}
    if isinstance(chosen, Question):
        there = chosen.leads_to(DEFAULT)
        judge = {"cancer": tries.milder, "separable": tries.grows, "rare": tries.seldom}[name]
        values = judge(there, recorded(there.run)).values
        assert View.model_validate(dict(there)) == there
    for sentence in WORDS[f"preset.{name}.found"]:
        assert "{" not in sentence.format(**values)
