"""What other seeds came to is said in the unit that the score has."""

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.rnn.panels import seeds
from dlviz.concepts.rnn.recording import Spread


@pytest.mark.parametrize(
    ("what", "scores", "said"),
    [
        ("test_accuracy", (0.7, 0.8), "GRU: **75.0 ± 7.1\u202f%** of the test names"),
        ("validation_accuracy", (1, 1), "GRU: **100.0 ± 0.0\u202f%** of the signs"),
        ("error", (19, 21), "off by **20.0 ± 1.4** sunspots"),
        ("surprise", (1.9, 2.0), "surprised by **1.95 ± 0.07** nats"),
    ],
)
def test_the_mean_and_the_deviation(
    what: str, scores: tuple[float, float], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "session_state", {"language.before": "en"})
    assert said in seeds.sentence(Spread(np.array([0, 1]), np.array(scores), what), "GRU")
