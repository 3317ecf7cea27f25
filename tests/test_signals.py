"""Growth is counted in the direction in which signals and gradients travel."""

import numpy as np
import pytest

from dlviz.signals import GRADIENTS, SIGNALS, Lesson, Signals


def test_growth_is_the_geometric_mean_over_the_layers() -> None:
    sizes = np.array([[1.0, 5.0, 4.0], [9.0, 2.0, 1.0]])
    nothing = np.zeros(0)
    found = Signals(sizes, sizes * 2, nothing, nothing, nothing, nothing, nothing, 1.0)
    assert found.layers == 2
    assert found.growth(SIGNALS) == pytest.approx(2)  # up: 1 to 4
    assert found.growth(GRADIENTS) == pytest.approx(3)  # down: 1 to 9
    assert found.growth(SIGNALS, theory=True) == pytest.approx(2)


def test_what_arrives_is_a_share_of_what_the_last_hidden_layer_has() -> None:
    norms = np.array([[2.0, 3.0, 8.0, 50.0], [1.0, 1.0, 0.0, 1.0]])
    nothing = np.zeros(2)
    lesson = Lesson(nothing, nothing, norms, nothing, nothing, nothing, nothing, nothing)
    assert lesson.last == 1
    assert lesson.passed(0) == 0.25  # the scores, in the last column, are no hidden layer
    assert np.isnan(lesson.passed(1))
