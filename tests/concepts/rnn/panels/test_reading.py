"""What is read, and the message in which a reading reaches the browser."""

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.rnn.panels import reading, runs
from dlviz.concepts.rnn.panels.film import Shown
from dlviz.concepts.rnn.recording import Reading
from dlviz.concepts.rnn.spec import View
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
    assert found.arguments == ((13, 21, 12, 12, 5, 18),)
    assert (found.classes, found.truth) == (TONGUES, None)


@pytest.mark.parametrize("typed", ["", "李", "x9", "   "])
def test_what_cannot_be_read_leaves_the_last_name_on_show(typed: str) -> None:
    assert "".join(reading.read_of(View(typed=typed)).symbols) == "kowalski"
    reading.read_of(View(typed="Rossi"))
    assert "".join(reading.read_of(View(typed=typed)).symbols) == "rossi"


def test_a_sign_and_its_blanks() -> None:
    found = reading.read_of(runs.start("recall").model_copy(update={"sign": 2}))
    assert found.arguments == ((3, *[0] * (len(found.symbols) - 1)), 2)
    assert found.symbols[:2] == ("C", "·")
    assert (found.classes, found.truth) == (tuple("ABCD"), 2)
    assert len(found.symbols) == runs.start("recall").run.data.delay + 1


def test_a_name_that_is_written_begins_with_nothing_and_ends() -> None:
    found = reading.read_of(runs.start("writing").model_copy(update={"typed": "Li"}))
    assert (found.question, found.arguments) == ("letters", ((12, 9),))
    assert (len(found.symbols), found.symbols[1:], found.next) == (3, ("l", "i"), (12, 9, 0))


def test_the_years_before_the_one_that_is_foretold() -> None:
    view = runs.start("sunspots").model_copy(update={"origin": 1950})
    found = reading.read_of(view)
    assert (found.question, found.arguments) == ("years", (1950,))
    assert (found.symbols[0], found.symbols[-1]) == (str(1950 - view.run.data.window), "1950")


def shown_of(view: View, moments: int) -> Shown:
    """Return a reading at so many moments, by a network of three numbers."""
    read = reading.read_of(view)
    size = (moments, len(read.symbols) - (read.about == "years"), 3)
    values = np.linspace(0, 1, np.prod(size), dtype=np.float32).reshape(size)
    gates = {"keep": values, "reset": values / 2}
    more = {"foretold": values[..., 0], "read": np.arange(size[1] + 1)} if read.about == "years" else {}
    belief = None if more else np.full((*size[:2], len(read.classes)), 0.125, np.float32)
    run = view.run.model_copy(update={"network": Recurrent(network="gru", state=3)})
    return Shown(Reading(np.arange(moments), 2 * values - 1, gates, values[..., 0], belief, **more), read, run, True)


def test_the_message_holds_what_was_measured() -> None:
    view = View(typed="Rossi")
    found = shown_of(view, 2)
    header, arrays = unpack(reading.message(view, found, 17))
    assert header["symbols"] == list("rossi")
    assert header["classes"][:2] == ["Irish", "Italian"]
    assert header["field"]["value"] == "Rossi"
    assert (header["seq"], header["right"], header["every"], header["reads"]) == (17, None, 1, 5)
    assert set(header["words"]["gates"]) == {"keep", "reset"}
    assert {name: array.shape for name, array in arrays.items()} == {
        "steps": (2,),
        "state": (2, 5, 3),
        "belief": (2, 5, 8),
        "gradient": (2, 5),
        "gate/keep": (2, 5, 3),
        "gate/reset": (2, 5, 3),
    }
    np.testing.assert_allclose(arrays["state"] / 255 * 2 - 1, found.reading.state, atol=1 / 255)


@pytest.mark.parametrize(("typed", "says"), [("Rossi", None), ("  ", None), ("李 {x}", "“李 {x}” holds a sign")])
def test_what_cannot_be_read_is_said_at_the_field(typed: str, says: str | None) -> None:
    view = View(typed=typed)
    trouble = unpack(reading.message(view, shown_of(View(), 1)))[0]["field"]["trouble"]
    assert trouble is None if says is None else trouble.startswith(says)


@pytest.mark.parametrize(("part", "about"), [("recall", "classes"), ("sunspots", "years"), ("writing", "letters")])
def test_every_part_is_unrolled(part: str, about: str) -> None:
    view = runs.start(part)
    header, arrays = unpack(reading.message(view, shown_of(view, 3)))
    assert header["about"] == about
    assert ("belief" in arrays, "foretold" in arrays) == (about != "years", about == "years")
    assert (header["field"] is not None) == (part == "writing")
    assert "{" in header["words"]["said"]
    if about == "letters":
        assert (len(header["classes"]), header["classes"][0], header["classes"][27]) == (30, "end", "␣")
