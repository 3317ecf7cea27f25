"""Solutions of a real network: how sharply the loss bends where a run has come, and what lies between two of them."""

from __future__ import annotations

import numpy as np
import torch

from dlviz.concepts.gradient_descent.recording import Between, Edge
from dlviz.data.load import load
from dlviz.models.build import build_for
from dlviz.probes import line
from dlviz.probes.sharpness import sharpness
from dlviz.spec import RunSpec
from dlviz.training.criterion import mean_loss
from dlviz.training.plane_maps import grid, output_map
from dlviz.training.schedule import rate
from dlviz.training.stability import limit

LARGEST = 3  # eigenvalues of a Hessian
SHARES = (np.arange(61) - 10) / 40  # of the way between two solutions, from -0.25 to 1.25, with 0 and 1 exactly
MAP_SIDE = 48  # cells a side of what a network between them answers


def edge(spec: RunSpec, steps: np.ndarray, rows: np.ndarray) -> Edge:
    """Return how sharply the run's training loss bends where it had the weights rows (R, D), after `steps` (R,).

    Raises: ValueError where the rows do not fit the network, or the run has diverged.
    """
    known = load(spec.data, spec.seed_of_data).train
    found = sharpness(build_for(spec), rows, known.inputs, known.labels, LARGEST, mean_loss(spec))
    limits = [_limit(spec, int(step), len(known)) for step in steps]
    return Edge(found.values, found.errors, np.array(limits, np.float64), found.rounds)


def _limit(spec: RunSpec, step: int, examples: int) -> float | None:
    knobs = spec.knobs_at(step)
    return limit(knobs, rate(knobs, step / -(-examples // knobs.batch_size)))


def between(spec: RunSpec, first: np.ndarray, second: np.ndarray) -> Between:
    """Return what is found on the straight line between two solutions (D,) of the run's network, and beyond both.

    Raises: ValueError where they do not fit the network, or one has diverged.
    """
    network = build_for(spec).eval()
    splits = load(spec.data, spec.seed_of_data)
    parts = {name: (getattr(splits, name).inputs, getattr(splits, name).labels) for name in ("train", "validation")}
    measures = {"loss": mean_loss(spec), "score": line.accuracy if spec.data.about == "class" else line.r2}
    found = line.along_line(network, first, second, SHARES, parts, measures)
    losses, scores = (np.stack([found[f"{part}_{name}"] for part in parts]) for name in measures)
    hills = tuple(_hill(row) for row in losses)
    bends = sharpness(network, np.stack([first, second]), *parts["train"], 1, measures["loss"]).values[:, 0]
    apart = float(np.linalg.norm(np.asarray(second, float) - first))
    maps = _answers(network, spec, first, second)
    return Between(SHARES, losses, scores, maps, hills, bends, apart, *parts["train"])


def _hill(losses: np.ndarray) -> tuple[float, float]:
    """Return where the highest place between both is, and how high; NaN where there are no points to measure on."""
    return (np.nan, np.nan) if np.isnan(losses).all() else tuple(line.hill(SHARES, losses))


def _answers(network: torch.nn.Module, spec: RunSpec, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return (P, G, G) what the networks on the line answer over the plane; (P, 0, 0) where they learn no points."""
    if not spec.on_plane:
        return np.zeros((len(SHARES), 0, 0), np.uint8)
    places, maps = grid(MAP_SIDE, "cpu"), []
    for row in torch.tensor(line.mixtures(first, second, SHARES), dtype=torch.float32):
        torch.nn.utils.vector_to_parameters(row, network.parameters())
        with torch.no_grad():
            scores = network(places).T
        one_sum = spec.data.about == "class" and len(scores) == 1  # it speaks for class 1, against 0
        maps.append(output_map(torch.cat([0 * scores, scores]) if one_sum else scores, spec.data.about))
    return np.stack(maps)
