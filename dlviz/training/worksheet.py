"""A worksheet filled in: every shape with every activation on every data set, each from several seeds.

What a class types into a table in an afternoon, network by network, with a column that no afternoon is long
enough for: how often it works.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from dlviz.recording import Curves
from dlviz.spec import Data, Mlp, RunSpec
from dlviz.training.seeds import train_seeds


class Cell(NamedTuple):
    """One row of the worksheet: the setting, and the curves of its seeds."""

    spec: RunSpec
    curves: Curves


def fill(base: RunSpec, networks: Sequence[Mlp], data: Sequence[Data], seeds: Sequence[int]) -> Iterator[Cell]:
    """Yield a cell for each network on each data set, trained for `base.epochs` from every seed, as it is done.

    Everything else is as in `base`. Raises: ValueError as `train_seeds` does.
    """
    for network, points in product(networks, data):
        spec = base.model_copy(update={"network": network, "data": points})
        yield Cell(spec, train_seeds(spec, seeds, spec.epochs)[0])
