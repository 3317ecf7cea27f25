"""The lumps: the columns mean what they are called, and cancer is class 1."""

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from dlviz.data.breast_cancer import lumps


def test_columns_and_classes_are_those_of_scikit_learn() -> None:
    theirs = load_breast_cancer()
    names = [" ".join(name.split("_")) for name in lumps().columns]
    turned = [f"{name.removeprefix('error ')} error" if name.startswith("error ") else name for name in names]
    assert turned == theirs.feature_names.tolist()
    assert [lumps().classes[label] for label in lumps().labels] == [theirs.target_names[one] for one in theirs.target]


def test_there_are_569_lumps_of_which_212_are_cancer() -> None:
    assert lumps().values.shape == (569, 30) and np.isfinite(lumps().values).all()
    assert np.bincount(lumps().labels).tolist() == [357, 212]
    assert lumps().values[0, :3].tolist() == [17.99, 10.38, 122.8]
    radius, area = (lumps().values[:, lumps().columns.index(f"mean_{name}")] for name in ("radius", "area"))
    assert np.median(area / (np.pi * radius**2)) == pytest.approx(1, abs=0.05)  # lengths and areas in one scale


def test_the_larger_the_nuclei_the_likelier_it_is_cancer() -> None:
    radius = lumps().values[:, lumps().columns.index("worst_radius")]
    assert roc_auc_score(lumps().labels, radius) > 0.95
    judge = LogisticRegression().fit(lumps().standardised[::2], lumps().labels[::2])
    assert roc_auc_score(lumps().labels[1::2], judge.predict_proba(lumps().standardised[1::2])[:, 1]) > 0.985
