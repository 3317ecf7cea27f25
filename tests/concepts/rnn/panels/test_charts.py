"""Charts read back as the numbers and words that they were made of."""

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.rnn.panels import charts
from dlviz.concepts.rnn.recording import Baseline, Spread
from dlviz.recording import unpack
from dlviz.words.catalogue import text


@pytest.fixture(params=["en", "zh"], autouse=True)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the language that the charts are in."""
    monkeypatch.setattr(st, "session_state", {"language.before": request.param})
    return request.param


def test_scores_stand_beside_those_of_groups_and_of_guessing(language: str) -> None:
    found = charts.scores({"validation": 0.7}, Baseline(0.8, 0.75, 14_000))
    cells = [[cell["share"] for cell in row["cells"]] for row in found["rows"]]
    assert cells == [[0.7, None], [0.8, 0.75], [0.125, 0.125]]
    assert found["rows"][0]["cells"][1]["text"] == "–"
    assert found["rows"][1]["note"] == text("rnn.scores.features", language, count="14,000")


def test_before_anything_is_known_there_is_guessing_alone() -> None:
    found = charts.scores({}, None)
    assert [[cell["share"] for cell in row["cells"]] for row in found["rows"]] == [[None] * 2, [None] * 2, [0.125] * 2]


@pytest.mark.parametrize("what", ["test_accuracy", "validation_accuracy", "error", "surprise"])
def test_every_seed_has_its_bar(what: str, language: str) -> None:
    header, arrays = unpack(charts.seeds(Spread(np.array([0, 4]), np.array([0.6, 0.9]), what)))
    assert (header["names"], header["percent"]) == (["0", "4"], what.endswith("accuracy"))
    assert header["y_label"] == text(f"rnn.seeds.y.{what}", language)
    np.testing.assert_allclose(arrays["values"], [[0.6, 0.9]], rtol=1e-6)


def test_every_network_has_its_line_over_the_delays() -> None:
    found = np.array([[1, 0.5], [0.25, 0.25]], np.float32)
    header, arrays = unpack(charts.delays((5, 20), found, ["GRU", "RNN"]))
    assert header["series"] == ["GRU", "RNN"]
    assert arrays["x"].tolist() == [5, 20]
    assert np.array_equal(arrays["values"], found)


def test_gradients_of_different_lengths_share_a_log_axis() -> None:
    header, arrays = unpack(charts.reach([np.array([1.0, 0.1]), np.array([1.0, 0.5, 0.25])], ["a", "b"]))
    assert header["log"] is True
    assert header["names"] == ["0", "1", "2"]
    np.testing.assert_allclose(arrays["values"], [[1, 0.1, np.nan], [1, 0.5, 0.25]], rtol=1e-6)
