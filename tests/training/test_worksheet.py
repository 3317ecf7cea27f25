"""A worksheet holds what its networks did one by one."""

import pytest

from dlviz.recording import Curves
from dlviz.spec import Knobs, Mlp, Plane, RunSpec
from dlviz.training.seeds import train_seeds
from dlviz.training.worksheet import fill


def test_every_combination_is_filled_in_and_equals_its_own_training():
    base = RunSpec(device="cpu", epochs=2, knobs=Knobs(batch_size=10))
    networks = [Mlp(hidden=hidden, activation=bend) for hidden in ((2,), (3, 2)) for bend in ("tanh", "relu")]
    data = [Plane(data=name, points=50) for name in ("circle", "xor")]
    cells = list(fill(base, networks, data, (0, 1)))
    assert [(cell.spec.network, cell.spec.data) for cell in cells] == [(one, two) for one in networks for two in data]
    for cell in cells:
        assert (cell.spec.epochs, cell.spec.knobs) == (2, base.knobs)
        alone, _ = train_seeds(cell.spec, (0, 1), 2)
        for name in Curves._fields:
            assert getattr(cell.curves, name) == pytest.approx(getattr(alone, name), abs=1e-6)


def test_formulas_of_ones_own_learn_side_by_side_each_as_by_itself():
    base = RunSpec(device="cpu", epochs=2, knobs=Knobs(batch_size=10))
    formulas = [{"activation": "own", "own": text} for text in ("x^2", "sin(x)", "x^2")]
    networks = [Mlp(hidden=(3, 2), **fields) for fields in (*formulas, {"activation": "tanh"})]
    cells = list(fill(base, networks, [Plane(points=50)], (0, 1)))
    losses = [cell.curves.train_loss for cell in cells]
    for cell in cells:
        assert cell.curves.train_loss == pytest.approx(train_seeds(cell.spec, (0, 1), 2)[0].train_loss, abs=1e-6)
    assert (losses[0] == losses[2]).all() and abs(losses[0] - losses[1]).max() > 1e-3


def test_what_differs_in_more_than_activations_and_points_learns_by_itself():
    base = RunSpec(device="cpu", epochs=1, knobs=Knobs(batch_size=10, dropout=0.2))
    networks = [Mlp(hidden=(2,), activations=("elu",)), Mlp(hidden=(2,), batch_norm=True)]
    data = [Plane(points=50), Plane(data="arms", points=50), Plane(data="slope", points=50), Plane(points=60)]
    for cell in fill(base, networks, data, (4, 1)):
        alone, _ = train_seeds(cell.spec, (4, 1), 1)
        assert cell.curves.validation_loss == pytest.approx(alone.validation_loss, abs=1e-5)


def test_what_cannot_be_trained_from_many_seeds_is_refused():
    with pytest.raises(ValueError, match="1 to 100 different ones"):
        next(fill(RunSpec(device="cpu"), [Mlp()], [Plane()], (1, 1)))
