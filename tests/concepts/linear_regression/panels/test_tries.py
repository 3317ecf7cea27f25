"""Each thing to try is a run that proves one answer right, and the words of every answer are there."""

from types import SimpleNamespace

import numpy as np
import pytest

from dlviz.concepts.linear_regression.panels import tries
from dlviz.spec import RunSpec
from dlviz.training.run import Run
from dlviz.words import linear_regression as words


def moment(**arrays: object) -> dict[str, np.ndarray]:
    """Return what a moment holds."""
    return {name: np.asarray(value) for name, value in arrays.items()}


@pytest.mark.parametrize(("slope", "place"), [(0.56, 0), (0.4, 1), (0.2, 2), (-0.5, 2)])
def test_tilt(slope: float, place: int) -> None:
    assert tries.tilt(moment(weights=[slope, 0])) == place


@pytest.mark.parametrize(("loss", "place"), [(0.2, 0), (0.9, 1), (1.04, 1), (3e8, 2), (np.inf, 2), (np.nan, 2)])
def test_fate(loss: float, place: int) -> None:
    assert tries.fate(moment(train_loss=loss)) == place


@pytest.mark.parametrize(("validation", "place"), [(0.15, 0), (0.5, 1), (5.0, 2)])
def test_gap(validation: float, place: int) -> None:
    assert tries.gap(moment(train_loss=0.1, validation_loss=validation)) == place


@pytest.mark.parametrize(("count", "place"), [(7, 0), (6, 0), (5, 1), (4, 1), (3, 2), (0, 2)])
def test_left_over(count: int, place: int) -> None:
    assert tries.left_over(moment(weights=[*[0.5] * count, *[0.001] * (7 - count), 9.0])) == place


@pytest.mark.parametrize("one", tries.TRIES.values(), ids=tries.TRIES)
def test_there_are_three_answers_to_each(one: SimpleNamespace) -> None:
    assert {f"preset.{one.choices}.{place}" for place in range(3)} <= set(words.WORDS)


@pytest.mark.parametrize(("name", "right"), [("far", 2), ("huber", 0), ("pounds", 2), ("degree", 2), ("lasso", 1)])
def test_what_is_said_of_a_run_is_what_it_does(name: str, right: int) -> None:
    one = tries.TRIES[name]
    run = Run(RunSpec(**{**dict(one.run), "device": "cpu"}))
    last = [found for found in run.work() if found is not None][-1]
    assert one.right(last) == right
    if name == "far":
        assert last["weights"][0] == pytest.approx(0.2, abs=0.01)  # as the sentence has it
    if name == "huber":
        assert last["weights"][0] == pytest.approx(0.56, abs=0.01)
    if name == "pounds":
        assert run.diverged_at < 100
    if name == "lasso":
        kept = np.abs(last["weights"][:-1]) > tries.GONE
        assert kept[[3, 5]].all()  # weight and model year
