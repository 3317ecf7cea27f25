"""The embedded records are what they are said to be."""

import hashlib

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from dlviz.data.records import LOANS, Records, flowers, loans


def test_the_irises_of_fisher() -> None:
    irises = flowers()
    assert irises.values.shape == (150, 4)
    assert np.bincount(irises.labels).tolist() == [50, 50, 50]
    assert irises.values[0].tolist() == [5.1, 3.5, 1.4, 0.2]  # the first flower of the paper's table
    assert irises.classes == ("setosa", "versicolor", "virginica")


def test_the_loans_are_real_and_rightly_labelled() -> None:
    """Four columns tell the two kinds apart about as well as is published for all of them (0.83)."""
    known = loans()
    assert known.values.shape == (4073, 4)
    assert known.labels.mean() == pytest.approx(0.2546, abs=1e-4)
    judge = LogisticRegression().fit(known.standardised[::2], known.labels[::2])
    assert roc_auc_score(known.labels[1::2], judge.predict_proba(known.standardised[1::2])[:, 1]) > 0.7


def test_the_loans_are_the_table_whose_origin_is_told() -> None:
    told = LOANS.with_name("PROVENANCE.md").read_text(encoding="utf-8").partition("## loans.csv")[2]
    assert hashlib.sha256(LOANS.read_bytes()).hexdigest() in told


@pytest.mark.parametrize("records", [flowers(), loans()])
def test_standardised_columns_have_mean_0_and_deviation_1(records: Records) -> None:
    assert records.standardised.mean(axis=0) == pytest.approx(0, abs=1e-9)
    assert records.standardised.std(axis=0) == pytest.approx(1)
    assert len(records.columns) == records.values.shape[1]
    with pytest.raises(ValueError, match="read-only"):
        records.values[0] = 0
