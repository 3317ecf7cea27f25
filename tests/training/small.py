"""Small runs, and what it means that two of them are the same."""

import numpy as np

from dlviz.recording import Moment
from dlviz.spec import ConvBlock, ConvNet, Mlp, Mnist5k, Plane, RunSpec
from dlviz.training.run import Run


def digits(**fields: object) -> RunSpec:
    """Return a run on 47 training digits, 100 for validation and 100 for the test, with a small network."""
    data = Mnist5k(validation_share=0.02, test_share=0.02, train_share=0.01)
    network = ConvNet(blocks=(ConvBlock(channels=3, batch_norm=True),), dense=(6,))
    return RunSpec(**{"data": data, "network": network, "device": "cpu", "epochs": 2, **fields})


def points(**fields: object) -> RunSpec:
    """Return a run on 30 training points with a small network."""
    network = Mlp(hidden=(4, 3), activation="tanh")
    return RunSpec(**{"data": Plane(points=60), "network": network, "device": "cpu", "epochs": 4, **fields})


def moments(run: Run, until: int | None = None) -> list[Moment]:
    """Return everything that the run records on its way."""
    return [moment for moment in run.work(until) if moment is not None]


def assert_same_moments(ours: list[Moment], theirs: list[Moment]) -> None:
    """Fail where any bit but the clock's differs."""
    assert [(moment.step, moment.epoch) for moment in ours] == [(moment.step, moment.epoch) for moment in theirs]
    for mine, other in zip(ours, theirs, strict=True):
        assert set(mine.arrays) == set(other.arrays), mine.step
        for name in set(mine.arrays) - {"seconds"}:
            assert mine[name].dtype == other[name].dtype
            assert np.array_equal(mine[name], other[name], equal_nan=mine[name].dtype.kind == "f"), (mine.step, name)


def assert_same_weights(ours: Run, theirs: Run) -> None:
    """Fail where any bit of any weight or buffer differs."""
    mine, others = ours.weights(), theirs.weights()
    assert list(mine) == list(others)
    for name, values in mine.items():
        assert np.array_equal(values, others[name], equal_nan=True), name
