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


@pytest.mark.parametrize("part", PARTS)
def test_data_alone_say_which_part_is_on_show(part: str) -> None:
    """As a link of `python -m dlviz train rnn --data …` does."""
    said = codec.write(RUNS[part], DEFAULT.run)
    assert "part" not in said
    view, problems = codec.read(said, DEFAULT)
    assert (view.part, view.run, problems) == (part, RUNS[part], [])


def test_a_thing_to_try_belongs_to_its_part() -> None:
    with pytest.raises(ValidationError, match="the part recall has forget, gated, cut"):
        View(part="recall", run=RUNS["recall"], preset="few")
