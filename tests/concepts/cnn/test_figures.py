"""Figures of the digit lab read back as the numbers and words they were made of."""

import numpy as np
import pytest

from dlviz.concepts.cnn.figures import cost_shares, importance_bars, moved_lines
from dlviz.concepts.cnn.recording import Importance, LayerCost, Moved
from dlviz.figures.theme import ACCENT, CLASSES, MUTED

COSTS = (
    LayerCost("Convolution 1", (32, 26, 26), 320, 194_688, 410_000),
    LayerCost("Flatten", (5408,), 0, 0, 0),
    LayerCost("Dense 1", (64,), 346_176, 346_112, 692_000),
)


def test_each_stages_share_of_the_whole_is_shown_and_idle_stages_are_not() -> None:
    figure = cost_shares(COSTS, "Parameters", "FLOPs", "share of the whole")
    parameters, flops = figure.data
    assert (parameters.name, flops.name) == ("Parameters", "FLOPs")
    assert list(parameters.y) == list(flops.y) == ["Convolution 1", "Dense 1"]
    assert parameters.x == pytest.approx([320 / 346_496, 346_176 / 346_496])
    assert flops.x == pytest.approx([410 / 1102, 692 / 1102])
    assert sum(parameters.x) == pytest.approx(1)
    assert parameters.marker.color != flops.marker.color
    assert figure.layout.xaxis.title.text == "share of the whole"


def test_a_network_without_costs_has_an_empty_figure() -> None:
    assert [list(bars.y) for bars in cost_shares(COSTS[1:2], "p", "f", "x").data] == [[], []]


def test_filters_stand_in_the_order_of_what_they_matter_and_muted_ones_are_grey() -> None:
    certainty = np.array([0.01, 0.2, -0.05, 0.07], np.float32)
    found = Importance("conv1", np.zeros(4, np.float32), 400, certainty)
    figure = importance_bars(found, [3], "filter", "points lost")
    bars = figure.data[0]
    assert list(bars.x) == ["1", "3", "0", "2"]
    assert bars.y == pytest.approx([20, 7, 1, -5], rel=1e-5)
    assert list(bars.marker.color) == [ACCENT, MUTED, ACCENT, ACCENT]
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("filter", "points lost")
    assert figure.layout.xaxis.type == "category"  # filters are names, not numbers on a line


def test_each_reader_has_a_line_of_its_own_look() -> None:
    confidence = np.array([[0.9, 0.5, 0.1], [0.8, 0.7, 0.6]], np.float32)
    found = Moved(np.array([0, 4, 8], np.int32), confidence, np.zeros((2, 3), np.float32), 100)
    figure = moved_lines(found, ["plain", "augmented"], "pixels", "probability")
    assert [line.name for line in figure.data] == ["plain", "augmented"]
    for line, row in zip(figure.data, confidence, strict=True):
        assert list(line.x) == [0, 4, 8]
        assert np.array_equal(line.y, row)
    assert [line.line.color for line in figure.data] == list(CLASSES[:2])
    assert len({line.marker.symbol for line in figure.data}) == 2  # told apart without colour
    assert figure.layout.yaxis.range[0] == 0 and figure.layout.yaxis.range[1] >= 1
