"""Measuring on the plane: how good the network is on the points it learns from and on those it never saw.

One pass of all points and of the cells of the maps through the network gives everything that is drawn
and every number beside it, so that they always belong together.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, mse_loss

from dlviz.models.layers import Stages
from dlviz.spec import Label
from dlviz.training.measure import Arrays, confusion
from dlviz.training.plane_maps import UNIT_SIDE, columns, grid, output_map, output_side, unit_maps

Part = tuple[Tensor, Tensor]  # points (N,2) and their labels (N,)


class Sight:
    """What is looked at: the cells of the maps, the training and the validation points, in one row."""

    def __init__(self, parts: dict[str, Part], about: Label, parameters: int, device: str) -> None:
        self.about = about
        self.labels = {name: labels for name, (_, labels) in parts.items()}
        maps = grid(output_side(parameters), device), grid(UNIT_SIDE, device)
        rows = {"output": maps[0], "units": maps[1], **{name: points for name, (points, _) in parts.items()}}
        self.points = torch.cat(list(rows.values()))
        self.sizes = [len(points) for points in rows.values()]

    @torch.no_grad()
    def measured(self, network: Stages) -> Arrays:
        """Return the maps and the quality on each part that has points, as of the network's present weights.

        `output_map`, `unit_maps`, `unit_scales`: see plane_maps; units come in the order of the layers.
        `<part>_loss` and `<part>_accuracy` or `<part>_r2`: see `quality`; `confusion`: of the validation points.
        """
        units, scores = [], self.points
        for name, values in columns(network, self.points):
            if name.startswith("activation"):
                units.append(values.split(self.sizes, dim=1)[1])
            scores = values
        output, cells, *parts = scores.split(self.sizes, dim=1)
        maps, scales = unit_maps(torch.cat([*units, cells[:0]]))
        arrays = {"output_map": output_map(output, self.about), "unit_maps": maps, "unit_scales": scales}
        for (name, labels), part in zip(self.labels.items(), parts, strict=True):
            if len(labels):
                arrays |= quality(name, part.T, labels, self.about)
        if self.about == "class" and len(self.labels["validation"]):
            arrays["confusion"] = confusion(parts[-1].T.cpu(), self.labels["validation"].cpu())
        return arrays


def quality(part: str, scores: Tensor, labels: Tensor, about: Label) -> Arrays:
    """Return `<part>_loss` and `<part>_accuracy` for classes, or `<part>_loss` and `<part>_r2` for numbers.

    scores: (N,K); labels: (N,) classes or numbers. The loss is the mean cross-entropy or the mean
    squared error, without penalties; accuracy a share 0 to 1; R² = 1 - Σ(score - label)² / Σ(label - mean)², and
    where all labels are the same 1 for a perfect answer and else 0.
    """
    if about == "class":
        right = (scores.argmax(1) == labels).sum().item() / len(labels)
        return {f"{part}_loss": np.array(cross_entropy(scores, labels).item()), f"{part}_accuracy": np.array(right)}
    loss = mse_loss(scores[:, 0], labels).item()
    spread = labels.var(correction=0).item()
    explained = 1 - loss / spread if spread else float(loss == 0)
    return {f"{part}_loss": np.array(loss), f"{part}_r2": np.array(explained)}


def batch_losses(scores: Tensor, truth: Tensor, size: int, about: Label) -> tuple[list[float], list[int]]:
    """Return the mean loss and the right answers of each batch of `size`, from scores (N,K) and truth.

    truth: (N,) classes or (N,1) numbers; of numbers none is right or wrong, and 0 are counted.
    """
    if about == "class":
        losses = cross_entropy(scores, truth, reduction="none")
        right = scores.argmax(1) == truth
    else:
        losses = (scores - truth).square()[:, 0]
        right = torch.zeros(len(truth), dtype=torch.bool)
    whole = len(losses) - len(losses) % size
    means, rights = losses[:whole].view(-1, size).mean(1).tolist(), right[:whole].view(-1, size).sum(1).tolist()
    if whole < len(losses):
        means, rights = [*means, losses[whole:].mean().item()], [*rights, right[whole:].sum().item()]
    return means, rights
