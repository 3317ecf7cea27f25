"""scikit-learn's numbers stand beside those of the moment on show."""

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.logistic_regression.panels import closer
from dlviz.concepts.logistic_regression.recording import Reference, Score
from dlviz.recording import Moment

SCORES = {"train": Score(0.25, 0.9, 0.95), "validation": Score(0.5, 0.8, 0.85)}
FOUND = Reference(np.array([3.0, 4.0, 100.0]), SCORES, False)


@pytest.fixture(autouse=True)
def language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English."""
    monkeypatch.setattr(st, "session_state", {"language.before": "en"})


def test_each_number_has_its_row_and_biases_are_no_length() -> None:
    moment = Moment(1, 1, dict(zip(closer.ROWS, map(np.array, (0.3, 0.6, 0.75, 4.5)), strict=True)))
    lines = closer.table(moment, FOUND, 1).split("\n")[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")][1:] for line in lines]
    assert cells == [["0.3000", "0.2500"], ["0.6000", "0.5000"], ["75.0\u202f%", "80.0\u202f%"], ["4.500", "5.000"]]


def test_a_loss_of_next_to_nothing_is_written_with_its_power_of_ten() -> None:
    tiny = Reference(FOUND.weights, {"train": Score(2.458e-8, 1.0, 1.0)}, True)
    assert "2.46×10⁻⁸" in closer.table(None, tiny, 1)


def test_what_is_not_there_is_a_dash() -> None:
    bare = Reference(FOUND.weights, {"train": SCORES["train"]}, False)
    assert closer.table(None, bare, 1).count("–") == 6
    broken = Moment(1, 1, dict.fromkeys(closer.ROWS, np.array(np.nan)))
    assert closer.table(broken, FOUND, 1).count("–") == 4
