"""In depth: what a stack of fresh layers does to signals on their way up and to a gradient on its way back.

Signals of size 1 go in, and each layer multiplies their size a little; fifty such layers make nothing or a flood
of them, unless the factor is 1. Beside what is measured stands what the theory of wide layers predicts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from dlviz.models.stack import BENDS, Block, blocks
from dlviz.signals import OWN_REACH, REACH, Signals
from dlviz.stack import Depth

BINS = 41
FLAT = 0.05  # share of the steepest slope under which a function hardly passes a gradient on
NODES, FAR = 4096, 9.0  # of the integral over the bell curve: how many, and how far out


def in_depth(given: Depth) -> Signals:
    """Return what a stack with its first weights does to B random signals, and to a random gradient at its top.

    Everything is drawn from the seed: signals and gradient normal, of size 1; float64, so that nothing runs over.
    """
    chance = torch.Generator().manual_seed(given.deep_seed)
    width = given.deep_width
    inputs = torch.randn(given.deep_batch, width, dtype=torch.float64, generator=chance)
    blame = torch.randn(given.deep_batch, width, dtype=torch.float64, generator=chance)
    network = fresh(given, chance)
    sums, reached = up(network, inputs)
    arrived = torch.stack(torch.autograd.grad(reached[-1], reached, blame))
    signals = torch.stack(reached).detach()
    sizes = torch.stack([size(signals), size(arrived)])
    both = torch.stack([signals, arrived])
    flat = is_flat(BENDS[given.deep_bend](), torch.stack(sums))
    return Signals(
        sizes.numpy(),
        np.stack(predicted(given)),
        signals.std(dim=1, correction=0).square().mean(dim=1).sqrt().numpy(),
        counts(both / REACH),
        counts(both / (OWN_REACH * sizes[..., None, None])),
        flat.double().mean(dim=(1, 2)).numpy(),
        flat.all(dim=1).double().mean(dim=1).numpy(),
        width * given.weight_variance(width, width),
    )


def fresh(given: Depth, chance: torch.Generator) -> nn.Sequential:
    """Return the stack with its first weights, float64."""
    sizes = (given.deep_width,) * (given.deep_layers + 1)
    return blocks(given, sizes, chance, learns=False, kind=torch.float64)


def up(network: Sequence[Block], inputs: Tensor) -> tuple[list[Tensor], list[Tensor]]:
    """Return the sums of every layer, and what goes in and comes out of each, all (B, H) and open to autograd."""
    sums, reached = [], [inputs.requires_grad_()]
    for block in network:
        sums.append(block.sums(reached[-1]))
        reached.append(block.bend(sums[-1]))
    return sums, reached


def size(values: Tensor) -> Tensor:
    """Return the root mean square of each layer (L, B, H)."""
    return values.square().mean(dim=(-2, -1)).sqrt()


def is_flat(bend: nn.Module, sums: Tensor) -> Tensor:
    """Return of each sum whether f is nearly level there: its slope under 5 % of its steepest."""
    steepest = slopes(bend, torch.linspace(-FAR, FAR, 2001, dtype=torch.float64)).abs().max()
    return slopes(bend, sums).abs() < FLAT * steepest


def slopes(bend: nn.Module, sums: Tensor) -> Tensor:
    """Return f′ at each of the sums, by autograd."""
    at = sums.detach().requires_grad_()
    return torch.autograd.grad(bend(at).sum(), at)[0]


def counts(shares: Tensor) -> np.ndarray:
    """Return histograms (…, G) int32 over -1 to 1 of numbers (…, B, H); what lies beyond is in the last bins."""
    places = ((shares.nan_to_num(0.0) + 1) * (BINS / 2)).clamp(0, BINS - 1).long().flatten(-2)
    rows = places.flatten(0, -2)
    offsets = torch.arange(len(rows))[:, None] * BINS
    found = torch.bincount((rows + offsets).flatten(), minlength=len(rows) * BINS)
    return found.view(*places.shape[:-1], BINS).int().numpy()


# ---------------------------------------------------------------------------------------- the theory


def predicted(given: Depth) -> tuple[np.ndarray, np.ndarray]:
    """Return the sizes (L+1,) of signals and of gradients by layer, as the theory of wide layers has them.

    Sums of many independent parts are normal, of variance q = n·Var(w)·E[h²]. So E[h²] = E[f(√q·u)²], u normal, and
    on its way back a gradient's mean square is multiplied by χ = n·Var(w)·E[f′(√q·u)²].
    Sources: Poole et al. 2016, equation 3 (q); Schoenholz et al. 2017, equation 6 (χ). For ReLU that is n·Var(w)/2 both
    ways (He et al. 2015, equations 7 and 12), for the identity n·Var(w) (Glorot and Bengio 2010, equations 5 and 6).
    A normalisation makes q = 1, and a gradient that goes back through it is divided by the variance of what is
    normalised: over the batch Var f (Yang et al. 2019), over the units E[f²].
    """
    bend, variance = (
        BENDS[given.deep_bend](),
        given.deep_width * given.weight_variance(given.deep_width, given.deep_width),
    )
    signals, factors = [1.0], []
    spread = 1.0  # of what a layer gets: what a normalisation divides by, but for n·Var(w)
    for _ in range(given.deep_layers):
        mean, square, slope = moments(bend, 1.0 if given.deep_norm != "none" else variance * signals[-1])
        factors.append(slope * variance)
        if given.deep_norm != "none":
            factors[-1] = slope / spread
            spread = square - mean**2 if given.deep_norm == "batch" else square
        signals.append(square)
    back = np.cumprod([1.0, *factors[::-1]])[::-1]
    return np.sqrt(signals), np.sqrt(back)


def moments(bend: nn.Module, variance: float) -> tuple[float, float, float]:
    """Return E[f], E[f²] and E[f′²] of normal numbers with mean 0 and this variance.

    A midpoint rule, whose nodes lie evenly around zero, so that half of them are on either side of a kink there.
    """
    step = 2 * FAR / NODES
    nodes = (torch.arange(NODES, dtype=torch.float64) + 0.5) * step - FAR
    weights = torch.exp(-nodes.square() / 2) * (step / (2 * torch.pi) ** 0.5)
    at = nodes * variance**0.5
    values, slope = bend(at), slopes(bend, at)
    return tuple(float((weights * one).sum()) for one in (values, values.square(), slope.square()))
