"""Who foretells best is said as the errors have it."""

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.rnn.panels import charts, years
from dlviz.concepts.rnn.recording import Forecast
from dlviz.recording import unpack


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let words be English."""
    monkeypatch.setattr(st, "session_state", {"language.before": "en"})


def told(near: tuple[float, ...], far: tuple[float, ...]) -> Forecast:
    """Return a forecast with these errors one year and all the more years ahead."""
    known = np.arange(1890, 1910)
    ahead = np.repeat(np.array(far)[:, None], 22, axis=1)
    errors = {"train": np.ones(3), "validation": np.ones(3), "test": np.array(near)}
    return Forecast(known, known / 10, np.stack([known / 10 + 1] * 3), errors, ahead, known[15:], np.zeros((3, 5)))


@pytest.mark.parametrize(
    ("near", "far", "words"),
    [
        ((1, 2, 3), (3, 2, 4), ("this network is closest", "eleven years ahead, the linear autoregression is")),
        ((2, 1, 3), (3, 3, 1), ("the linear autoregression is closest", "“as last year” is")),
    ],
)
def test_the_verdict(near: tuple[float, ...], far: tuple[float, ...], words: tuple[str, str]) -> None:
    said = years.verdict(told(near, far))
    assert all(one in said for one in words)


def test_the_charts_hold_the_years() -> None:
    header, arrays = unpack(charts.years(told((1, 2, 3), (1, 2, 3))))
    assert header["names"][0] == "1890"
    np.testing.assert_allclose(arrays["values"][1] - arrays["values"][0], 1, atol=1e-4)
    _, arrays = unpack(charts.path(told((1, 2, 3), (1, 2, 3))))
    assert np.isnan(arrays["values"][1:, :15]).all() and not arrays["values"][1:, 15:].any()
    cells = [[cell["text"] for cell in row["cells"]] for row in charts.errors(told((1, 2, 3), (1, 2, 3)))["rows"]]
    assert cells == [["1.0", "1.0"], ["1.0", "2.0"], ["1.0", "3.0"]]
    assert unpack(charts.ahead(told((1, 2, 3), (4, 5, 6))))[1]["values"].shape == (3, 22)
