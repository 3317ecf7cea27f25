"""Many seeds: was it luck? The same setting, begun from several seeds at once.

One run shows what happened once. Where the first weights and the order of the examples are drawn anew, the curves
spread to a band, and some settings turn out to work three times in five. The networks have the same shape, so
that they learn side by side: every step is one step for all of them.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import batch_norm

from dlviz.data.load import load
from dlviz.models.build import build_for
from dlviz.models.layers import ACTIVATIONS, Dropout, Own
from dlviz.recording import Curves, pack, unpack
from dlviz.spec import Knobs, Mlp, RunSpec
from dlviz.training import criterion
from dlviz.training.machine import machine
from dlviz.training.optimizers import Update, make_optimizer, turn
from dlviz.training.schedule import rate
from dlviz.training.state import below, generator_arrays, named, optimizer_arrays, restore_optimizer
from dlviz.training.step import as_inputs

MOST_SEEDS = 100
BENDS = (*ACTIVATIONS.values(), Own)  # each number by itself
SQUARED = Knobs()  # numbers are judged by the square of their misses


def train_seeds(
    spec: RunSpec, seeds: Sequence[int], epochs: int, state: bytes | None = None, new_data: bool = False
) -> tuple[Curves, bytes]:
    """Return the curves of the next epochs, and the state from which a further call goes on.

    spec: a dense network that learns from points; its own seed decides the points and which of them are for
    training. seeds: S of them, which decide the first weights and the order of the points, and with `new_data`
    the points as well: then every network is, up to float32 rounding, the run of `spec` with that seed, dropout
    included. (With batch norm under adam and its like they part a little further: no gradient reaches the biases in
    front of it, and these optimizers make whole steps of what rounding leaves there.)

    Without a state it begins at epoch 0, whose row comes first. No more than `spec.epochs` are made.
    Raises: ValueError where the network is of another kind, weights were set by hand (they belong to one network),
    there are no seeds or too many, one is named twice, or the state belongs to another question.
    """
    work = learn_seeds(spec, seeds, epochs, state, new_data)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def train_alike(specs: Sequence[RunSpec], seeds: Sequence[int]) -> list[Curves]:
    """Return what `train_seeds` does for each of the specs, all side by side, up to float32 rounding.

    The specs differ in activations and data only, and have equally many points, inputs and outputs.
    Raises: ValueError as `train_seeds` does.
    """
    for spec in specs:
        _check(spec, seeds)
    with machine("cpu", specs[0].threads):
        many = ManyRuns(specs[0], tuple(seeds), False, specs[1:])
        rows = [many.measured()]
        for _ in range(specs[0].epochs):
            for _ in many.updates():
                pass
            rows.append(many.measured())
    columns = [np.split(np.stack(column, axis=1), len(specs)) for column in zip(*rows, strict=True)]
    return [Curves(np.arange(many.epoch + 1), *parts) for parts in zip(*columns, strict=True)]


def learn_seeds(
    spec: RunSpec, seeds: Sequence[int], epochs: int, state: bytes | None = None, new_data: bool = False
) -> Generator[None, None, tuple[Curves, bytes]]:
    """Yield after every update, and return what `train_seeds` does: for those who share a processor."""
    _check(spec, seeds)
    with machine("cpu", spec.threads):
        many = ManyRuns(spec, tuple(seeds), new_data)
        if state is not None:
            many.restore(state)
        rows = [] if state is not None else [many.measured()]
    for _ in range(min(epochs, spec.epochs - many.epoch)):
        yield from many.updates()
        with machine("cpu", spec.threads):  # others may have computed since
            rows.append(many.measured())
    columns = zip(*rows, strict=True) if rows else ()
    curves = [np.stack(column, axis=1) for column in columns] or [np.empty((len(seeds), 0), np.float32)] * 4
    return Curves(np.arange(many.epoch + 1 - len(rows), many.epoch + 1), *curves), many.state()


def _check(spec: RunSpec, seeds: Sequence[int]) -> None:
    if not isinstance(spec.network, Mlp) or len(spec.data.shape) > 1:
        raise ValueError("seeds: many at once are for dense networks that learn from points")
    if any(edit.weights for edit in spec.edits):
        raise ValueError("seeds: weights that were set by hand belong to one network alone; leave them out")
    if not 0 < len(seeds) <= MOST_SEEDS or len(set(seeds)) != len(seeds):
        raise ValueError(f"seeds: 1 to {MOST_SEEDS} different ones are needed, got {len(seeds)}")


class SideBySide:
    """Networks of one shape: each parameter (S, …) holds that of every network.

    `flat`: all of them as one row for the optimizer, whose `grad` holds all gradients; see `training.flat`.
    """

    def __init__(self, networks: Sequence[nn.Module]) -> None:
        self.stages = [_groups(stages) for stages in zip(*networks, strict=True)]
        self.parameters = _stacked([list(network.parameters()) for network in networks])
        self.buffers = _stacked([list(network.buffers()) for network in networks])
        self.flat = _joined(self.parameters)
        self._let_biases_rest(networks[0])

    def _let_biases_rest(self, network: nn.Module) -> None:
        """Keep the biases before batch norm as they are, as in each network by itself (see `models.layers.resting`)."""
        own = [id(values) for values in network.parameters()]
        for layer, following in pairwise(network):
            if isinstance(following, nn.BatchNorm1d):
                self.parameters[own.index(id(layer.bias))].register_hook(torch.zeros_like)

    def scores(self, inputs: Tensor, learning: bool, dropout: float, noise: Sequence[torch.Generator]) -> Tensor:
        """Return the scores (S, B, K) for inputs (S, B, F)."""
        parameters, buffers, values = iter(self.parameters), iter(self.buffers), inputs
        for groups in self.stages:
            stage = groups[0][0]
            if isinstance(stage, nn.Linear):
                weight, bias = next(parameters), next(parameters)
                values = torch.baddbmm(bias[:, None], values, weight.mT)
            elif isinstance(stage, nn.BatchNorm1d):
                values = _normalised(stage, values, [next(parameters), next(parameters)], buffers, learning)
            elif isinstance(stage, Dropout):
                values = _silenced(values, dropout, noise) if learning and dropout else values
            else:
                values = _bent(groups, values)
        return values


def _groups(stages: Sequence[nn.Module]) -> list[tuple[nn.Module, int]]:
    """Return the stages of all networks at one depth: each kind, and how many networks in a row have it."""
    rows = [list(row) for _, row in groupby(stages, key=lambda stage: (type(stage), getattr(stage, "text", "")))]
    return [(row[0], len(row)) for row in rows]


def _bent(groups: Sequence[tuple[nn.Module, int]], values: Tensor) -> Tensor:
    """Return the values after the activation of each network."""
    if len(groups) == 1 and isinstance(groups[0][0], BENDS):
        return groups[0][0](values)
    parts = values.split([count for _, count in groups])  # other stages know nothing of side by side
    bent = [
        stage(part.flatten(0, 1)).unflatten(0, part.shape[:2]) for (stage, _), part in zip(groups, parts, strict=True)
    ]
    return bent[0] if len(bent) == 1 else torch.cat(bent)


def _stacked(rows: list[list[Tensor]]) -> list[Tensor]:
    return [torch.stack([values.detach() for values in column]) for column in zip(*rows, strict=True)]


def _joined(parameters: Sequence[Tensor]) -> nn.Parameter:
    """Return the parameters as one row, of which they and their gradients become views."""
    flat = nn.Parameter(torch.cat([values.flatten() for values in parameters]))
    flat.grad = torch.zeros_like(flat)
    sizes = [values.numel() for values in parameters]
    for values, own, blame in zip(parameters, flat.data.split(sizes), flat.grad.split(sizes), strict=True):
        values.data = own.view_as(values)
        values.requires_grad_()
        values.grad = blame.view_as(values)
    return flat


def _normalised(
    stage: nn.BatchNorm1d, values: Tensor, scale: list[Tensor], buffers: Iterator[Tensor], learning: bool
) -> Tensor:
    """Batch norm of each network's units by themselves; a batch of one is normalised by what was seen before."""
    mean, variance, seen = next(buffers), next(buffers), next(buffers)
    count, size, width = values.shape
    rows = values.transpose(0, 1).reshape(size, count * width)
    learns = learning and size > 1
    seen += learns
    past, scaled = (mean.view(-1), variance.view(-1)), (one.flatten() for one in scale)
    rows = batch_norm(rows, *past, *scaled, training=learns, momentum=stage.momentum, eps=stage.eps)
    return rows.view(size, count, width).transpose(0, 1)


