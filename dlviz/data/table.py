"""Tables: real rows of numbers, of cars, patients, tumours and wines, as they were noted.

Source: tables/PROVENANCE.md.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from dlviz.recording import read_only
from dlviz.sets import COLUMNS, TableName

HERE = Path(__file__).parent / "tables"


def file_of(name: TableName) -> Path:
    """Return the embedded file of a table: one row of column names, the target's the last, then numbers."""
    return HERE / f"{name.replace('-', '_')}.csv"


@cache
def whole_table(name: TableName) -> tuple[np.ndarray, np.ndarray]:
    """Return a table's values (N, F) float64 in readable units, in the order of `COLUMNS`, and its target (N,).

    auto-mpg: miles per gallon of 392 cars; diabetes: how far the disease had gone after a year, in 442 people;
    breast-cancer: 1 malignant, 0 benign, of 569 tumours; wine: the grower, 0 to 2, of 178 wines.
    """
    rows = np.loadtxt(file_of(name), delimiter=",", skiprows=1)
    return read_only(rows[:, : len(COLUMNS[name])]), read_only(rows[:, -1])


def standardised(values, known):
    """Return values (N, …) less the mean of the `known` ones (M, …), divided by their standard deviation."""
    return (values - known.mean(axis=0)) / known.std(axis=0)
