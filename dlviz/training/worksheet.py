"""A worksheet filled in: every shape with every activation on every data set, each from several seeds.

What a class types into a table in an afternoon, network by network, with a column that no afternoon is long
enough for: how often it works.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from dlviz.data.load import load
from dlviz.recording import Curves
from dlviz.spec import Data, Mlp, RunSpec
from dlviz.training.seeds import train_alike


class Cell(NamedTuple):
    """One row of the worksheet: the setting, and the curves of its seeds."""

    spec: RunSpec
    curves: Curves


def fill(base: RunSpec, networks: Sequence[Mlp], data: Sequence[Data], seeds: Sequence[int]) -> Iterator[Cell]:
    """Yield a cell for each network on each data set, trained for `base.epochs` from every seed, as it is done.

    Everything else is as in `base`. Networks of one shape learn side by side. Raises: ValueError as `train_seeds` does.
    """
    specs = [base.model_copy(update={"network": one, "data": points}) for one, points in product(networks, data)]
    found: dict[RunSpec, Curves] = {}
    for spec in specs:
        if spec not in found:
            alike = [one for one in dict.fromkeys(specs) if _shape(one) == _shape(spec)]
            found |= zip(alike, train_alike(alike, seeds), strict=True)
        yield Cell(spec, found[spec])


def _shape(spec: RunSpec) -> tuple[object, ...]:
    """Return what two runs must have in common to learn side by side."""
    splits = load(spec.data, spec.seed_of_data)
    network = Mlp.model_validate({**dict(spec.network), "activation": "relu", "activations": ()})
    sizes = len(splits.train), len(splits.validation)
    return network, spec.data.inputs, spec.data.outputs, spec.data.about, sizes