def _silenced(values: Tensor, share: float, noise: Sequence[torch.Generator]) -> Tensor:
    """Dropout, with the chance that each network's own run would have."""
    kept = torch.stack([torch.rand(values.shape[1:], generator=generator) >= share for generator in noise])
    return values * kept / (1 - share)


class ManyRuns:
    """Runs of one setting, side by side; `epoch` counts those that are done, `step` the updates.

    `seen`: the examples that each learnt from so far; `finite` (S,): whether all its losses were numbers.
    """

    def __init__(self, spec: RunSpec, seeds: tuple[int, ...], new_data: bool, others: Sequence[RunSpec] = ()) -> None:
        """Begin the runs of `spec` and, from the same seeds, of `others`, with other data or activations."""
        self.spec, self.seeds, self.new_data = spec, seeds, new_data
        self.epoch = self.step = self.seen = 0
        specs = (spec, *others)
        self.networks = SideBySide([_network(one, seed) for one in specs for seed in seeds])
        splits = [load(one.data, seed) for one in specs for seed in (seeds if new_data else [one.seed_of_data])]
        if others and not new_data:
            splits = [split for split in splits for _ in seeds]
        seeds = seeds * len(specs)
        self.parts = {
            name: _part([getattr(one, name) for one in splits], len(seeds)) for name in ("train", "validation")
        }
        self.orders = [torch.Generator().manual_seed(seed + 1) for seed in seeds]
        self.noise = [torch.Generator().manual_seed(seed + 2) for seed in seeds]
        self.finite = torch.ones(len(seeds), dtype=torch.bool)
        self._start_optimizer(spec.knobs_at(0))

    def _start_optimizer(self, knobs: Knobs) -> None:
        self.knobs, self.optimizer = knobs, make_optimizer([self.networks.flat], knobs)
        self._step = Update(self.optimizer)

    def _take(self, knobs: Knobs) -> None:
        if knobs.optimizer != self.knobs.optimizer:
            self._start_optimizer(knobs)
        elif knobs is not self.knobs:
            turn(self.optimizer, knobs)
            self.knobs, self._step = knobs, Update(self.optimizer)

    def updates(self) -> Iterator[None]:
        """Make the updates of one epoch, and yield after each."""
        inputs, labels = self.parts["train"]
        order = torch.stack([torch.randperm(inputs.shape[1], generator=chance) for chance in self.orders])
        rows = torch.arange(len(order))[:, None]
        inputs, labels, place = inputs[rows, order], labels[rows, order], 0
        while place < inputs.shape[1]:
            self._take(self.spec.knobs_at(self.step))
            speed = rate(self.knobs, self.epoch + place / inputs.shape[1])
            batch = slice(place, place + self.knobs.batch_size)
            with machine("cpu", self.spec.threads):
                self._update(inputs[:, batch], labels[:, batch], speed)
            self.step, place = self.step + 1, min(batch.stop, inputs.shape[1])
            self.seen = self.epoch * inputs.shape[1] + place
            yield
        self.epoch += 1

    def _update(self, inputs: Tensor, labels: Tensor, speed: float) -> None:
        scores = self.networks.scores(as_inputs(inputs), True, self.knobs.dropout, self.noise)
        heights = losses(scores, labels, self.knobs)
        heights.sum().backward()
        self.finite &= heights.detach().isfinite()
        if self.knobs.limits_gradients:
            limit_gradients(self.networks.parameters, self.knobs)
        self._step(speed)
        self.networks.flat.grad.zero_()

    @torch.no_grad()
    def measured(self) -> list[np.ndarray]:
        """Return (S,) each: train loss, validation loss, train score, validation score, of the present weights."""
        scores = {name: self.networks.scores(part[0], False, 0, ()) for name, part in self.parts.items()}
        heights = (losses(scores[name], part[1]) for name, part in self.parts.items())
        rights = (quality(scores[name], part[1]) for name, part in self.parts.items())
        return [values.numpy() for values in (*heights, *rights)]

    # --------------------------------------------------------------------------------- state

    def _question(self) -> str:
        return self.spec.model_copy(update={"epochs": 1}).digest

    def state(self) -> bytes:
        """Return all that is needed to go on from the end of this epoch."""
        header = {"question": self._question(), "seeds": self.seeds, "new_data": self.new_data}
        arrays = {
            **named("parameters", _numbered(self.networks.parameters)),
            **named("buffers", _numbered(self.networks.buffers)),
            **named("optimizer", optimizer_arrays(self.optimizer)),
            **named("orders", generator_arrays(zip(map(str, self.seeds), self.orders, strict=True))),
        }
        if any(knobs.dropout for knobs in (self.spec.knobs, *(edit.knobs for edit in self.spec.edits))):
            arrays |= named("noise", generator_arrays(zip(map(str, self.seeds), self.noise, strict=True)))
        return pack({**header, "epoch": self.epoch, "step": self.step}, arrays)

    def restore(self, state: bytes) -> None:
        """Go on from a state. Raises: ValueError where it belongs to another question."""
        header, arrays = unpack(state)
        if (header.get("question"), header.get("seeds"), header.get("new_data")) != (
            self._question(),
            list(self.seeds),
            self.new_data,
        ):
            raise ValueError("state: it belongs to other seeds, or to a run with other data, network or knobs")
        self.epoch, self.step = header["epoch"], header["step"]
        with torch.no_grad():
            for name, own in (("parameters", self.networks.parameters), ("buffers", self.networks.buffers)):
                for values, kept in zip(own, below(name, arrays).values(), strict=True):
                    values.copy_(torch.tensor(kept))
        if self.step:
            self._start_optimizer(self.spec.knobs_at(self.step - 1))
            restore_optimizer(self.optimizer, below("optimizer", arrays))
            self._step = Update(self.optimizer)
        for name, generators in (("orders", self.orders), ("noise", self.noise)):
            for generator, kept in zip(generators, below(name, arrays).values(), strict=False):
                generator.set_state(torch.tensor(kept))


