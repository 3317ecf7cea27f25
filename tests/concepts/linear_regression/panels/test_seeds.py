"""A lane for each part of the data, learnt and scikit-learn's; a seed that blew up has no dot."""

import numpy as np
import pytest

from dlviz.concepts.linear_regression.panels import seeds
from dlviz.concepts.linear_regression.recording import Seeds
from dlviz.concepts.linear_regression.spec import CARS, LINE
from dlviz.spec import Edit

NONE, UNTOLD = np.zeros(2, int), np.full((2, 2), np.nan)


def test_lanes(quiet_engine: object) -> None:
    scores = np.array([[[0.8, 2.0], [0.7, 3.0]], [[0.9, 4.0], [np.nan, np.nan]]])
    found = seeds.lanes(CARS, Seeds(scores, scores, NONE, UNTOLD), 0)
    assert len(found["rows"]) == 4
    first, _, third, _ = found["rows"]
    assert (first["values"], first["mean"]) == ([0.8, 0.9], pytest.approx(0.85))
    assert first["deviation"] == pytest.approx(np.std([0.8, 0.9], ddof=1))
    assert third["values"] == [0.7]
    assert found["low"] < 0.7 < 0.9 < found["high"]
    assert "miles per gallon" in seeds.lanes(CARS, Seeds(scores, scores, NONE, UNTOLD), 1)["label"]


def test_what_the_validation_points_chose_has_a_lane_of_its_own_and_a_sentence(quiet_engine: object) -> None:
    scores = np.array([[[0.8, 2.0], [0.7, 3.0]], [[0.9, 4.0], [0.75, 2.5]]])
    told = Seeds(scores, scores, np.array([3, 2]), np.array([[0.86, 2.0], [0.88, 1.8]]))
    last = seeds.lanes(CARS, told, 0)["rows"][-1]
    assert (last["values"], last["text"]) == ([0.86, 0.88], "0.87 ± 0.014")
    assert seeds.lanes(CARS, told, 1)["rows"][-1]["values"] == [2.0, 1.8]
    assert "1 × degree 2, 1 × degree 3" in seeds.said(told)
    assert "0.87 ± 0.014" in seeds.said(told)
    assert "0.725 ± 0.035" in seeds.said(told)  # what scikit-learn has on the test points


def test_without_any_score_there_is_no_lane(quiet_engine: object) -> None:
    nothing = np.full((2, 2, 2), np.nan)
    assert seeds.lanes(LINE, Seeds(nothing, nothing, NONE, UNTOLD), 0)["rows"] == []


def test_a_setting_is_what_the_run_ends_with() -> None:
    later = LINE.knobs.model_copy(update={"learning_rate": 0.5})
    run = LINE.model_copy(update={"edits": (Edit(step=5, knobs=later),)})
    assert (seeds.setting(run).knobs, seeds.setting(run).edits) == (later, ())
