"""The formula with the numbers of the moment on show."""

import numpy as np
import pytest

from dlviz.concepts.linear_regression.panels.tabs import written
from dlviz.recording import Moment


@pytest.mark.parametrize(
    ("weights", "text"),
    [
        ([0.5, -0.25], r"\hat{y} =  0.500\, x - 0.250"),
        ([-9.75e-4, 2.885], r"\hat{y} = - 0.000975\, x + 2.88"),
        ([1e-7, 2.0], r"\hat{y} =  1.00 \cdot 10^{-7}\, x + 2.00"),
        ([1.0, -2.0, 3.0], r"\hat{y} =  1.00\, x_{1} - 2.00\, x_{2} + 3.00"),
    ],
)
def test_weights_are_written_with_their_signs(weights: list[float], text: str) -> None:
    assert written(Moment(1, 1.0, {"weights": np.array(weights)}), len(weights) - 1) == text


def test_of_many_weights_only_the_first_are_written() -> None:
    text = written(Moment(1, 1.0, {"weights": np.ones(16)}), 15)
    assert r"+ \dots" in text
    assert "x_{7}" in text
    assert "x_{8}" not in text
