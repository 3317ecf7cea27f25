"""The page's state holds together: each part has its own data, and a network that reads."""

import pytest
from pydantic import ValidationError

from dlviz import codec
from dlviz.concepts.rnn.spec import DEFAULT, KINDS, PARTS, RUNS, View
from dlviz.spec import Mlp, Recurrent, RunSpec, Surnames


@pytest.mark.parametrize("part", PARTS)
def test_each_part_begins_with_data_of_its_own(part: str) -> None:
    assert isinstance(RUNS[part].data, KINDS[part])
    view = View(part=part, run=RUNS[part])
    assert codec.read(codec.write(view, DEFAULT), DEFAULT) == (view, [])


def test_data_of_another_part_is_refused() -> None:
    with pytest.raises(ValidationError, match="the part recall reads recall, not surnames"):
        View(part="recall")


def test_a_network_that_does_not_read_is_refused() -> None:
    with pytest.raises(ValidationError, match="mlp does not read step by step"):
        View(run=RunSpec(data=Surnames(), network=Mlp()))


@pytest.mark.parametrize("network", ["rnn", "lstm", "gru"])
def test_every_network_that_reads_is_taken(network: str) -> None:
    assert View(run=RunSpec(data=Surnames(), network=Recurrent(network=network))).run.network.network == network
