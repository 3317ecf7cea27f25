"""The wines: as many of each as were published, and the columns in their order."""

import numpy as np
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression

from dlviz.data.wine import wines


def test_columns_are_those_of_scikit_learn() -> None:
    theirs = load_wine().feature_names
    assert [name.split("/")[0] for name in theirs] == [name.removesuffix("_od315") for name in wines().columns]
    assert (wines().values == load_wine().data).all()


def test_there_are_59_barolos_71_grignolinos_and_48_barberas() -> None:
    assert wines().values.shape == (178, 13) and np.isfinite(wines().values).all()
    counts = dict(zip(wines().classes, np.bincount(wines().labels).tolist(), strict=True))
    assert counts == {"barolo": 59, "grignolino": 71, "barbera": 48}
    alcohol = wines().values[:, 0]
    assert 11 < alcohol.min() < alcohol.max() < 15
    assert alcohol[wines().labels == 0].mean() > 13.5  # a Barolo is a strong wine


def test_three_kinds_of_wine_are_told_apart() -> None:
    judge = LogisticRegression().fit(wines().standardised[::2], wines().labels[::2])
    assert judge.score(wines().standardised[1::2], wines().labels[1::2]) > 0.94
