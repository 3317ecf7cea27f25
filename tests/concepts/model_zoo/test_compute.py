"""Costs are those of the networks that torch builds, and learning nothing scores what scikit-learn's dummies score."""

import numpy as np
import pytest
import torch
from sklearn.dummy import DummyClassifier, DummyRegressor
from torch.utils.flop_counter import FlopCounterMode

from dlviz.concepts.model_zoo.compute import costs, without_learning
from dlviz.concepts.model_zoo.spec import MODELS, Model, named
from dlviz.data.load import load
from dlviz.models.build import build_for
from dlviz.models.recurrent import RecurrentNetwork, unroll
from dlviz.training.run import Run


def answer(network: torch.nn.Module, inputs: torch.Tensor) -> torch.Tensor:
    """Return the network's answer; of what reads step by step, written out, since torch counts no cell of its own."""
    if not isinstance(network, RecurrentNetwork):
        return network(inputs)
    return network.scores(unroll(network.cell, network.read(inputs))[-1].state)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_costs_are_those_of_the_network(model: Model) -> None:
    network = build_for(model.run).eval()
    (found,) = costs([model.run])
    assert found.parameters == sum(values.numel() for values in network.parameters())
    with FlopCounterMode(display=False) as counted, torch.no_grad():
        answer(network, torch.zeros(1, *model.run.data.shape))
    assert found.flops == counted.get_total_flops()
    assert found.parts[-1].shape == (model.run.outputs,)


@pytest.mark.parametrize("name", ["line_cars", "logistic_tumours", "softmax_wines", "cnn_digits"])
def test_without_learning_it_is_a_dummy(name: str) -> None:
    run = next(model.run for model in MODELS if model.name == name)
    parts = load(run.data, run.seed)
    dummy = DummyClassifier() if run.data.about == "class" else DummyRegressor()
    flat = [part.inputs.reshape(len(part), -1) for part in (parts.train, parts.test)]
    wanted = dummy.fit(flat[0], parts.train.labels).score(flat[1], parts.test.labels)
    assert without_learning(run) == pytest.approx(wanted, abs=1e-6)
    assert np.isfinite(wanted)


def test_squares_bring_a_line_most_of_the_way_to_a_network() -> None:
    line, squares, network = (score_of(name) for name in ("line_cars", "squares_cars", "mlp_cars"))
    assert line < squares
    assert squares - line > 0.5 * (network - line)  # as the page says


def score_of(name: str) -> float:
    """Return the mean of R² on the test cars over three seeds, as the page shows it."""
    found = []
    for run in named(name).seeded(3):
        last = [moment for moment in Run(run.model_copy(update={"device": "cpu"})).work() if moment is not None][-1]
        found.append(float(last["test_r2"]))
    return float(np.mean(found))
