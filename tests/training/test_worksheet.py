"""A worksheet holds what its networks did one by one."""

import numpy as np

from dlviz.spec import Knobs, Mlp, Plane, RunSpec
from dlviz.training.seeds import train_seeds
from dlviz.training.worksheet import fill


def test_every_combination_is_filled_in_and_equals_its_own_training():
    base = RunSpec(device="cpu", epochs=2, knobs=Knobs(batch_size=10))
    networks = [Mlp(hidden=hidden, activation=bend) for hidden in ((2,), (3, 2)) for bend in ("tanh", "relu")]
    data = [Plane(data=name, points=50) for name in ("circle", "xor")]
    cells = list(fill(base, networks, data, (0, 1)))
    assert [(cell.spec.network, cell.spec.data) for cell in cells] == [(one, two) for one in networks for two in data]
    last = cells[-1]
    assert (last.spec.epochs, last.spec.knobs) == (2, base.knobs)
    alone, _ = train_seeds(base.model_copy(update={"network": networks[3], "data": data[1]}), (0, 1), 2)
    assert np.array_equal(last.curves.validation_loss, alone.validation_loss)
