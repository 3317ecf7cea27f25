"""Points lie along their curve, as far off as the noise says, and outliers above it."""

import numpy as np
import pytest

from dlviz.data.curve import CURVES, along


@pytest.mark.parametrize("name", list(CURVES))
def test_without_noise_points_lie_on_the_curve(name: str) -> None:
    x, y = along(CURVES[name], 50, 0, 0, 3)
    assert (x.shape, y.shape, x.dtype, y.dtype) == ((50, 1), (50,), np.float32, np.float32)
    np.testing.assert_allclose(y, CURVES[name](x[:, 0].astype(float)), atol=1e-6)
    assert np.abs(x).max() <= 1
    assert np.abs(y).max() <= 1


def test_noise_is_the_standard_deviation() -> None:
    x, y = along(CURVES["trend"], 5000, 0.3, 0, 1)
    assert (y - CURVES["trend"](x[:, 0])).std() == pytest.approx(0.3, rel=0.05)


def test_outliers_are_so_many_and_lie_high() -> None:
    clean, dirty = (along(CURVES["trend"], 200, 0.1, share, 5)[1] for share in (0, 0.2))
    moved = clean != dirty
    assert moved.sum() == 40
    assert dirty[moved].min() >= 1
