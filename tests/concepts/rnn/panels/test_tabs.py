"""The sizes in the formula are those of the network that is built."""

import pytest

from dlviz.concepts.rnn.panels import tabs
from dlviz.concepts.rnn.spec import PARTS, RUNS, View
from dlviz.models.build import build_for


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_the_numbers_that_are_learnt(part: str, kind: str) -> None:
    run = RUNS[part].model_copy(update={"network": RUNS[part].network.model_copy(update={"network": kind})})
    found, network = tabs._sizes(View(part=part, run=run)), build_for(run)
    assert found["whole"] == f"{sum(values.numel() for values in network.parameters()):,}"
    assert found["cell"] == f"{sum(values.numel() for values in network.cell.parameters()):,}"
    assert network.cell.weight_ih_l0.shape == (found["rows"], found["inputs"])
    assert network.cell.weight_hh_l0.shape == (found["rows"], found["state"])
