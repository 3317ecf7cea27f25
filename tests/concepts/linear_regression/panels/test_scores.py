"""The table of scores says what the moment holds, in the units of what is predicted, beside scikit-learn's."""

import numpy as np
import pytest

from dlviz.concepts.linear_regression import compute
from dlviz.concepts.linear_regression.panels import scores
from dlviz.concepts.linear_regression.spec import CARS, LINE, View
from dlviz.recording import Moment
from dlviz.spec import Knobs, Linear


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (float("nan"), "–"),
        (0.84, "0.840"),
        (float("-inf"), "−∞"),
        (-1.5, "−1.50"),
        (123.4, "123"),
        (12345.0, "12,345"),
        (5.76e9, "5.76×10⁹"),
        (-4e-5, "−4.00×10⁻⁵"),
    ],
)
def test_three_digits(value: float | None, text: str) -> None:
    assert scores.number(value) == text


def test_cars_have_three_rows_in_miles_per_gallon(quiet_engine: object) -> None:
    best = compute.solution(CARS.data, 0, Linear(), Knobs())
    held = {"train_r2": np.array(0.8), "train_error": np.array(0.5), "validation_r2": np.array(0.7)}
    rows = scores.table(View(run=CARS), Moment(5, 1.0, held), best, 8.0).splitlines()
    assert rows[0] == "|  | R² | scikit-learn | mean miss | scikit-learn |"
    assert rows[2].startswith("| Training | **0.800** | 0.817 | **4.00** | 2.58 |")
    assert rows[3].startswith("| Validation | **0.700** | 0.813 | **–** | 2.54 |")
    assert rows[4].startswith("| Test | **–** | 0.830 | **–** | 2.34 |")
    assert len(rows) == 5


def test_points_along_a_line_have_no_test(quiet_engine: object) -> None:
    rows = scores.table(View(run=LINE), Moment(0, 0.0, {}), None, 1.0).splitlines()
    assert [row.split("|")[1].strip() for row in rows[2:]] == ["Training", "Validation"]
