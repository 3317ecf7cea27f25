"""What every weight of a network is called: where its link comes from and where it goes.

All weights stand in one row, layer by layer: each layer's weights (outputs × inputs), its biases and, where
the layer is normalised, a scale and a shift for each of its units.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from dlviz.concepts.playground.panels import stage
from dlviz.spec import RunSpec
from dlviz.ui.fields import option
from dlviz.ui.language import t


class Weight(NamedTuple):
    """One number of a network: `kind` is weight, bias, scale or shift; `layer` counts from 1, units from 0.

    `source` is the unit, or input, that a weight's link comes from.
    """

    kind: str
    layer: int
    unit: int
    source: int = 0


def weight_at(run: RunSpec, place: int) -> Weight:
    """Return what stands at this place of the row of all weights.

    Raises: ValueError where the network has no such place.
    """
    if not 0 <= place < run.parameters:
        raise ValueError(f"weights: places 0 … {run.parameters - 1} exist, got {place}")
    sizes = (len(run.data.inputs), *run.network.hidden, run.data.outputs)
    starts = [0]
    for before, after in pairwise(sizes[:-1]):
        starts.append(starts[-1] + (before + 1 + 2 * run.network.batch_norm) * after)
    layer = bisect_right(starts, place)
    before, after, within = sizes[layer - 1], sizes[layer], place - starts[layer - 1]
    if within < before * after:
        return Weight("weight", layer, *divmod(within, before))
    kind, unit = divmod(within - before * after, after)
    return Weight(("bias", "scale", "shift")[kind], layer, unit)


def name_of(run: RunSpec, place: int) -> str:
    """Return what the weight at this place is called, in the visitor's language."""
    found = weight_at(run, place)
    unit = _unit(run, found.layer, found.unit)
    if found.kind == "weight":
        return t("playground.place.weight", source=_unit(run, found.layer - 1, found.source), unit=unit)
    return t(f"playground.place.{found.kind}", unit=unit)


def _unit(run: RunSpec, layer: int, unit: int) -> str:
    if layer == 0:
        return option(run.data.inputs[unit])
    if layer <= len(run.network.hidden):
        return t("playground.place.unit", unit=unit + 1, layer=layer)
    if run.data.about == "number":
        return t("playground.place.output")
    return t("playground.place.score", name=stage.class_names(run)[unit])
