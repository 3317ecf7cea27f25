"""What the models cost: counted by formula from their descriptions, without building any."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dlviz.concepts.model_zoo.recording import Cost, Part
from dlviz.data.load import load
from dlviz.models.cost import layer_costs
from dlviz.models.recurrent import LETTER_COUNT
from dlviz.spec import RunSpec, Surnames


def costs(runs: Sequence[RunSpec]) -> list[Cost]:
    """Return what an answer of each run's network costs; flops count a multiply-add as two operations."""
    return [_cost(run) for run in runs]


def _cost(run: RunSpec) -> Cost:
    symbols = LETTER_COUNT if isinstance(run.data, Surnames) else 0
    rows = layer_costs(run.network, run.data.shape, run.outputs, symbols)
    parts = tuple(Part(row.name, row.shape) for row in rows)
    return Cost(parts, sum(row.parameters for row in rows), sum(row.flops for row in rows))


def without_learning(run: RunSpec) -> float:
    """Return the test score of who learns nothing: always the commonest class, or always the mean (R² about 0)."""
    parts = load(run.data, run.seed)
    truth = parts.test.labels
    if run.data.about == "class":
        commonest = np.bincount(parts.train.labels).argmax()
        return float((truth == commonest).mean())
    mean = parts.train.labels.mean()
    return float(1 - np.square(truth - mean).sum() / np.square(truth - truth.mean()).sum())
