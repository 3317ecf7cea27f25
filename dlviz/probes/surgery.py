"""What does a network lose when one of its filters falls silent, or sees something else?

A surgery is made on a copy: filters are muted (they say the same whatever they see) or get another
kernel, and the network as it was learnt stays untouched beside it. Muting each filter alone, and
counting what is still read correctly, tells which of them the answer hangs on.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from dlviz.probes.observation import PICTURES_AT_ONCE, answers, batch, evaluating, stages, walk

Filter = tuple[str, int]  # a stage and a channel of it


def operate(
    network: nn.Module, muted: Iterable[Filter] = (), edited: Mapping[Filter, np.ndarray] | None = None
) -> nn.Module:
    """Return a copy of the network in which filters are muted and others have the kernels of `edited`.

    A kernel is (C, k, k), or its numbers in a row; its filter's bias stays. Of a filter that is both, muting
    wins. A muted filter gives 0 to its activation (and after batch norm), whatever it sees. Dense units
    count as filters.
    Raises: ValueError where there is no such filter, or a kernel is of another shape or not finite.
    """
    changed = copy.deepcopy(network)
    with torch.no_grad():
        for place, kernel in (edited or {}).items():
            _replace(_layer(changed, place), place, kernel)
        for place in muted:
            _silence(changed, place)
    return changed


def _layer(network: nn.Module, place: Filter) -> nn.Conv2d | nn.Linear:
    """Return the layer that holds the filter."""
    name, channel = place
    layer = stages(network).get(name)
    if not isinstance(layer, nn.Conv2d | nn.Linear):
        able = [name for name, part in stages(network).items() if isinstance(part, nn.Conv2d | nn.Linear)]
        raise ValueError(f"filter: {name!r} has no filters; stages that have are {', '.join(able)}")
    if not 0 <= channel < len(layer.weight):
        raise ValueError(f"filter: {name} has channels 0 to {len(layer.weight) - 1}, and no {channel}")
    return layer


def _replace(layer: nn.Conv2d | nn.Linear, place: Filter, kernel: np.ndarray) -> None:
    weight = layer.weight[place[1]]
    values = torch.tensor(np.asarray(kernel), dtype=weight.dtype, device=weight.device)
    if values.shape not in (weight.shape, (weight.numel(),)) or not values.isfinite().all():
        shape, given = (" × ".join(map(str, tensor.shape)) for tensor in (weight, values))
        raise ValueError(f"kernel: filter {place[1]} of {place[0]} takes {shape} finite numbers, got {given}")
    weight.copy_(values.view(weight.shape))


def _silence(network: nn.Module, place: Filter) -> None:
    layers = [_layer(network, place)]
    names = list(stages(network))
    following = stages(network).get(names[min(names.index(place[0]) + 1, len(names) - 1)])
    if isinstance(following, nn.BatchNorm2d):  # which would turn a constant into its own shift
        layers.append(following)
    for layer in layers:
        layer.weight[place[1]] = 0
        if layer.bias is not None:
            layer.bias[place[1]] = 0


# ------------------------------------------------------------------------------------ judging


def accuracy(network: nn.Module, pictures: np.ndarray, labels: np.ndarray) -> float:
    """Return the share, 0 to 1, of pictures (N, 28, 28) for which the likeliest class is the label (N,)."""
    answered = answers(network, batch(network, pictures)).argmax(dim=1)
    return float(np.mean(answered.cpu().numpy() == labels))


class Drops(NamedTuple):
    """What muting each filter alone costs: drops of accuracy and of the mean probability of the label, (C,) each."""

    accuracy: np.ndarray
    certainty: np.ndarray


def importance(network: nn.Module, pictures: np.ndarray, labels: np.ndarray, stage: str) -> Drops:
    """Return what is lost when each filter of `stage` alone is muted, the others as they are, (C,) float32.

    Negative where the network does better on these pictures (N, 28, 28) without the filter. Accuracy moves
    in steps of one picture; the probability tells filters apart that accuracy cannot.
    Raises: ValueError where the stage has no filters.
    """
    channels = len(_layer(network, (stage, 0)).weight)
    silenced = operate(network, muted=[(stage, channel) for channel in range(channels)])
    place = _last_of_its_own(network, stage)
    truth = torch.tensor(labels)
    sums = np.zeros((channels + 1, 2))
    with torch.no_grad(), evaluating(network), evaluating(silenced):
        inputs = batch(network, pictures)
        for part, expected in zip(inputs.split(PICTURES_AT_ONCE), truth.split(PICTURES_AT_ONCE), strict=True):
            heard, silent = _left(network, part, place), _left(silenced, part, place)
            sums += _without_each(network, place, heard, silent, expected.to(part.device))
    drops = (sums[-1] - sums[:-1]) / len(labels)
    return Drops(*drops.T.astype(np.float32))


def _last_of_its_own(network: nn.Module, stage: str) -> str:
    """Return the last stage from `stage` on in which a channel still depends on that one filter only."""
    names = list(stages(network))
    for before, name in zip(names[names.index(stage) :], names[names.index(stage) + 1 :], strict=False):
        if isinstance(stages(network)[name], nn.Conv2d | nn.Linear | nn.Flatten):
            return before
    return names[-1]


def _left(network: nn.Module, inputs: Tensor, stage: str) -> Tensor:
    """Return what the stage gives for the inputs."""
    return next(passage.left for name, passage in walk(network, inputs) if name == stage)


def _without_each(network: nn.Module, place: str, heard: Tensor, silent: Tensor, labels: Tensor) -> np.ndarray:
    """Return (C + 1, 2), see _judged: without channel 0, without 1, …, and, last, with all of them.

    What stands before `place` is the same every time, so only the rest of the network runs again.
    """
    rows = []
    for channel in range(heard.shape[1]):
        without = heard.clone()
        without[:, channel] = silent[:, channel]
        rows.append(_judged(network, place, without, labels))
    return np.array([*rows, _judged(network, place, heard, labels)])


def _judged(network: nn.Module, place: str, left: Tensor, labels: Tensor) -> tuple[float, float]:
    """Return how many answers are right, and the sum of the labels' probabilities, from what stage `place` gave."""
    scores = left
    for _, passage in walk(network, left, after=place):
        scores = passage.left
    certainty = scores.softmax(dim=1).gather(1, labels[:, None])
    return float((scores.argmax(dim=1) == labels).sum()), float(certainty.sum(dtype=torch.float64))
