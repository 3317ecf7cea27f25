"""Learning from points: a dense network, its one row of weights, and stretches of updates.

Small networks learn thousands of updates a second, so a piece of work is a stretch of them. Where one
comes to grief in the middle, it is taken back and made again up to there, so that the run ends at
the very update that broke it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from dlviz.models.layers import Stages
from dlviz.models.points import Inputs
from dlviz.spec import Knobs, RunSpec
from dlviz.training.flat import Flat
from dlviz.training.measure import Arrays
from dlviz.training.measure_points import Part, Sight, batch_losses
from dlviz.training.optimizers import Update
from dlviz.training.stretch import ByAutograd, ByHand

MOST_UPDATES = 25  # in one stretch: a few milliseconds


class Learnt(NamedTuple):
    """What a stretch of updates came to: each batch's mean loss before its update, and its right answers."""

    losses: list[float]
    right: list[int]


class FlatLearner:
    """What every learner of small networks has: `flat`, its parameters as one, and `batch`, the last positions.

    `most_updates`: of one stretch; `slow`: whether an epoch takes so long that it is shown within.
    """

    most_updates, slow = MOST_UPDATES, False
    flat: Flat
    batch: Tensor
    knobs: Knobs

    def seen(self) -> Arrays:
        """Return `weights` and `gradients` (D,), `batch` (B,) and `penalty`, as `measured` has them."""
        return {
            "weights": self.flat.values.detach().cpu().numpy().copy(),
            "gradients": self.flat.values.grad.cpu().numpy().copy(),
            "batch": self.batch.numpy().astype(np.int32),
            "penalty": np.array(self.flat.penalty(self.knobs.l1, self.knobs.l2)),
        }

    @property
    def gradient_norm(self) -> float:
        """The length of the last update's gradient, penalties and clipping included."""
        return self.flat.values.grad.norm().item()

    # --------------------------------------------------------------------------------- state

    def arrays(self) -> Arrays:
        """Return what must be kept, beside weights and optimizer, so that the next moment shows the same."""
        return {"last_batch": self.batch.numpy(), "last_gradients": self.flat.values.grad.cpu().numpy()}

    def restore(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Take what `arrays` returned."""
        self.batch = torch.tensor(arrays["last_batch"]).long()
        self.flat.values.grad.copy_(torch.tensor(arrays["last_gradients"]))


class PointsLearner(FlatLearner):
    """The network of a run on points, with all that it needs to learn and to be looked at.

    `flat`: its parameters and gradients as one; `batch`: the positions of the last mini-batch among the
    training points.
    """

    def __init__(self, spec: RunSpec, network: Stages, parts: dict[str, Part], noise: torch.Generator) -> None:
        self.network, self.about, self.noise = network, spec.data.about, noise
        self.device = noise.device.type
        self.flat = Flat(network)
        self.sight = Sight(
            {name: parts[name] for name in ("train", "validation")}, self.about, spec.parameters, self.device
        )
        self.batch = torch.empty(0, dtype=torch.int64)
        points, labels = parts["train"]
        self.inputs = network[0](points) if isinstance(network[0], Inputs) else points
        self.truth = labels[:, None] if self.about == "number" else labels

    def turn(self, optimizer: torch.optim.Optimizer, knobs: Knobs) -> None:
        """Learn with these knobs, and with this optimizer of `flat`, from now on."""
        self.knobs, self._step = knobs, Update(optimizer)
        self.stretch = (ByHand if self.device == "cpu" else ByAutograd)(self.network, self.about)
        self._changing = [self.flat.values.data, *self._step.memory, *self.network.buffers()]

    def learn(self, positions: Tensor, rates: Sequence[float]) -> Learnt:
        """Make an update for each rate, on the training points at these positions in batches of the knobs' size.

        Of what is returned the last loss, and no other, may not be finite: then the stretch ended there.
        """
        before = self._remembered()
        learnt = self._stretch(positions, rates)
        broken = next((place for place, loss in enumerate(learnt.losses) if not math.isfinite(loss)), None)
        if broken is not None and broken + 1 < len(rates):
            self._go_back(before)
            size = self.knobs.batch_size
            learnt = self._stretch(positions[: (broken + 1) * size], rates[: broken + 1])
        return learnt

    def _stretch(self, positions: Tensor, rates: Sequence[float]) -> Learnt:
        size, positions = self.knobs.batch_size, positions.to(self.device)
        inputs, truth = self.inputs.index_select(0, positions), self.truth.index_select(0, positions)
        scores = self.stretch.learn(inputs, truth, size, rates, self._update)
        self.batch = positions.split(size)[-1].cpu()
        return Learnt(*batch_losses(scores, truth, size, self.about))

    def _update(self, rate: float) -> None:
        if self.knobs.limits_gradients:
            self.flat.limit_gradients(self.knobs.l1, self.knobs.l2, self.knobs.gradient_clip)
        self._step(rate)

    def _remembered(self) -> tuple[list[Tensor], Tensor | None]:
        """Return copies of all that a stretch changes."""
        chance = self.noise.get_state() if self.knobs.dropout else None
        return [values.clone() for values in self._changing], chance

    def _go_back(self, before: tuple[list[Tensor], Tensor | None]) -> None:
        for now, then in zip(self._changing, before[0], strict=True):
            now.copy_(then)
        if before[1] is not None:
            self.noise.set_state(before[1])

    # ------------------------------------------------------------------------------- looking

    def measured(self, finished: bool = False) -> Arrays:
        """Return what can be seen and measured of the present weights.

        Beside what `Sight.measured` returns: `weights` and `gradients` (D,), every parameter layer by layer
        (weights, outputs × inputs, then biases) and its part in the last update's gradient; `batch` (B,), which of
        the training points that update learnt from; `penalty`, what the weights add to the loss.
        """
        return {**self.sight.measured(self.network), **self.seen()}
