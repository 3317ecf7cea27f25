"""A solution names the weights to compare with, and how elongated its bowl is."""

import numpy as np

from dlviz.concepts.linear_regression.recording import Solution


def solution(**changes: object) -> Solution:
    """Return a solution of two weights."""
    usual = {"exact": np.array([1.0, 2.0]), "library": np.array([1.5, 2.0]), "loss": 0.1}
    usual |= {"scores": np.zeros((3, 2)), "curvatures": np.array([8.0, 2.0])}
    return Solution(**{**usual, **changes})


def test_scikit_learn_comes_first_and_ours_where_it_has_none() -> None:
    assert solution().best[0] == 1.5
    assert solution(library=None).best[0] == 1.0


def test_steepest_over_flattest_and_the_largest_rate() -> None:
    assert solution().condition == 4
    assert solution().largest_rate == 0.25
    assert solution(curvatures=np.array([8.0, 0.0])).condition == float("inf")
