"""The script of a lesson, run alone, prints the losses and gradients that the page shows."""

import re

import numpy as np
import pytest

from dlviz.export.vanishing_text import vanishing_script
from dlviz.stack import Vanishing
from tests.export.test_depth_text import NUMBER, printed
from tests.training.test_deep import lesson

LINE = rf"update (\d+): loss {NUMBER}, right {NUMBER}, gradient by layer (.+)"


@pytest.mark.parametrize(
    "given",
    [
        Vanishing(),
        Vanishing(deep_bend="relu", deep_start="he", deep_data="spiral", deep_clip=0.5, deep_steps=60, deep_seed=3),
        Vanishing(deep_bend="tanh", deep_layers=4, deep_shortcut=True, deep_norm="batch", deep_steps=60),
        Vanishing(deep_norm="layer", deep_width=5, deep_start="normal", deep_scale=0.3, deep_rate=0.5, deep_steps=60),
        Vanishing(deep_bend="relu", deep_start="normal", deep_scale=0.6, deep_data="xor"),
    ],
)
def test_run_alone_it_prints_the_same_numbers(given: Vanishing) -> None:
    said, found = printed(vanishing_script(given)), lesson(**dict(given))
    rows = re.findall(LINE, said)
    assert [int(row[0]) for row in rows] == list(range(found.last + 1))
    assert [float(row[1]) for row in rows] == pytest.approx(found.losses, rel=1e-6, abs=1e-6)
    assert [float(row[2]) for row in rows] == pytest.approx(found.shares, abs=1e-6)
    lengths = np.array([[float(one) for one in row[3].split()] for row in rows])
    assert lengths == pytest.approx(found.norms, rel=1e-5, abs=1e-6)
    assert ("no longer finite" in said) == (found.diverged_at is not None)
