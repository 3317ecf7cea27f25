"""Tables: which records a run on a table learns from, and how their columns are brought to one size."""

from __future__ import annotations

from collections.abc import Callable

from dlviz.data.auto_mpg import cars
from dlviz.data.breast_cancer import lumps
from dlviz.data.diabetes import progression
from dlviz.data.records import Records
from dlviz.data.wine import wines
from dlviz.sets import TableName

TABLES: dict[TableName, Callable[[], Records]] = {
    "auto-mpg": cars,
    "diabetes": progression,
    "breast-cancer": lumps,
    "wine": wines,
}


def standardised(values, known):
    """Return values (N, …) less the mean of the `known` ones (M, …), divided by their standard deviation."""
    return (values - known.mean(axis=0)) / known.std(axis=0)
