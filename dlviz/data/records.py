"""Records: small real tables, a few numbers for each flower or each loan, and what became of it.

Networks like numbers of about one size, so every column also comes standardised: its mean taken away,
divided by its standard deviation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.datasets import load_iris

from dlviz.recording import read_only

LOANS = Path(__file__).parent / "tables" / "loans.csv"
LOAN_COLUMNS = ("seniority", "records", "income", "amount")


@dataclass(frozen=True, eq=False)
class Records:
    """N records: `values` (N, F) float64 as they were noted, `labels` (N,), and the names of both.

    Labels are int64 positions in `classes`, or float64 numbers where there are no classes. `means` and
    `deviations` (F,) are of all records; no array can be written to.
    """

    values: np.ndarray
    labels: np.ndarray
    columns: tuple[str, ...]
    classes: tuple[str, ...]
    means: np.ndarray
    deviations: np.ndarray

    @property
    def standardised(self) -> np.ndarray:
        """(N, F): how many standard deviations each value is above its column's mean."""
        return (self.values - self.means) / self.deviations


def records_of(
    values: np.ndarray, labels: np.ndarray, columns: tuple[str, ...], classes: tuple[str, ...] = ()
) -> Records:
    """Return records of `values` (N, F) and their labels (N,): positions in `classes`, or numbers without classes."""
    arrays = (values.astype(np.float64), labels.astype(np.int64 if classes else np.float64))
    about = (values.mean(axis=0), values.std(axis=0))
    return Records(*map(read_only, arrays), columns, classes, *map(read_only, about))


@lru_cache(maxsize=1)
def flowers() -> Records:
    """Return Fisher's 150 irises: four lengths in centimetres, three species. Source: Fisher 1936, in scikit-learn."""
    table = load_iris()
    columns = ("sepal_length", "sepal_width", "petal_length", "petal_width")
    return records_of(table.data, table.target, columns, tuple(map(str, table.target_names)))


@lru_cache(maxsize=1)
def loans() -> Records:
    """Return 4,073 real loans whose income is known, in the order of the table; class 1 was not paid back.

    Columns: years in the job, whether there were unpaid debts before (0 or 1), income and amount as the bank
    noted them, in a currency it does not name. Source: tables/PROVENANCE.md.
    """
    table = pd.read_csv(LOANS).dropna(subset=["income"])
    values = [table["seniority"], table["records"] == "yes", table["income"], table["amount"]]
    labels = (table["status"] == "bad").to_numpy()
    return records_of(np.stack(values, axis=1).astype(np.float64), labels, LOAN_COLUMNS, ("good", "bad"))
