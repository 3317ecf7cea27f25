"""The truth of each part's rows stands in the order of a moment's scores."""

import numpy as np
import pytest

from dlviz.concepts.logistic_regression import compute
from dlviz.concepts.logistic_regression.panels import judging
from dlviz.concepts.logistic_regression.spec import CANCER, View, usual
from dlviz.data.load import load


def test_truths_are_those_of_the_parts() -> None:
    found, parts = judging.truths(compute.rows(CANCER.data, 3)), load(CANCER.data, 3)
    for part in ("train", "validation", "test"):
        np.testing.assert_array_equal(found[part], getattr(parts, part).labels)


def test_of_rows_not_yet_known_there_is_nothing() -> None:
    assert [len(judging.truths(None)[part]) for part in ("train", "validation", "test")] == [0, 0, 0]


def test_two_classes_have_one_set_of_words_and_three_have_one_each(quiet_engine: object) -> None:
    (two,) = judging.judged_of(CANCER)
    assert two["sides"] == ["benign", "malignant"]
    assert "malignant" in two["threshold"]
    three = judging.judged_of(usual("wine"))
    assert [words["sides"] for words in three] == [["another", name] for name in ("Barolo", "Grignolino", "Barbera")]
    assert ["Barbera" in words["tp"] for words in three] == [False, False, True]


def test_a_class_that_no_view_has_is_refused() -> None:
    with pytest.raises(ValueError, match="against"):
        View(against=3)
