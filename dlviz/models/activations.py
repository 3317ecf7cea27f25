"""Activation functions: all that torch has which bend one number at a time, and any that somebody types."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from dlviz.formula import Formula
from dlviz.models.formulas import evaluate

Bend = Callable[[Tensor], Tensor]

ELEMENT_WISE: dict[str, type[nn.Module]] = {
    "identity": nn.Identity,
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "prelu": nn.PReLU,
    "rrelu": nn.RReLU,
    "relu6": nn.ReLU6,
    "threshold": nn.Threshold,
    "elu": nn.ELU,
    "selu": nn.SELU,
    "celu": nn.CELU,
    "softplus": nn.Softplus,
    "gelu": nn.GELU,
    "gelu_tanh": nn.GELU,
    "silu": nn.SiLU,
    "mish": nn.Mish,
    "sigmoid": nn.Sigmoid,
    "logsigmoid": nn.LogSigmoid,
    "tanh": nn.Tanh,
    "tanhshrink": nn.Tanhshrink,
    "softsign": nn.Softsign,
    "hardtanh": nn.Hardtanh,
    "hardsigmoid": nn.Hardsigmoid,
    "hardswish": nn.Hardswish,
    "hardshrink": nn.Hardshrink,
    "softshrink": nn.Softshrink,
}
"""Every activation of torch.nn that acts on each number by itself, by our names."""

FORMS: dict[str, dict[str, object]] = {"gelu_tanh": {"approximate": "tanh"}, "prelu": {"dtype": torch.float64}}
"""What torch is told beside numbers; PReLU keeps its slope in a tensor, which would be rounded to 32 bits."""


def activation(name: str, **settings: float) -> nn.Module:
    """Return torch's function in evaluation mode and float64, made with these settings (torch's own names).

    So RReLU, which draws its slope anew for each number while learning, has the mean of its slopes.
    Raises: KeyError where torch has none of that name, TypeError where it does not take such a setting.
    """
    return ELEMENT_WISE[name](**settings, **FORMS.get(name, {})).double().eval()


def typed(formula: Formula) -> Bend:
    """Return the function of x that a formula says."""
    return lambda x: evaluate(formula, {"x": x})


def value_and_slope(bend: Bend, x: Tensor) -> tuple[Tensor, Tensor]:
    """Return f(x) and f′(x), of the shape of x, the slope by autograd; 0 for a function in which x does not occur."""
    x = x.detach().requires_grad_()
    with torch.enable_grad():
        values = bend(x)
        if not values.requires_grad:
            return values.detach(), torch.zeros_like(x)
        (slopes,) = torch.autograd.grad(values.sum(), x)
    return values.detach(), slopes
