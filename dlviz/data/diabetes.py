"""442 people with diabetes: two measurements of each, and how far the disease had gone a year later.

The set comes with scikit-learn. Source: Efron, Hastie, Johnstone, Tibshirani 2004, Least angle regression.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from sklearn.datasets import load_diabetes

from dlviz.recording import read_only

MEASURED = ("bmi", "s5")  # body mass index, and the logarithm of triglycerides in the blood


@cache
def patients() -> tuple[np.ndarray, np.ndarray]:
    """Return the two measurements (N, 2) and the progression (N,), each with mean 0 and standard deviation 1."""
    table = load_diabetes()
    columns = [table.feature_names.index(name) for name in MEASURED]
    parts = table.data[:, columns], table.target
    return tuple(read_only((part - part.mean(axis=0)) / part.std(axis=0)) for part in parts)
