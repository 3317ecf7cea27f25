"""The script of a stack, run alone, prints the sizes that the page shows."""

import re
import subprocess
import sys

import numpy as np
import pytest

from dlviz.export.depth_text import BENDS, depth_script
from dlviz.probes.depth import in_depth
from dlviz.signals import GRADIENTS, SIGNALS
from dlviz.stack import Bend, Depth

NUMBER = r"([-+.\de]+)"


def printed(script: str) -> str:
    """Return what the script prints when it is run alone."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "given",
    [
        Depth(),
        Depth(deep_layers=3, deep_width=16, deep_bend="selu", deep_start="normal", deep_scale=0.3, deep_batch=32),
        Depth(deep_layers=4, deep_bend="relu", deep_start="orthogonal", deep_norm="batch", deep_seed=7),
        Depth(deep_layers=2, deep_bend="softplus", deep_start="he", deep_norm="layer"),
    ],
)
def test_run_alone_it_prints_the_same_sizes(given: Depth) -> None:
    said, found = printed(depth_script(given)), in_depth(given)
    rows = re.findall(rf"layer \d+: signals {NUMBER}, gradient {NUMBER}", said)
    sizes = np.array(rows, float).T
    assert sizes == pytest.approx(found.sizes, rel=1e-6)
    growth = re.search(rf"signals by {NUMBER} and gradients by {NUMBER}", said)
    assert [float(one) for one in growth.groups()] == pytest.approx(
        [found.growth(SIGNALS), found.growth(GRADIENTS)], rel=1e-6
    )


def test_every_activation_can_be_written() -> None:
    assert set(BENDS) == set(Bend.__args__)
    assert "std=0.25" in depth_script(Depth(deep_start="normal", deep_scale=0.25))
