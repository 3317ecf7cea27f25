"""Learning from lines and tables: a network with few weights, plain autograd, and every answer written down.

It takes the place of `PointsLearner` where the examples are no points on a plane, or the network has one sum
for two classes: a few thousand updates a second are enough there, and the code is as short as a textbook's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from dlviz.models.layers import BatchNorm, Stages
from dlviz.spec import Knobs, OnLine, RunSpec
from dlviz.training import criterion
from dlviz.training.flat import Flat
from dlviz.training.measure import Arrays, confusion
from dlviz.training.optimizers import Update
from dlviz.training.points_learner import FlatLearner, Learnt

Part = tuple[Tensor, Tensor]  # examples (N, F) and their truth (N,)
GRID = 201  # places along the line at which a curve is drawn


class SmallLearner(FlatLearner):
    """The network of a run on lines or tables, with all that it needs to learn and to be looked at.

    `flat`: its parameters and gradients as one; `batch`: the positions of the last mini-batch among the training
    examples.
    """

    def __init__(self, spec: RunSpec, network: Stages, parts: dict[str, Part]) -> None:
        self.network, self.about, self.parts = network, spec.data.about, parts
        self.flat = Flat(network)
        self.batch = torch.empty(0, dtype=torch.int64)
        norms = [stage for stage in network.modules() if isinstance(stage, BatchNorm)]
        self.norms = [(norm.running_mean, norm.running_var) for norm in norms]
        device = self.flat.values.device
        self.line = torch.linspace(-1, 1, GRID, device=device)[:, None] if isinstance(spec.data, OnLine) else None

    def turn(self, optimizer: torch.optim.Optimizer, knobs: Knobs) -> None:
        """Learn with these knobs, and with this optimizer of `flat`, from now on."""
        self.knobs, self._step = knobs, Update(optimizer)

    def learn(self, positions: Tensor, rates: Sequence[float]) -> Learnt:
        """Make an update for each rate, on the training examples at these positions in batches of the knobs' size.

        Of what is returned the last loss, and no other, may not be finite: then the stretch ended there.
        """
        learnt = Learnt([], [])
        for batch, rate in zip(positions.split(self.knobs.batch_size), rates, strict=True):
            loss, count = self._update(batch.to(self.flat.values.device), rate)
            learnt.losses.append(loss)
            learnt.right.append(count)
            self.batch = batch
            if not math.isfinite(loss):
                break
        return learnt

    def _update(self, batch: Tensor, rate: float) -> tuple[float, int]:
        self.flat.values.grad.zero_()
        loss, right = self._loss(*(values.index_select(0, batch) for values in self.parts["train"]))
        loss.backward()
        if self.knobs.limits_gradients:
            self.flat.limit_gradients(self.knobs.l1, self.knobs.l2, self.knobs.gradient_clip)
        self._step(rate)
        return loss.item(), right

    def _loss(self, inputs: Tensor, truth: Tensor) -> tuple[Tensor, int]:
        """Return the mean loss of a batch while learning, and how many of its answers are right."""
        scores = self.network(inputs)
        loss = criterion.losses(scores, truth, self.about, self.knobs).mean()
        return loss, int(criterion.right(scores.detach(), truth, self.about).sum())

    # ------------------------------------------------------------------------------- looking

    @torch.no_grad()
    def measured(self, finished: bool = False) -> Arrays:
        """Return what can be seen and measured of the present weights.

        `<part>_scores` (N,K) float32, the answers on the training and validation examples in the order of the split,
        and on the test examples where the run is `finished`; `<part>_loss` and the rest of `criterion.quality`;
        `curve` (201,), the answers along the line from -1 to 1, for examples on a line; `confusion` (K,K) of the
        validation examples of classes; `weights` and `gradients` (D,) layer by layer, weights then biases; `batch`
        (B,), which training examples the last update learnt from; `penalty`, what weights add to the loss;
        `norms`, where there is batch norm, the means (H,) and variances (H,) that it goes by, layer after layer;
        `weight_norm`, the weights' length without biases.
        """
        self.network.eval()
        arrays: Arrays = {**self.seen(), "weight_norm": np.array(self.flat.length)}
        for name in ("train", "validation", *(["test"] if finished else [])):
            arrays |= self._judged(name)
        if self.norms:
            arrays["norms"] = torch.cat([values for norm in self.norms for values in norm]).cpu().numpy()
        if self.line is not None:
            arrays["curve"] = self.network(self.line)[:, 0].cpu().numpy()
        return arrays

    def _judged(self, part: str) -> Arrays:
        inputs, truth = self.parts[part]
        if not len(truth):
            return {}
        scores = self.network(inputs)
        found = criterion.quality(part, scores, truth, self.about, self.knobs)
        if self.about == "class" and part != "train":
            name = "confusion" if part == "validation" else "test_confusion"
            found[name] = confusion(_a_score_each(scores).cpu(), truth.cpu())
        return {**found, f"{part}_scores": scores.cpu().numpy()}


def _a_score_each(scores: Tensor) -> Tensor:
    """Return a score for each class; one sum for two classes is the second's, against 0 for the first."""
    return torch.cat([torch.zeros_like(scores), scores], dim=1) if scores.shape[1] == 1 else scores
