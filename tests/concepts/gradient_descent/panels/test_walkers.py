"""The two who train the real network: what they are called, and their moments as they stand."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.gradient_descent.panels.walkers import Walker, names, shorts, significant
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


def test_seeds_are_named_where_they_differ(open_page: Open) -> None:
    open_page("gradient_descent")  # for the language
    two = Real(optimizer_b="sgd", rate_b=0.1, seed_b=4).runs
    assert names(two) == ["SGD, η = 0.1, seed 0", "SGD, η = 0.1, seed 4"]
    assert shorts(two) == ["seed 0", "seed 4"]


def test_the_path_is_of_all_moments() -> None:
    assert WALKER.path[:, 0].tolist() == [0, 1, 10, 20]


@pytest.mark.parametrize(("step", "found"), [(None, 20), (15, 10), (10, 10), (0, 0)])
def test_a_moment_is_the_last_one_until_a_step(step: int | None, found: int) -> None:
    assert WALKER.at(step).step == found


@pytest.mark.parametrize(("epoch", "found"), [(float("inf"), 20), (1.0, 10), (0.99, 1), (0.0, 0)])
def test_or_until_an_epoch(epoch: float, found: int) -> None:
    assert WALKER.until(epoch).step == found


def test_what_sets_the_two_apart_is_said_in_a_word() -> None:
    assert shorts(Real().runs) == ["SGD", "Adam"]
    assert shorts(Real(optimizer_b="sgd", rate_b=0.2).runs) == ["η = 0.1", "η = 0.2"]
    assert shorts(Real(optimizer_b="sgd", rate_b=0.1, batch_b=1024).runs) == ["B = 10", "all examples"]
    assert shorts(Real(optimizer_b="sgd", rate_b=0.1).runs) == ["SGD", "SGD"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (20, "20.0"),
        (0.11, "0.110"),
        (0.0054, "0.00540"),
        (100.4, "100"),
        (99.97, "100"),
        (16312, "16,312"),
        (0, "0"),
        (np.inf, "inf"),
        (-2.5, "-2.50"),
    ],
)
def test_numbers_have_three_significant_digits(value: float, text: str) -> None:
    assert significant(value) == text
