"""How many runs end: one shape from several seeds, side by side, and each keeps the weights of its best moment.

A campaign asks for no film of each network, only for what came of it. So nothing is recorded here but the moment of
least validation loss, looked for at the same moments at which a run by itself would be recorded.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from dlviz.models.build import build_for
from dlviz.spec import Digits, Mlp, OnLine, RunSpec, Table
from dlviz.training.machine import machine
from dlviz.training.order import ends_a_part
from dlviz.training.pace import is_recorded, work_of
from dlviz.training.run import MOMENTS_AN_EPOCH
from dlviz.training.seeds import ManyRuns, losses
from dlviz.training.step import as_inputs

Weights = dict[str, np.ndarray]


class Final(NamedTuple):
    """What is left of a run: the weights of its best moment, after `best_epoch` epochs, and its last ones.

    The best has the least validation loss, and without validation examples is the last. `last` is None where the run
    diverged.
    """

    best_epoch: float
    best: Weights
    last: Weights | None


def are_alike(specs: Sequence[RunSpec]) -> bool:
    """Return whether these runs, which differ in their seeds, can learn side by side."""
    first = specs[0]
    known = isinstance(first.network, Mlp) and isinstance(first.data, Digits | OnLine | Table)
    plain = first.device == "cpu" and not first.edits and not first.knobs.augments and first.data_seed is None
    return known and plain and all(one.model_copy(update={"seed": first.seed}) == first for one in specs)


def learn_alike(specs: Sequence[RunSpec]) -> Generator[None, None, tuple[Final, ...]]:
    """Yield after every update, and return what is left of each run, up to float32 rounding.

    Raises: ValueError where the runs differ in more than their seeds, or are of a kind that must learn alone.
    """
    if not are_alike(specs):
        raise ValueError("runs: only dense networks on the processor that differ in nothing but the seed learn at once")
    spec = specs[0]
    with machine("cpu", spec.threads):
        many = ManyRuns(spec, tuple(one.seed for one in specs), new_data=True)
        best = Best(many)
    while many.epoch < spec.epochs and many.finite.any():
        for _ in many.updates():
            with machine("cpu", spec.threads):
                if _is_moment(many):
                    best.look()
            yield
    return tuple(best.finals())


def _is_moment(many: ManyRuns) -> bool:
    """Whether a run by itself would be recorded after the update that was just made (see `Run`)."""
    spec, count = many.spec, many.parts["train"][0].shape[1]
    place, size = many.seen % count, many.knobs.batch_size
    if isinstance(spec.data, Digits):
        made = size if place else count % size or size  # what is left over ends an epoch
        return many.step == 1 or ends_a_part(many.seen, made, count, MOMENTS_AN_EPOCH)
    epoch = many.seen // count
    recorded = is_recorded(epoch, work_of(count, size, len(spec.network.hidden)))
    return place == 0 and (epoch == spec.epochs or recorded)


class Best:
    """The best moment so far of each of many runs."""

    def __init__(self, many: ManyRuns) -> None:
        """Begin with the first weights."""
        self.many = many
        self.least = torch.full((len(many.seeds),), torch.inf)
        self.epochs = torch.zeros(len(many.seeds))
        self.kept = [values.detach().clone() for values in self._values()]
        self.look()

    def _values(self) -> list[Tensor]:
        return [*self.many.networks.parameters, *self.many.networks.buffers]

    @torch.no_grad()
    def look(self) -> None:
        """Take the present weights of every run that has never been better."""
        many = self.many
        for values in many.networks.parameters:
            many.finite &= values.flatten(1).isfinite().all(1)
        heights = self._heights()
        better = (heights < self.least) & many.finite
        self.least = torch.where(better, heights, self.least)
        self.epochs[better] = many.seen / many.parts["train"][0].shape[1]
        for kept, values in zip(self.kept, self._values(), strict=True):
            kept[better] = values[better]

    def _heights(self) -> Tensor:
        """Return (S,) what is to be least: the validation loss; without examples to validate on, the later the less."""
        inputs, labels = self.many.parts["validation"]
        if not labels.shape[1]:
            return torch.full_like(self.least, -self.many.seen)
        scores = self.many.networks.scores(as_inputs(inputs), False, 0, ())
        return losses(scores, labels, self.many.knobs)

    def finals(self) -> Iterator[Final]:
        """Yield what is left of each run."""
        names = _names(self.many.spec)
        for place, finite in enumerate(self.many.finite.tolist()):
            best, last = (_weights(names, values, place) for values in (self.kept, self._values()))
            yield Final(float(self.epochs[place]), best, last if finite else None)


def _names(spec: RunSpec) -> list[str]:
    network = build_for(spec)
    return [name for name, _ in (*network.named_parameters(), *network.named_buffers())]


def _weights(names: Sequence[str], values: Sequence[Tensor], place: int) -> Weights:
    return {name: one[place].detach().numpy().copy() for name, one in zip(names, values, strict=True)}
