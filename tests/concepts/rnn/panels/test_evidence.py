"""Who wins is said as the scores have it, in the part that is known."""

import pytest
import streamlit as st

from dlviz.concepts.rnn.panels import evidence
from dlviz.concepts.rnn.recording import Baseline


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let words be English."""
    monkeypatch.setattr(st, "session_state", {"language.before": "en"})


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({"validation": 0.85}, "ahead by **5.0 points** on the validation"),
        ({"validation": 0.9, "test": 0.7}, "Counting groups of letters wins here, by **5.0 points** on the test"),
        ({"test": 0.752}, "about equal on the test"),
    ],
)
def test_the_verdict(scores: dict[str, float], said: str) -> None:
    assert said in evidence.verdict(scores, Baseline(0.8, 0.75, 1))
