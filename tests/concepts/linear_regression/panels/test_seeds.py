"""A strip for each part of the data, learnt and scikit-learn's; a seed that blew up has no dot."""

import numpy as np

from dlviz.concepts.linear_regression.panels import seeds
from dlviz.concepts.linear_regression.recording import Seeds
from dlviz.concepts.linear_regression.spec import CARS, LINE
from dlviz.spec import Edit

NONE, UNTOLD = np.zeros(2, int), np.full((2, 2), np.nan)


def test_strips(quiet_engine: object) -> None:
    scores = np.array([[[0.8, 2.0], [0.7, 3.0]], [[0.9, 4.0], [np.nan, np.nan]]])
    header, values = seeds.strips(CARS, Seeds(scores, scores, NONE, UNTOLD), 0)
    assert [row["chosen"] for row in header["rows"]] == [True, False, True, False]  # learnt, and scikit-learn's
    np.testing.assert_array_equal(values[[0, 2]], [[0.8, 0.9], [0.7, np.nan]])
    assert header["digits"] == 3
    header, values = seeds.strips(CARS, Seeds(scores, scores, NONE, UNTOLD), 1)
    assert "miles per gallon" in header["words"]["label"]
    np.testing.assert_array_equal(values[0], [2.0, 4.0])
    assert header["digits"] == 2


def test_what_the_validation_points_chose_has_a_strip_of_its_own_and_a_sentence(quiet_engine: object) -> None:
    scores = np.array([[[0.8, 2.0], [0.7, 3.0]], [[0.9, 4.0], [0.75, 2.5]]])
    told = Seeds(scores, scores, np.array([3, 2]), np.array([[0.86, 2.0], [0.88, 1.8]]))
    header, values = seeds.strips(CARS, told, 0)
    assert (len(header["rows"]), values[-1].tolist()) == (5, [0.86, 0.88])
    assert seeds.strips(CARS, told, 1)[1][-1].tolist() == [2.0, 1.8]
    assert "1 × degree 2, 1 × degree 3" in seeds.said(told)
    assert "0.87 ± 0.014" in seeds.said(told)
    assert "0.725 ± 0.035" in seeds.said(told)  # what scikit-learn has on the test points
    assert "from 0.70 to 0.75" in seeds.said(told)


def test_without_any_score_there_is_no_strip(quiet_engine: object) -> None:
    nothing = np.full((2, 2, 2), np.nan)
    assert seeds.strips(LINE, Seeds(nothing, nothing, NONE, UNTOLD), 0)[0]["rows"] == []


def test_a_setting_is_what_the_run_ends_with() -> None:
    later = LINE.knobs.model_copy(update={"learning_rate": 0.5})
    run = LINE.model_copy(update={"edits": (Edit(step=5, knobs=later),)})
    assert (seeds.setting(run).knobs, seeds.setting(run).edits) == (later, ())
