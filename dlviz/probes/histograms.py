"""How numbers are spread in a network: its weights, what its units give, and the gradients that change it.

Healthy layers look much alike. Where gradients shrink from layer to layer, the first ones learn nothing;
where what units give piles up at the ends of their function, or at zero, they have stopped to listen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn.functional import cross_entropy

from dlviz.models.layers import Own
from dlviz.probes.landscape import Loss
from dlviz.probes.observation import evaluating, examples_batch, stages, walk
from dlviz.probes.slopes import relative_slopes

BINS = 40


class Numbers(NamedTuple):
    """The numbers of one layer at one moment: weights and gradients, of one shape, and activations (N, …).

    `slopes` (N, …), where the activation is somebody's own function: see `relative_slopes`.
    """

    weights: np.ndarray
    gradients: np.ndarray
    activations: np.ndarray
    slopes: np.ndarray | None = None


class Histogram(NamedTuple):
    """How many of a layer's numbers fall into each of equally wide bins from `low` to `high`.

    counts: (R, bins) int32, one row a moment; numbers that are not finite are not counted. Where some are
    negative, low is -high, so that zero is in the middle; else low is 0. With a `root` of 2 the bins are
    equally wide in the square root of what they count (which keeps its sign): finer near zero.
    """

    counts: np.ndarray
    low: float
    high: float
    root: int = 1


class LayerHistograms(NamedTuple):
    """The spread of one layer's weights, of their gradients, and of what its units give; biases are left out."""

    weights: Histogram
    gradients: Histogram
    activations: Histogram


def histograms(
    network: nn.Module,
    inputs: np.ndarray,
    labels: np.ndarray,
    loss: Loss = cross_entropy,
    moments: np.ndarray | None = None,
    bins: int = BINS,
) -> dict[str, LayerHistograms]:
    """Return the histograms of every layer with weights, by its name, in order; one scale for all moments.

    inputs: points (N, F), or pictures (N, 28, 28). Gradients are those of the loss on all N. moments: (R, D) flat
    weights as recorded, in the order of `network.parameters()`; None: the network as it is, R = 1.
    Raises: ValueError where the rows do not fit the network.
    """
    return counted(looks(network, inputs, labels, loss, moments), bins)


def looks(
    network: nn.Module,
    inputs: np.ndarray,
    labels: np.ndarray,
    loss: Loss = cross_entropy,
    moments: np.ndarray | None = None,
) -> list[dict[str, Numbers]]:
    """Return for each moment the numbers of every layer with weights, by its name, in order; else as `histograms`."""
    rows = _rows(network, moments)
    examples = examples_batch(network, inputs)
    truth = torch.tensor(np.asarray(labels), device=examples.device)
    watched = _Watched(network)
    with evaluating(network), torch.enable_grad():
        return [_look(watched, row, examples, truth, loss) for row in rows.to(examples.device)]


def counted(
    seen: Sequence[Mapping[str, Numbers]], bins: int = BINS, compare: bool = False
) -> dict[str, LayerHistograms]:
    """Return the histograms of what was seen at R moments.

    With `compare` the gradients of all layers are counted on one scale, finer near zero, so that layers which
    hardly learn stand out.
    """
    reach = _reach([one.gradients for look in seen for one in look.values()]) if compare else None
    found = {}
    for layer in seen[0]:
        weights, gradients, activations = ([look[layer][kind] for look in seen] for kind in range(3))
        found[layer] = LayerHistograms(
            _histogram(weights, bins),
            _histogram(gradients, bins, reach, root=2 if compare else 1),
            _histogram(activations, bins),
        )
    return found


def _rows(network: nn.Module, moments: np.ndarray | None) -> Tensor:
    if moments is None:
        return torch.cat([values.detach().flatten() for values in network.parameters()])[None]
    rows, count = np.asarray(moments), sum(values.numel() for values in network.parameters())
    if rows.ndim != 2 or rows.shape[1] != count or not len(rows):
        raise ValueError(f"moments: rows of {count} weights are needed, got the shape {rows.shape}")
    return torch.tensor(rows, dtype=next(network.parameters()).dtype)


class _Watched(nn.Module):
    """A network that returns what every stage gives."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, inputs: Tensor) -> dict[str, Tensor]:
        return {name: passage.left for name, passage in walk(self.network, inputs)}


def _look(watched: _Watched, row: Tensor, examples: Tensor, truth: Tensor, loss: Loss) -> dict[str, Numbers]:
    """Return each layer's numbers with the flat weights of one moment."""
    named = dict(watched.named_parameters())
    parts = row.split([values.numel() for values in named.values()])
    weights = {
        name: part.reshape(values.shape).requires_grad_()
        for part, (name, values) in zip(parts, named.items(), strict=True)
    }
    outputs = functional_call(watched, weights, (examples,))
    last = list(outputs.values())[-1]
    slopes = dict(zip(weights, torch.autograd.grad(loss(last, truth), list(weights.values())), strict=True))
    given = _given_by_layer(stages(watched.network), outputs)
    own = _own_slopes(stages(watched.network), outputs)
    return {
        layer: Numbers(
            *(
                values.detach().cpu().numpy()
                for values in (weights[f"network.{layer}.weight"], slopes[f"network.{layer}.weight"], activation)
            ),
            own.get(layer),
        )
        for layer, activation in given.items()
    }


def _own_slopes(parts: dict[str, nn.Module], outputs: dict[str, Tensor]) -> dict[str, np.ndarray]:
    """Return the relative slopes of each layer whose activation is somebody's own function."""
    found, layer = {}, ""
    for before, name in pairwise(parts):
        layer = before if isinstance(parts[before], nn.Linear) else layer
        if isinstance(parts[name], Own):
            found[layer] = relative_slopes(parts[name], outputs[before]).cpu().numpy()
    return found


def _given_by_layer(parts: dict[str, nn.Module], outputs: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return what each layer with weights gives in the end: after its activation, where it has one."""
    given, layer = {}, ""
    for name, part in parts.items():
        if isinstance(part, nn.Conv2d | nn.Linear):
            layer = name
            given[layer] = outputs[name]
        elif layer and name.startswith(("norm", "activation")):
            given[layer] = outputs[name]
    return given


def _reach(rows: Sequence[np.ndarray]) -> tuple[float, float]:
    """Return where bins for all these numbers begin and end."""
    finite = [row[np.isfinite(row)] for row in rows]
    ends = [(row.min(), row.max()) for row in finite if len(row)]
    high = max((max(abs(float(low)), abs(float(high))) for low, high in ends), default=0.0) or 1.0
    return (-high if any(least < 0 for least, _ in ends) else 0.0), high


def _histogram(
    rows: Sequence[np.ndarray], bins: int, reach: tuple[float, float] | None = None, root: int = 1
) -> Histogram:
    low, high = reach or _reach(rows)
    ends = _rooted(np.array([low, high]), root)
    finite = (row[np.isfinite(row)].astype(np.float64) for row in rows)
    counts = np.stack([np.histogram(_rooted(row, root), bins, ends)[0] for row in finite])
    return Histogram(counts.astype(np.int32), low, high, root)


def _rooted(values: np.ndarray, root: int) -> np.ndarray:
    return values if root == 1 else np.sign(values) * np.abs(values) ** (1 / root)
