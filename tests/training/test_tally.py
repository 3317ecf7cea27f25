"""Averages are over examples, not over batches, and survive being written down."""

import numpy as np
import pytest

from dlviz.training.tally import Tally


def tally() -> Tally:
    made = Tally()
    made.add(float(np.float32(0.1)), 3, 4)
    made.add(float(np.float32(0.7)), 1, 2)
    return made


def test_averages() -> None:
    assert tally().loss == pytest.approx((0.1 * 4 + 0.7 * 2) / 6)
    assert tally().accuracy == pytest.approx(4 / 6)


def test_a_tally_reads_back_exactly() -> None:
    assert Tally.read("here", tally().arrays("here")) == tally()
    assert Tally.read("here", Tally().arrays("here")) == Tally()
