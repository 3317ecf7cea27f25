"""A check-up: what every unit of a network does with all the training points, and how steep the loss is there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from dlviz.models.layers import ACTIVATIONS, Own
from dlviz.probes.landscape import Loss
from dlviz.probes.observation import evaluating, examples_batch, stages, watch
from dlviz.probes.slopes import relative_slopes


class Layer(NamedTuple):
    """What the units of one layer do with N points: `sums` (N, H) go into `activation`, `outputs` (N, H) come out.

    `weights` (H, F): what each sum multiplies its inputs with; `biases` (H,); `weight_places` (H, F) and
    `bias_places` (H,) are their places among all parameters. Of maps, every cell is a point, and there are
    no weights (F = 0). `slopes` (N, H), of somebody's own function only: see `relative_slopes`.
    """

    activation: str
    sums: np.ndarray
    outputs: np.ndarray
    weights: np.ndarray
    biases: np.ndarray
    weight_places: np.ndarray
    bias_places: np.ndarray
    slopes: np.ndarray | None = None


class Look(NamedTuple):
    """A look at a network on its training points: its layers, its loss, and the length of the loss's gradient there.

    `length`: of all weights, as one vector; `guess`: the loss of the best constant answer.
    """

    layers: tuple[Layer, ...]
    loss: float
    slope: float
    length: float
    guess: float


def look(network: nn.Module, inputs: np.ndarray, labels: np.ndarray, loss: Loss = cross_entropy) -> Look:
    """Return what a diagnosis needs to know of a network and its training examples.

    inputs: points (N, F), or pictures (N, 28, 28); labels: (N,) classes, or numbers where `loss` takes them.
    """
    examples = examples_batch(network, inputs)
    truth = torch.tensor(np.asarray(labels), device=examples.device)
    parameters = list(network.parameters())
    with torch.enable_grad(), evaluating(network):
        height = loss(network(examples), truth)
        slopes = torch.autograd.grad(height, parameters)
    return Look(
        tuple(_layers(network, examples)), height.item(), _length(slopes), _length(parameters), guess_loss(labels)
    )


def guess_loss(labels: np.ndarray) -> float:
    """Return the loss of the best constant answer: the entropy of classes, or the variance of numbers."""
    if np.issubdtype(np.asarray(labels).dtype, np.integer):
        shares = np.unique(labels, return_counts=True)[1] / len(labels)
        return float(-(shares * np.log(shares)).sum())
    return float(np.var(labels))


def _length(tensors: Sequence[Tensor]) -> float:
    return math.sqrt(sum(values.detach().double().square().sum().item() for values in tensors))


@torch.no_grad()
def _layers(network: nn.Module, examples: Tensor) -> Iterator[Layer]:
    passages, parts, places = watch(network, examples), stages(network), _places(network)
    words = {**{kind: word for word, kind in ACTIVATIONS.items()}, Own: "own"}
    summing = biased = ""
    for name, passage in passages.items():
        if isinstance(parts[name], nn.Linear | nn.Conv2d):
            summing = biased = name
        elif isinstance(getattr(parts[name], "bias", None), Tensor):  # a normalisation has the last word
            biased = name
        elif type(parts[name]) in words and summing:
            weight, bias = parts[summing].weight, parts[biased].bias
            dense = weight.dim() == 2 and biased == summing
            yield Layer(
                words[type(parts[name])],
                _by_unit(passage.entered),
                _by_unit(passage.left),
                weight.cpu().numpy() if dense else np.empty((len(weight), 0)),
                bias.cpu().numpy(),
                places[f"{summing}.weight"] if dense else np.empty((len(weight), 0), np.int64),
                places[f"{biased}.bias"],
                _by_unit(relative_slopes(parts[name], passage.entered)) if isinstance(parts[name], Own) else None,
            )


def _places(network: nn.Module) -> dict[str, np.ndarray]:
    """Return the place of every number of every parameter among all of them, in the parameter's shape."""
    places, first = {}, 0
    for name, values in network.named_parameters():
        places[name] = np.arange(first, first + values.numel()).reshape(values.shape)
        first += values.numel()
    return places


def _by_unit(values: Tensor) -> np.ndarray:
    """Return (N, H) as it is, and maps (N, C, H, W) with every cell as a point: (N·H·W, C)."""
    return values.movedim(1, -1).flatten(0, -2).double().cpu().numpy()
