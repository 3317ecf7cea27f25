"""What a network is told of a point is what the names say."""

import numpy as np
import pytest
import torch

from dlviz.models.points import COLUMNS, Inputs
from dlviz.spec import INPUTS


def test_the_columns_are_their_names_formulas() -> None:
    points = torch.tensor([[1.5, -2.0], [0.0, 3.0], [-6.0, 0.25]])
    x1, x2 = points.numpy().T
    expected = np.stack([x1, x2, x1**2, x2**2, x1 * x2, np.sin(x1), np.sin(x2)], axis=1)
    assert Inputs(*INPUTS)(points).numpy() == pytest.approx(expected, abs=1e-6)
    assert Inputs("sin_x2", "x1")(points).numpy() == pytest.approx(expected[:, [6, 0]], abs=1e-6)


def test_every_input_of_the_spec_exists() -> None:
    assert tuple(COLUMNS) == INPUTS
