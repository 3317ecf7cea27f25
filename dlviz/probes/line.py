"""The straight line between two solutions: how the loss goes on the way from one network to another.

Two trained networks may both be good and lie far apart. Between them, at equal steps, stand networks that nobody
trained: each of their weights is a mixture of the two. Often a hill rises in the middle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from dlviz.probes.landscape import losses_at

Measure = Callable[[Tensor, Tensor], Tensor]  # of scores (N, K) and labels (N,), a single number
Part = tuple[np.ndarray, np.ndarray]  # inputs (N, F) and labels (N,)


class Hill(NamedTuple):
    """The highest place between two solutions: at `share` of the way, 0 to 1, and `height` above the higher end.

    A height of 0 means that the way nowhere rises above its higher end.
    """

    share: float
    height: float


def mixtures(first: np.ndarray, second: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return (P, D) the weights at `shares` (P,) of the way from the first (D,) to the second (D,): 0 and 1 are they.

    Raises: ValueError where the two have not equally many weights, or one is not finite.
    """
    first, second = (np.asarray(one, np.float64) for one in (first, second))
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"weights: two rows of the same length are needed, got {first.shape} and {second.shape}")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise ValueError("weights: some are not finite; the run has diverged")
    shares = np.asarray(shares, np.float64)[:, None]
    return (1 - shares) * first + shares * second


def along_line(
    network: nn.Module,
    first: np.ndarray,
    second: np.ndarray,
    shares: np.ndarray,
    parts: Mapping[str, Part],
    measures: Mapping[str, Measure],
) -> dict[str, np.ndarray]:
    """Return (P,) for each `<part>_<measure>`: what is measured at `shares` (P,) of the way between two solutions.

    A part without examples has no numbers: NaN. Raises: ValueError as `mixtures` does.
    Source: Goodfellow, Vinyals, Saxe 2015, Qualitatively characterizing neural network optimization problems.
    """
    rows = mixtures(first, second, shares)
    found = {}
    for part, (inputs, labels) in parts.items():
        for name, measure in measures.items():
            known = losses_at(network, rows, inputs, labels, measure) if len(labels) else np.full(len(rows), np.nan)
            found[f"{part}_{name}"] = known
    return found


def hill(shares: np.ndarray, losses: np.ndarray) -> Hill:
    """Return the highest place between the ends, of losses (P,) at `shares` (P,) that hold 0 and 1.

    A loss that is not finite is the highest there is. Raises: ValueError where 0 or 1 is missing.
    """
    between = (shares >= 0) & (shares <= 1)
    if not {0.0, 1.0} <= set(shares[between].tolist()):
        raise ValueError("shares: 0 and 1, where the two solutions are, must be among them")
    shares, losses = shares[between], np.nan_to_num(losses[between], nan=np.inf)
    highest = int(losses.argmax())
    return Hill(float(shares[highest]), float(losses[highest] - max(losses[0], losses[-1])))


def accuracy(scores: Tensor, labels: Tensor) -> Tensor:
    """Return the share of labels (N,) that have the highest of their scores (N, K), 0 to 1.

    One score alone speaks for class 1 where it is above 0.
    """
    answers = scores.argmax(dim=1) if scores.shape[1] > 1 else (scores[:, 0] > 0).long()
    return (answers == labels).to(scores.dtype).mean()


def r2(scores: Tensor, numbers: Tensor) -> Tensor:
    """Return R² of scores (N, 1) for numbers (N,): 1 is perfect, 0 no better than their mean."""
    off, spread = (scores[:, 0] - numbers).square().mean(), numbers.var(correction=0)
    exact = (off == 0).to(off.dtype)
    return torch.where(spread > 0, 1 - off / torch.where(spread > 0, spread, 1), exact)
