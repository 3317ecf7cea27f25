"""Racers: every first-order optimizer of torch by its name and knobs, and two that know more than the slope.

Almost all of them treat each number by itself. So one parameter of shape (S, 2) is S walkers that do not know
of each other, and one step moves them all. Those that look at the whole parameter (Adafactor at its mean
square, Muon at its singular values, L-BFGS at inner products) get a parameter for each walker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor
from torch.optim import Optimizer

ALONE = {"adafactor", "muon", "lbfgs"}
"""Optimizers that would mix up walkers who share a parameter."""

SECOND_ORDER = {"newton"}
"""Optimizers that ask for the Hessian at every place."""

CLASSES = {
    "sgd": torch.optim.SGD,
    "momentum": torch.optim.SGD,
    "nesterov": torch.optim.SGD,
    "asgd": torch.optim.ASGD,
    "adagrad": torch.optim.Adagrad,
    "adadelta": torch.optim.Adadelta,
    "rmsprop": torch.optim.RMSprop,
    "rprop": torch.optim.Rprop,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "adamax": torch.optim.Adamax,
    "nadam": torch.optim.NAdam,
    "radam": torch.optim.RAdam,
    "adafactor": torch.optim.Adafactor,
    "muon": torch.optim.Muon,
    "lbfgs": torch.optim.LBFGS,
}
PAIRS = {"betas": ("beta1", "beta2"), "etas": ("eta_minus", "eta_plus"), "step_sizes": ("least", "most")}


def build_racer(name: str, knobs: Mapping[str, float], places: Sequence[Tensor], bend: Callable | None) -> Optimizer:
    """Return the optimizer `name` with these knobs over the parameters `places`; `bend` gives Hessians to Newton.

    Raises: KeyError where there is no such optimizer.
    """
    if name == "newton":
        return Newton(places, bend, **knobs)
    if name == "adam" and not knobs.get("bias_correction", True):
        return PlainAdam(places, knobs["lr"], knobs["beta1"], knobs["beta2"], knobs["eps"])
    return CLASSES[name](list(places), **options(name, knobs))


def options(name: str, knobs: Mapping[str, float]) -> dict[str, object]:
    """Return the knobs as torch's class for `name` takes them."""
    given = {key: value for key, value in knobs.items() if key != "bias_correction"}
    found = {pair: tuple(given.pop(one) for one in parts) for pair, parts in PAIRS.items() if parts[0] in given}
    for switch in ("amsgrad", "centered"):
        if switch in given:
            given[switch] = bool(given[switch])
    if name == "nesterov":
        given["nesterov"] = True
    if name == "adafactor":
        found["eps"] = (None, given.pop("least_scale"))
    if name == "lbfgs":
        searched = given.pop("line_search")
        found |= {"max_iter": 1, "max_eval": 20 if searched else None}
        found |= {"line_search_fn": "strong_wolfe" if searched else None, "history_size": int(given.pop("history"))}
    return given | found


def _look(closure: Callable | None) -> None:
    """Let the closure compute the gradients, if there is one."""
    if closure is not None:
        with torch.enable_grad():
            closure()


class PlainAdam(Optimizer):
    """Adam without the correction of its moments, which start from zero and so are too small at first.

    Source: Kingma and Ba 2015, Algorithm 1, without its two lines for the bias.
    """

    def __init__(self, params: Sequence[Tensor], lr: float, beta1: float, beta2: float, eps: float):
        super().__init__(list(params), {"lr": lr, "betas": (beta1, beta2), "eps": eps})

    @torch.no_grad()
    def step(self, closure: Callable | None = None) -> None:
        """Move every parameter along its mean gradient over its root mean square."""
        _look(closure)
        for group in self.param_groups:
            for place in group["params"]:
                state, (beta1, beta2) = self.state[place], group["betas"]
                first = state.setdefault("exp_avg", torch.zeros_like(place))
                second = state.setdefault("exp_avg_sq", torch.zeros_like(place))
                first.mul_(beta1).add_(place.grad, alpha=1 - beta1)
                second.mul_(beta2).addcmul_(place.grad, place.grad, value=1 - beta2)
                place.addcdiv_(first, second.sqrt().add_(group["eps"]), value=-group["lr"])


class Newton(Optimizer):
    """Newton's method: to the bottom (or the pass) of the parabola that fits slope and bend, `lr` of the way.

    With `positive` each bend counts by its size, so that a saddle repels. Where there is no bend it does not move.
    Source: Nocedal and Wright 2006, section 3.3; Dauphin et al. 2014 (saddle-free Newton).
    """

    def __init__(self, params: Sequence[Tensor], bend: Callable[[Tensor], Tensor], lr: float, positive: float):
        super().__init__(list(params), {"lr": lr, "positive": bool(positive)})
        self.bend = bend

    @torch.no_grad()
    def step(self, closure: Callable | None = None) -> None:
        """Move every row of every parameter by −lr·H⁻¹g."""
        _look(closure)
        for group in self.param_groups:
            for place in group["params"]:
                with torch.enable_grad():
                    bend = self.bend(place)
                place.add_(newton_step(place.grad, bend, group["positive"]), alpha=group["lr"])


def newton_step(slope: Tensor, bend: Tensor, positive: bool = False) -> Tensor:
    """Return −H⁻¹g (…, 2) for gradients (…, 2) and Hessians (…, 2, 2), along the directions that bend at all.

    With `positive` it is −|H|⁻¹g. In closed form: H has two rows, and thousands of them are turned at once.
    """
    squared = bend @ bend
    trace, squares = bend.diagonal(dim1=-2, dim2=-1).sum(-1), squared.diagonal(dim1=-2, dim2=-1).sum(-1)
    turned = bend[..., 0, 0] * bend[..., 1, 1] - bend[..., 0, 1] * bend[..., 1, 0]
    if positive:  # |H| = √(H²)
        size = turned.abs()
        whole = squared + size[..., None, None] * torch.eye(2, dtype=bend.dtype)
        bend, turned = whole / (squares + 2 * size).sqrt()[..., None, None], size
        trace = (squares + 2 * size).sqrt()
    across = torch.stack([bend[..., 1, 1], bend[..., 0, 0]], dim=-1) * slope - bend[..., 0, 1, None] * slope.flip(-1)
    along = torch.einsum("...ij,...j->...i", bend, slope)  # where H bends in one direction only, H⁺ is H / trace²
    bent = turned.abs() > 1e-14 * squares
    some = squares > 1e-24
    moves = torch.where(bent[..., None], -across / turned[..., None], -along / trace.square()[..., None])
    moves = torch.where(some[..., None], moves, torch.zeros_like(moves))
    return torch.where(torch.isfinite(squares)[..., None], moves, torch.full_like(slope, torch.nan))
