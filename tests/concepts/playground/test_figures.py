"""The map of the loss says the heights that were computed, where the run came from and where it is."""

import numpy as np
import pytest

from dlviz.concepts.playground.figures import LOWEST, valley_map
from dlviz.concepts.playground.recording import Valley

WORDS = {name: name for name in ("x", "y", "loss", "way", "start", "here")}
HEIGHTS = np.array([[1.0, 0.1, 10.0], [0.5, 0.0, np.inf]])


def valley(points: np.ndarray) -> Valley:
    """Return a small landscape with this way through it."""
    return Valley(HEIGHTS, np.array([-1.0, 0, 1]), np.array([0.0, 1]), 0.1, points, np.array([0.7, 0.2]))


def test_heights_are_drawn_by_their_logarithm_and_said_as_they_are() -> None:
    figure = valley_map(valley(np.array([[-1.0, 1.0], [0.0, 0.0]])), WORDS)
    ground = figure.data[0]
    assert ground.z[0] == pytest.approx([0, -1, 1])
    assert ground.z[1][1] == pytest.approx(np.log10(LOWEST))
    assert np.isnan(ground.z[1][2])
    assert np.array_equal(ground.customdata, HEIGHTS)
    assert "0.1" in ground.colorbar.ticktext


def test_the_way_begins_at_the_first_weights_and_the_star_is_where_the_network_is() -> None:
    _, way, start, here = valley_map(valley(np.array([[-1.0, 1.0], [0.0, 0.0]])), WORDS).data
    assert (way.x[0], way.y[0]) == (start.x[0], start.y[0]) == (-1, 1)
    assert (here.x[0], here.y[0]) == (0, 0)


def test_without_a_way_there_is_only_the_star() -> None:
    assert [trace.name for trace in valley_map(valley(np.zeros((0, 2))), WORDS).data[1:]] == ["here"]
