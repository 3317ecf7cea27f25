"""How sharply the loss bends: the largest eigenvalues of its Hessian, without ever writing the Hessian down.

The Hessian of D weights has D² numbers, but what it does to a direction is one more pass of autograd. A few
directions of chance, multiplied again and again, lean towards those in which the loss bends most (this is power
iteration); keeping every direction on the way, at right angles, and looking for the best mixture of all of them finds
the same in far fewer rounds (this is Lanczos' method, here with a block of directions, so that equal eigenvalues are
all found).
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call, grad, vmap
from torch.nn.functional import cross_entropy

from dlviz.probes.landscape import Loss
from dlviz.probes.observation import evaluating, examples_batch

Bend = Callable[[Tensor], Tensor]  # directions (R, D, b) -> what R symmetric matrices make of them, (R, D, b)

TOLERANCE = 1e-4  # of a matrix's norm: what Hv - λv may still be long; λ itself is then far closer than that
ROUNDS = 60
AT_ONCE = 4_000_000  # numbers that are held for all rows of weights worked on at once


class Eigenvalues(NamedTuple):
    """The largest eigenvalues of R symmetric matrices, the most positive first.

    `values` (R, k) float64; `errors` (R, k): an eigenvalue lies within so much of each; `rounds`: multiplications with
    the block of directions that it took.
    """

    values: np.ndarray
    errors: np.ndarray
    rounds: int


def sharpness(
    network: nn.Module,
    weights: np.ndarray,
    inputs: np.ndarray,
    labels: np.ndarray,
    count: int = 3,
    loss: Loss = cross_entropy,
    tolerance: float = TOLERANCE,
) -> Eigenvalues:
    """Return the `count` largest eigenvalues of the Hessian of the loss on N examples, at each of weights (R, D).

    Largest means most positive: directions in which the loss bends down count only where fewer bend up. In float64
    and evaluation mode; the network is not changed, and a batch normalisation takes the examples as one batch.
    Raises: ValueError where the rows do not fit the network, or one is not finite.
    Source: Cohen, Kaur, Li, Kolter, Talwalkar 2021, Gradient descent on neural networks typically occurs at the edge
    of stability, appendix B (Lanczos' method on Hessian-vector products).
    """
    twin, rows = _doubled(network), torch.tensor(np.asarray(weights), dtype=torch.float64)
    size = sum(values.numel() for values in twin.parameters())
    if rows.ndim != 2 or rows.shape[1] != size or not len(rows):
        raise ValueError(f"weights: rows of {size} are needed, got the shape {tuple(rows.shape)}")
    if not rows.isfinite().all():
        raise ValueError("weights: some are not finite; the run has diverged")
    loss_of = _loss_of(twin, examples_batch(twin, inputs).double(), torch.tensor(np.asarray(labels)), loss)
    with evaluating(twin):
        at_once = max(1, AT_ONCE // max(size * count * 20, len(labels) * _widest(twin) * count))
        parts = [largest(hessian_at(loss_of, part), part.shape, count, tolerance) for part in rows.split(at_once)]
    values, errors, rounds = zip(*parts, strict=True)
    return Eigenvalues(np.concatenate(values), np.concatenate(errors), max(rounds))


def _doubled(network: nn.Module) -> nn.Module:
    """Return a copy in float64 on the processor; recorded weights hold no running means, so it does without them."""
    twin = deepcopy(network).double().cpu()
    for part in twin.modules():
        if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
            part.running_mean = part.running_var = None
    return twin


def _widest(network: nn.Module) -> int:
    return max(len(values) for values in network.parameters())


def _loss_of(network: nn.Module, examples: Tensor, labels: Tensor, loss: Loss) -> Callable[[Tensor], Tensor]:
    """Return the loss as a function of the flat weights (D,)."""
    shapes = {name: values.shape for name, values in network.named_parameters()}
    truth = labels.double() if labels.is_floating_point() else labels

    def loss_of(flat: Tensor) -> Tensor:
        parts = flat.split([shape.numel() for shape in shapes.values()])
        values = {name: part.view(shape) for part, (name, shape) in zip(parts, shapes.items(), strict=True)}
        return loss(functional_call(network, values, (examples,)), truth)

    return loss_of


def hessian_at(loss_of: Callable[[Tensor], Tensor], rows: Tensor) -> Bend:
    """Return what multiplies directions (R, D, b) with the Hessian at each of the rows (R, D)."""

    def bent(weights: Tensor, direction: Tensor) -> Tensor:
        return grad(lambda flat: grad(loss_of)(flat) @ direction)(weights)  # how the slope along the direction changes

    return partial(vmap(vmap(bent, in_dims=(None, 1), out_dims=1)), rows)


def largest(
    bend: Bend, shape: tuple[int, int], count: int, tolerance: float = TOLERANCE, rounds: int = ROUNDS
) -> Eigenvalues:
    """Return the `count` largest eigenvalues of R symmetric matrices of D rows, given by what they do to directions.

    shape: (R, D). Ends where every error is below `tolerance` of the matrix's norm, or where the directions span all
    there is, which is exact; after `rounds` in any case, and `errors` says how good it is.
    Source: Golub and Underwood 1977, The block Lanczos method for computing eigenvalues.
    """
    matrices, size = shape
    count = min(count, size)
    chance = torch.Generator().manual_seed(0)
    news = torch.randn(matrices, size, count, generator=chance, dtype=torch.float64)
    known = bent = torch.zeros(matrices, size, 0, dtype=torch.float64)
    for _ in range(rounds):
        news = _upright(known, news)
        known, bent = torch.cat([known, news], dim=2), torch.cat([bent, bend(news)], dim=2)
        values, mixtures = torch.linalg.eigh(_symmetric(known.mT @ bent))
        best = mixtures[..., -count:].flip(-1)
        found = values[:, -count:].flip(-1)
        errors = (bent @ best - (known @ best) * found[:, None]).norm(dim=1)
        norm = values.abs().amax(dim=1, keepdim=True)
        if (errors <= tolerance * norm).all() or known.shape[2] == size:
            break
        news = bent[..., -news.shape[2] :][..., : size - known.shape[2]]
    return Eigenvalues(found.numpy(), errors.numpy(), -(-known.shape[2] // count))


def _symmetric(matrix: Tensor) -> Tensor:
    return (matrix + matrix.mT) / 2


def _upright(known: Tensor, news: Tensor) -> Tensor:
    """Return new directions (R, D, b) of length 1, at right angles to the known ones (R, D, m) and to each other."""
    for _ in range(3):  # twice is enough, but for a direction of which nothing but rounding is left
        news = torch.linalg.qr(news - known @ (known.mT @ news)).Q
    return news
