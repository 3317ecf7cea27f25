"""Charts of the digit lab read back as the numbers and words they were made of."""

from collections.abc import Callable

import numpy as np
import pytest
import streamlit as st

from dlviz.concepts.cnn.panels import charts
from dlviz.concepts.cnn.recording import Importance, LayerCost, Moved
from dlviz.recording import unpack
from dlviz.words.catalogue import text

COSTS = (
    LayerCost("conv1", (32, 26, 26), 320, 194_688, 410_000),
    LayerCost("flatten", (5408,), 0, 0, 0),
    LayerCost("dense1", (64,), 346_176, 346_112, 692_000),
)


@pytest.fixture(params=["en", "zh"], autouse=True)
def say(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return the words of the language that the charts are in."""
    monkeypatch.setattr(st, "session_state", {"language.before": request.param})
    return lambda key, **values: text(f"cnn.{key}", request.param, **values)


def test_filters_stand_in_the_order_of_what_they_matter_and_muted_ones_stand_back(say: Callable[..., str]) -> None:
    certainty = np.array([0.01, 0.2, -0.05, 0.07], np.float32)
    found = Importance("conv1", np.zeros(4, np.float32), 400, certainty)
    header, arrays = unpack(charts.importance(found, [3], "C1"))
    assert header["kind"] == "bars"
    assert header["names"] == ["1", "3", "0", "2"]
    assert arrays["values"] == pytest.approx(np.array([[20, 7, 1, -5]]), rel=1e-5)
    assert arrays["quiet"].tolist() == [0, 1, 0, 0]
    assert (header["x_label"], header["y_label"]) == (say("importance.x", stage="C1"), say("importance.y"))
    assert header["words"]["at"] == say("importance.at")


def test_each_reader_has_a_line_of_its_own(say: Callable[..., str]) -> None:
    confidence = np.array([[0.9, 0.5, 0.1], [0.8, 0.7, 0.6]], np.float32)
    found = Moved(np.array([0, 4, 8], np.int32), confidence, np.zeros((2, 3), np.float32), 100)
    header, arrays = unpack(charts.moved(found, ["plain", "augmented"]))
    assert (header["kind"], header["percent"]) == ("lines", True)
    assert header["series"] == ["plain", "augmented"]
    assert header["names"] == ["0", "4", "8"] and arrays["x"].tolist() == [0, 4, 8]
    assert np.array_equal(arrays["values"], confidence)
    assert (header["x_label"], header["y_label"]) == (say("shift.x"), say("shift.y"))


def test_each_stages_share_of_the_whole_is_shown_and_idle_stages_have_none(say: Callable[..., str]) -> None:
    found = charts.costs(COSTS, ["Convolution 1", "Flatten", "Dense 1"])
    assert found["columns"] == [say(f"cost.{name}") for name in ("stage", "shape", "parameters", "flops")]
    assert [(row["name"], row["note"]) for row in found["rows"]][:2] == [
        ("Convolution 1", "32 × 26 × 26"),
        ("Flatten", "5408"),
    ]
    texts = [[cell["text"] for cell in row["cells"]] for row in found["rows"]]
    assert texts == [["320", "410,000"], ["0", "0"], ["346,176", "692,000"]]
    shares = [[cell["share"] for cell in row["cells"]] for row in found["rows"]]
    assert shares[1] == [None, None]
    assert shares[0] == pytest.approx([320 / 346_496, 410 / 1102])
    assert [sum(column) for column in zip(shares[0], shares[2], strict=True)] == pytest.approx([1, 1])


def test_a_network_that_costs_nothing_has_no_shares() -> None:
    (row,) = charts.costs(COSTS[1:2], ["Flatten"])["rows"]
    assert [cell["share"] for cell in row["cells"]] == [None, None]
