"""The errors of every degree, and the run's own among them."""

import numpy as np
import pytest

from dlviz.concepts.linear_regression import compute
from dlviz.concepts.linear_regression.panels import degree
from dlviz.concepts.linear_regression.spec import LINE, View
from dlviz.recording import Moment, unpack
from dlviz.spec import Curve, Linear

WAVE = LINE.model_copy(update={"data": Curve(data="wave"), "network": Linear(degree=3)})
FOUND = compute.degrees(WAVE.data, 0, 0.0)


def test_typical_misses_are_roots_of_mean_squares(quiet_engine: object) -> None:
    moment = Moment(5, 1.0, {"train_loss": np.array(0.25), "validation_loss": np.array(np.inf)})
    header, arrays = unpack(degree.picture(View(run=WAVE), FOUND, moment))
    np.testing.assert_allclose(arrays["values"], np.sqrt([FOUND.train, FOUND.validation]), rtol=1e-5)
    assert header["now"]["x"] == 3
    assert header["now"]["values"] == [0.5, None]
    assert header["names"] == [str(one) for one in range(1, 16)]


def test_without_validation_points_there_is_one_line_and_a_hint(quiet_engine: object) -> None:
    found = compute.degrees(WAVE.data.model_copy(update={"validation_share": 0.0}), 0, 0.0)
    _, arrays = unpack(degree.picture(View(run=WAVE), found, None))
    assert len(arrays["values"]) == 1
    assert degree.said(View(run=WAVE), found) != degree.said(View(run=WAVE), FOUND)


def test_the_best_and_the_worst_degree_are_named(quiet_engine: object) -> None:
    said = degree.said(View(run=WAVE), FOUND)
    assert f"Degree {FOUND.degrees[FOUND.validation.argmin()]} is best" in said
    assert f"Degree {FOUND.degrees[FOUND.validation.argmax()]} does worst" in said
    assert "e+" not in said


def test_a_run_that_counts_misses_otherwise_is_not_marked(quiet_engine: object) -> None:
    huber = View(run=WAVE.model_copy(update={"knobs": WAVE.knobs.model_copy(update={"fault": "huber"})}))
    assert degree._now(huber, Moment(5, 1.0, {"train_loss": np.array(1.0)}), 2) is None
    assert degree._now(View(run=WAVE), None, 2) is None


@pytest.mark.parametrize("ratio", [2, 50])
def test_errors_far_apart_are_shown_by_powers_of_ten(quiet_engine: object, ratio: float) -> None:
    found = compute.Degrees(np.arange(1, 4), np.ones(3), np.full(3, ratio**2), np.ones(3))
    assert unpack(degree.picture(View(run=WAVE), found, None))[0]["log_y"] == (ratio > degree.STEEP)
