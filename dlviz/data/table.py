"""Tables: which records a run on a table learns from, and how their columns are brought to one size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlviz.data.auto_mpg import cars
from dlviz.data.breast_cancer import lumps
from dlviz.data.diabetes import progression
from dlviz.data.records import Records
from dlviz.data.wine import wines
from dlviz.sets import Table, TableName

TABLES: dict[TableName, Callable[[], Records]] = {
    "auto-mpg": cars,
    "diabetes": progression,
    "breast-cancer": lumps,
    "wine": wines,
}


def standardised(values, known):
    """Return values (N, …) less the mean of the `known` ones (M, …), divided by their standard deviation."""
    return (values - known.mean(axis=0)) / known.std(axis=0)


def noted(data: Table) -> np.ndarray:
    """Return the columns of a table that go in, (N, F) float64, all records as they were noted."""
    records = TABLES[data.data]()
    return records.values[:, [records.columns.index(name) for name in data.used]]
