"""Names that were written are marked, and who is less surprised is said."""

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.rnn.panels import charts, written
from dlviz.concepts.rnn.recording import Written
from dlviz.recording import unpack


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let words be English."""
    monkeypatch.setattr(st, "session_state", {"language.before": "en"})


def result(network: float, counts: float) -> Written:
    """Return what was written by two who are so surprised."""
    names = (("rossi", "rosti"), ("russo", "ro"))
    return Written(names, ((True, False), (False, False)), np.arange(30) / 435, (network, counts), 3)


def test_new_names_are_blue_and_known_ones_grey() -> None:
    assert written.badges(("rossi", "rosti"), (True, False)) == ":gray-badge[rossi] :blue-badge[rosti]"
    assert written.badges(("",), (False,)) == ":blue-badge[–]"


@pytest.mark.parametrize(
    ("network", "counts", "said"),
    [
        (1.8, 2.0, "the network is less surprised: **1.80** against **2.00**"),
        (2.1, 2.0, "counting what follows 3 letters is less surprised: **2.00** against **2.10**"),
        (2.004, 2.0, "both are about equally surprised"),
    ],
)
def test_the_verdict(network: float, counts: float, said: str) -> None:
    found = written.verdict(result(network, counts))
    assert said in found
    assert found.endswith("Of 2 names each, 1 of the network's and 2 of the other's are new.")


def test_the_end_stands_behind_the_alphabet() -> None:
    header, arrays = unpack(charts.following(result(1, 1), "ro"))
    assert header["names"][0] == "a"
    assert header["names"][-1] == "end"
    assert arrays["values"][0, -1] == 0
    assert arrays["values"][0, 0] == pytest.approx(100 / 435)
