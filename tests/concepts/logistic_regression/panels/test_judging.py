"""The truth of each part's rows stands in the order of a moment's scores."""

import numpy as np

from dlviz.concepts.logistic_regression import compute
from dlviz.concepts.logistic_regression.panels import judging
from dlviz.concepts.logistic_regression.spec import CANCER
from dlviz.data.load import load


def test_truths_are_those_of_the_parts() -> None:
    found, parts = judging.truths(compute.rows(CANCER.data, 3)), load(CANCER.data, 3)
    for part in ("train", "validation", "test"):
        np.testing.assert_array_equal(found[part], getattr(parts, part).labels)


def test_of_rows_not_yet_known_there_is_nothing() -> None:
    assert [len(judging.truths(None)[part]) for part in ("train", "validation", "test")] == [0, 0, 0]
