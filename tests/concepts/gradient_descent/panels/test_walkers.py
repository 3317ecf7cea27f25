"""The two who train the real network: what they are called, and their moments as they stand."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent.panels.walkers import Walker, names
from dlviz.concepts.gradient_descent.spec import Real
from dlviz.recording import Moment

Open = Callable[..., AppTest]
MOMENTS = tuple(
    Moment(step, step / 10, {"weights": np.full(3, step, np.float32), "train_loss": np.float32(1)})
    for step in (0, 1, 10, 20)
)
WALKER = Walker(Real().run, MOMENTS, True, None)


def test_batch_sizes_are_named_where_they_differ() -> None:
    assert names(Real().runs) == ["SGD, η = 0.1", "Adam, η = 0.01"]
    assert names(Real(batch_b=250).runs) == ["SGD, η = 0.1, B = 10", "Adam, η = 0.01, B = 250"]


def test_the_path_is_of_all_moments() -> None:
    assert WALKER.path[:, 0].tolist() == [0, 1, 10, 20]


@pytest.mark.parametrize(("step", "found"), [(None, 20), (15, 10), (10, 10), (0, 0)])
def test_a_moment_is_the_last_one_until_a_step(step: int | None, found: int) -> None:
    assert WALKER.at(step).step == found


@pytest.mark.parametrize(("epoch", "found"), [(float("inf"), 20), (1.0, 10), (0.99, 1), (0.0, 0)])
def test_or_until_an_epoch(epoch: float, found: int) -> None:
    assert WALKER.until(epoch).step == found
