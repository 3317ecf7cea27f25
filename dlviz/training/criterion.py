"""The loss: how wrong each answer is, as one number an example.

Classes are judged by the surprise at the truth (cross-entropy; of two classes told apart by one sum, binary
cross-entropy), numbers by how far off the answer is: its square, its size, or Huber's between the two, which
squares small misses and lets large ones count no more than their size.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, huber_loss, l1_loss, mse_loss

from dlviz.spec import Knobs, Label, RunSpec


def losses(scores: Tensor, truth: Tensor, about: Label, knobs: Knobs) -> Tensor:
    """Return each example's loss (N,), from scores (N,K) and truth (N,): classes int64, or numbers float32.

    Sources: Huber 1964; `huber_delta` is where its square turns into a line of the same slope.
    """
    if about == "class" and scores.shape[1] > 1:
        return cross_entropy(scores, truth, reduction="none")
    if about == "class":
        return binary_cross_entropy_with_logits(scores[:, 0], truth.to(scores.dtype), reduction="none")
    if knobs.fault == "huber":
        return huber_loss(scores[:, 0], truth, reduction="none", delta=knobs.huber_delta)
    return (mse_loss if knobs.fault == "squared" else l1_loss)(scores[:, 0], truth, reduction="none")


def each_loss(spec: RunSpec) -> Callable[[Tensor, Tensor], Tensor]:
    """Return what makes each example's loss (N,) of scores (N,K) and truth (N,), as the run counts it at its start."""
    return partial(losses, about=spec.data.about, knobs=spec.knobs)


def mean_loss(spec: RunSpec) -> Callable[[Tensor, Tensor], Tensor]:
    """Return what makes the run's loss, without penalties, of scores (N,K) and truth (N,)."""
    each = each_loss(spec)
    return lambda scores, truth: each(scores, truth).mean()


def right(scores: Tensor, truth: Tensor, about: Label) -> Tensor:
    """Return which answers (N,) are right; of numbers none is right or wrong, and all are False."""
    if about == "number":
        return torch.zeros(len(truth), dtype=torch.bool, device=truth.device)
    return (scores.argmax(1) if scores.shape[1] > 1 else (scores[:, 0] > 0).long()) == truth


def quality(part: str, scores: Tensor, truth: Tensor, about: Label, knobs: Knobs) -> dict[str, np.ndarray]:
    """Return `<part>_loss` and `<part>_accuracy` for classes, or `<part>_loss`, `<part>_r2` and `<part>_error`.

    The loss is the mean over the examples, without penalties; accuracy a share 0 to 1; R² = 1 - Σ(answer - truth)² /
    Σ(truth - mean)², and where all truths are the same 1 for a perfect answer and else 0; the error is the mean
    of |answer - truth|.
    """
    found = {f"{part}_loss": np.array(losses(scores, truth, about, knobs).mean().item())}
    if about == "class":
        return {**found, f"{part}_accuracy": np.array(right(scores, truth, about).float().mean().item())}
    return {**found, **closeness(part, scores[:, 0], truth)}


def closeness(part: str, answers: Tensor, truth: Tensor) -> dict[str, np.ndarray]:
    """Return `<part>_r2` and `<part>_error` of numbers (N,), as in `quality`."""
    off, spread = answers - truth, truth.var(correction=0).item()
    square = off.square().mean().item()
    explained = 1 - square / spread if spread else float(square == 0)
    return {f"{part}_r2": np.array(explained), f"{part}_error": np.array(off.abs().mean().item())}
