"""Rows of a table are split and scaled without a look at those that judge."""

import numpy as np
import pytest

from dlviz.data.load import load
from dlviz.data.table import TABLES, noted, standardised
from dlviz.spec import COLUMNS, Table


@pytest.mark.parametrize("name", list(COLUMNS))
def test_a_spec_names_the_columns_that_are_there(name: str) -> None:
    records = TABLES[name]()
    assert records.columns == COLUMNS[name]
    assert np.isfinite(records.values).all()
    about = Table(data=name)
    assert (about.outputs, about.about) == ((len(records.classes), "class") if records.classes else (1, "number"))


def test_rows_are_scaled_by_what_is_learnt_from_alone() -> None:
    parts = load(Table(data="diabetes"), 4)
    np.testing.assert_allclose(parts.train.inputs.mean(0), 0, atol=1e-6)
    np.testing.assert_allclose(parts.train.inputs.std(0), 1, atol=1e-6)
    assert np.abs(parts.test.inputs.mean(0)).max() > 0.01
    mean, deviation = parts.unit
    records = TABLES["diabetes"]()
    np.testing.assert_allclose(parts.test.labels * deviation + mean, records.labels[parts.test.indices], rtol=1e-5)
    raw = load(Table(data="diabetes", scaling=False), 4)
    np.testing.assert_allclose(raw.train.inputs, records.values[raw.train.indices], rtol=1e-6)
    np.testing.assert_array_equal(raw.train.indices, parts.train.indices)


def test_parts_share_no_row_and_classes_keep_their_share() -> None:
    parts = load(Table(data="wine"), 0)
    every = np.concatenate([part.indices for part in (parts.train, parts.validation, parts.test)])
    assert sorted(every) == list(range(178))
    shares = [np.bincount(part.labels, minlength=3) / len(part) for part in (parts.train, parts.test)]
    np.testing.assert_allclose(*shares, atol=0.05)
    assert parts.classes == ("barolo", "grignolino", "barbera")


def test_chosen_columns_alone_go_in() -> None:
    parts = load(Table(data="auto-mpg", columns=("weight", "year"), scaling=False), 0)
    values = TABLES["auto-mpg"]().values
    np.testing.assert_allclose(parts.train.inputs, values[parts.train.indices][:, [3, 5]])


def test_standardised_has_mean_zero_and_deviation_one() -> None:
    known = np.array([[1.0, 10], [3, 30]])
    np.testing.assert_allclose(standardised(np.array([[2.0, 40]]), known), [[0, 2]])


def test_columns_are_as_they_were_noted() -> None:
    known = TABLES["auto-mpg"]()
    found = noted(Table(columns=("weight", "origin")))
    np.testing.assert_array_equal(
        found, known.values[:, [known.columns.index("weight"), known.columns.index("origin")]]
    )
