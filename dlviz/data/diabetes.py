"""442 people with diabetes: ten measurements of each, and how far the disease had gone a year later.

The set comes with scikit-learn. Source: Efron, Hastie, Johnstone, Tibshirani 2004, Least angle regression; origin:
tables/PROVENANCE.md.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from sklearn.datasets import load_diabetes

from dlviz.data.records import Records, records_of
from dlviz.recording import read_only

MEASURED = ("bmi", "s5")  # body mass index, and the logarithm of triglycerides in the blood

COLUMNS = (
    *("age", "sex", "body_mass_index", "blood_pressure"),
    *("cholesterol", "ldl", "hdl", "cholesterol_ratio", "log_triglycerides", "glucose"),
)


@cache
def progression() -> Records:
    """Return the ten measurements in their own units and, as label, the progression after a year (25 to 346).

    Columns: age (years), sex (1 or 2; the source does not say which is which), body mass index (kg/m²), mean blood
    pressure (mmHg), cholesterol, LDL and HDL in the blood (mg/dl), total cholesterol / HDL, natural logarithm of
    triglycerides (mg/dl), glucose (mg/dl). The progression is a score without a unit.
    """
    table = load_diabetes(scaled=False)
    return records_of(table.data, table.target, COLUMNS)


@cache
def patients() -> tuple[np.ndarray, np.ndarray]:
    """Return the two measurements (N, 2) and the progression (N,), each with mean 0 and standard deviation 1."""
    table = load_diabetes()
    columns = [table.feature_names.index(name) for name in MEASURED]
    parts = table.data[:, columns], table.target
    return tuple(read_only((part - part.mean(axis=0)) / part.std(axis=0)) for part in parts)
