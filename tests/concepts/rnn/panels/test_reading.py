"""What is read, and the message in which a reading reaches the browser."""

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.rnn.panels import reading, runs
from dlviz.concepts.rnn.recording import Reading
from dlviz.concepts.rnn.spec import NAMES, View
from dlviz.recording import unpack
from dlviz.sets import TONGUES
from dlviz.spec import Recurrent


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let words be English, and nothing be typed before."""
    monkeypatch.setattr(st, "session_state", {"language.before": "en"})


def test_a_name_is_folded_and_read_letter_by_letter() -> None:
    found = reading.read_of(View(typed="Müller"))
    assert found.symbols == tuple("muller")
    assert found.codes == (13, 21, 12, 12, 5, 18)
    assert (found.classes, found.truth) == (TONGUES, None)


@pytest.mark.parametrize("typed", ["", "李", "x9", "   "])
def test_what_cannot_be_read_leaves_the_last_name_on_show(typed: str) -> None:
    assert "".join(reading.read_of(View(typed=typed)).symbols) == "kowalski"
    reading.read_of(View(typed="Rossi"))
    assert "".join(reading.read_of(View(typed=typed)).symbols) == "rossi"


def test_a_sign_and_its_blanks() -> None:
    found = reading.read_of(runs.start("recall").model_copy(update={"sign": 2}))
    assert found.codes == (3, *[0] * (len(found.codes) - 1))
    assert found.symbols[:2] == ("C", "·")
    assert (found.classes, found.truth) == (tuple("ABCD"), 2)
    assert len(found.symbols) == runs.start("recall").run.data.delay + 1


def test_the_message_holds_what_was_measured() -> None:
    values = np.arange(15, dtype=np.float32).reshape(5, 3) / 15
    found = Reading(values, {"keep": values, "reset": values / 2}, np.full((5, 8), 0.125, np.float32), values[:, 0])
    read = reading.read_of(View(typed="Rossi"))
    run = NAMES.model_copy(update={"network": Recurrent(network="gru", state=3)})
    header, arrays = unpack(reading.message(View(typed="Rossi"), found, read, run, 17))
    assert header["symbols"] == list("rossi")
    assert header["classes"][:2] == ["Irish", "Italian"]
    assert header["field"]["value"] == "Rossi"
    assert (header["seq"], header["right"], header["every"]) == (17, None, 1)
    assert set(header["words"]["gates"]) == {"keep", "reset"}
    assert {name: array.shape for name, array in arrays.items()} == {
        "state": (5, 3),
        "belief": (5, 8),
        "gradient": (5,),
        "gate/keep": (5, 3),
        "gate/reset": (5, 3),
    }
