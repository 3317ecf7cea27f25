"""A trace says up to which rate plain gradient descent is stable."""

import numpy as np
import pytest

from dlviz.concepts.gradient_descent.recording import Trace


@pytest.mark.parametrize(("sharpest", "limit"), [(20.0, 0.1), (0.0, None), (-3.0, None), (float("nan"), None)])
def test_the_largest_stable_rate_is_two_over_the_sharpest_bend(sharpest: float, limit: float | None) -> None:
    trace = Trace(*[np.zeros(1)] * 5, sharpest, *[np.zeros(1)] * 11)
    assert trace.largest_stable == limit