def _numbered(tensors: Sequence[Tensor]) -> dict[str, np.ndarray]:
    return {str(place): values.detach().numpy() for place, values in enumerate(tensors)}


def _network(spec: RunSpec, seed: int) -> nn.Module:
    return build_for(spec.model_copy(update={"seed": seed}))


def _part(parts: Sequence[object], count: int) -> tuple[Tensor, Tensor]:
    """Return the inputs (S, N, F) and labels (S, N) of one part, the same for all networks where there is but one."""
    inputs, labels = (torch.tensor(np.stack([getattr(part, name) for part in parts])) for name in ("inputs", "labels"))
    return inputs.expand(count, *inputs.shape[1:]), labels.expand(count, -1)


def losses(scores: Tensor, labels: Tensor, knobs: Knobs = SQUARED) -> Tensor:
    """Return (S,) the mean loss of each network: scores (S, N, K), labels (S, N) classes or numbers."""
    about = "number" if labels.dtype.is_floating_point else "class"
    return criterion.losses(scores.flatten(0, 1), labels.flatten(), about, knobs).view(labels.shape).mean(1)


def quality(scores: Tensor, labels: Tensor) -> Tensor:
    """Return (S,) the accuracy of each network, or for numbers R² = 1 - Σ(score - label)² / Σ(label - mean)²."""
    if labels.dtype.is_floating_point:
        return 1 - losses(scores, labels) / labels.var(dim=1, correction=0)
    finite = scores.isfinite().all(2).all(1)
    return torch.where(finite, (scores.argmax(2) == labels).float().mean(1), torch.nan)


@torch.no_grad()
def limit_gradients(parameters: Sequence[Tensor], knobs: Knobs) -> None:
    """Add the gradients of the penalties l1 · Σ|w| + l2 · ½ Σw² on weights, and shorten what is too long.

    parameters: (S, …) each; biases, (S, H), have no penalty. The length is that of each network's own gradient.
    """
    for values in parameters:
        if values.ndim > 2 and knobs.l1:
            values.grad.add_(values.sign(), alpha=knobs.l1)
        if values.ndim > 2 and knobs.l2:
            values.grad.add_(values, alpha=knobs.l2)
    if knobs.gradient_clip:
        lengths = torch.cat([values.grad.flatten(1) for values in parameters], dim=1).norm(dim=1)
        factors = (knobs.gradient_clip / (lengths + 1e-6)).clamp(max=1)
        for values in parameters:
            values.grad.mul_(factors.view(-1, *[1] * (values.ndim - 1)))
