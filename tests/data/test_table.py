"""The embedded tables hold what their sources hold, number for number."""

import csv

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine

from dlviz.data.load import load
from dlviz.data.table import file_of, standardised, whole_table
from dlviz.spec import COLUMNS, Table


@pytest.mark.parametrize("name", list(COLUMNS))
def test_a_table_has_its_columns_and_no_gaps(name: str) -> None:
    with file_of(name).open(encoding="utf-8") as file:
        header = next(csv.reader(file))
    values, target = whole_table(name)
    assert tuple(header[:-1]) == COLUMNS[name]
    assert values.shape == (len(target), len(COLUMNS[name]))
    assert np.isfinite(values).all()
    assert not values.flags.writeable


@pytest.mark.parametrize(
    ("name", "source"),
    [("diabetes", load_diabetes(scaled=False)), ("breast-cancer", load_breast_cancer()), ("wine", load_wine())],
)
def test_what_scikit_learn_has_is_the_same(name: str, source: object) -> None:
    values, target = whole_table(name)
    np.testing.assert_allclose(values, source.data, rtol=1e-11)
    np.testing.assert_array_equal(target, 1 - source.target if name == "breast-cancer" else source.target)


def test_rows_are_scaled_by_what_is_learnt_from_alone() -> None:
    parts = load(Table(data="diabetes"), 4)
    np.testing.assert_allclose(parts.train.inputs.mean(0), 0, atol=1e-6)
    np.testing.assert_allclose(parts.train.inputs.std(0), 1, atol=1e-6)
    assert np.abs(parts.test.inputs.mean(0)).max() > 0.01
    mean, deviation = parts.unit
    values, target = whole_table("diabetes")
    np.testing.assert_allclose(parts.test.labels * deviation + mean, target[parts.test.indices], rtol=1e-5)
    raw = load(Table(data="diabetes", scaling=False), 4)
    np.testing.assert_allclose(raw.train.inputs, values[raw.train.indices], rtol=1e-6)
    np.testing.assert_array_equal(raw.train.indices, parts.train.indices)


def test_parts_share_no_row_and_classes_keep_their_share() -> None:
    parts = load(Table(data="wine"), 0)
    every = np.concatenate([part.indices for part in (parts.train, parts.validation, parts.test)])
    assert sorted(every) == list(range(178))
    shares = [np.bincount(part.labels, minlength=3) / len(part) for part in (parts.train, parts.test)]
    np.testing.assert_allclose(*shares, atol=0.05)


def test_chosen_columns_alone_go_in() -> None:
    parts = load(Table(data="auto-mpg", columns=("weight", "year"), scaling=False), 0)
    np.testing.assert_allclose(parts.train.inputs, whole_table("auto-mpg")[0][parts.train.indices][:, [3, 5]])


def test_standardised_has_mean_zero_and_deviation_one() -> None:
    known = np.array([[1.0, 10], [3, 30]])
    np.testing.assert_allclose(standardised(np.array([[2.0, 40]]), known), [[0, 2]])
