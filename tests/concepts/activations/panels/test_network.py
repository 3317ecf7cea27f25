"""What is counted of a run: a few moments, the newest and the one on show among them; and the way to the playground."""

import numpy as np
import pytest

from dlviz import codec
from dlviz.concepts.activations import compute
from dlviz.concepts.activations.panels import network
from dlviz.concepts.activations.spec import DEFAULT, LEARNT, View
from dlviz.concepts.playground.spec import DEFAULT as PLAYGROUND
from dlviz.recording import Moment, unpack


def moments(count: int, weights: int = 3) -> list[Moment]:
    """Return so many moments, each with so many weights."""
    return [Moment(step, step / 25, {"weights": np.zeros(weights, np.float32)}) for step in range(count)]


@pytest.mark.parametrize("count", [1, 2, 39, 40, 41, 1000])
def test_a_few_moments_are_counted_from_the_first_to_the_newest(count: int) -> None:
    rows = [one.step for one in network.chosen(moments(count), None)]
    assert (rows[0], rows[-1]) == (0, count - 1)
    assert len(rows) == min(count, network.MOST)


def test_the_moment_on_show_is_among_them() -> None:
    assert 537 in [one.step for one in network.chosen(moments(1000), 537)]
    assert [one.step for one in network.chosen(moments(3), 700)] == [0, 1, 2]


def test_of_large_networks_fewer_are_counted_and_what_ran_away_is_left_out() -> None:
    assert len(network.chosen(moments(100, 100_000), None)) == 6
    broken = [*moments(4), Moment(4, 1, {"weights": np.full(3, np.nan)})]
    assert [one.step for one in network.chosen(broken, None)] == [0, 1, 2, 3]


def test_the_message_holds_every_layer() -> None:
    found = compute.sums(LEARNT, np.zeros((2, LEARNT.parameters)), 0.1)
    header, arrays = unpack(network.message(LEARNT, found, "digest", [[0, 0.0], [25, 1.0]], 0.1))
    assert [one["detail"] for one in header["layers"]] == ["4 units, tanh", "2 units, tanh"]
    assert (header["run"], header["steps"], header["limit"]) == ("digest", [0, 25], 0.1)
    assert arrays["slope"].tolist() == [[1, 1], [1, 1]]
    assert arrays["1/counts"].sum(axis=1).tolist() == [500, 500]


def test_the_playground_opens_with_this_run_and_moment() -> None:
    run = LEARNT.fork(25, learning_rate=0.1).model_copy(update={"seed": 7})
    link = network.in_playground(View(section="network", run=run, at=50, probe=2.0))
    view, problems = codec.read(link, PLAYGROUND)
    assert problems == []
    assert (view.run, view.at) == (run, 50)
    assert network.in_playground(DEFAULT) == {}


def test_a_run_is_called_by_its_data_and_its_shape() -> None:
    assert network.name(LEARNT) == "Circle 2-4-2-2"
