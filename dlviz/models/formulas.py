"""Typed formulas computed by torch, so that autograd can take them apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor
from torch.nn.functional import softplus

from dlviz.formula import Formula, Number, Variable

OPERATIONS: dict[str, Callable[..., Tensor]] = {
    "add": torch.add,
    "subtract": torch.sub,
    "multiply": torch.mul,
    "divide": torch.div,
    "power": torch.pow,
    "negative": torch.neg,
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "abs": torch.abs,
    "sign": torch.sign,
    "sin": torch.sin,
    "cos": torch.cos,
    "tan": torch.tan,
    "atan": torch.atan,
    "sinh": torch.sinh,
    "cosh": torch.cosh,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "softplus": softplus,
    "erf": torch.erf,
    "max": torch.maximum,
    "min": torch.minimum,
}
"""What torch computes for each operator and function of `dlviz/formula.py`."""


def evaluate(formula: Formula, values: Mapping[str, Tensor]) -> Tensor:
    """Return the formula's value, of the shape, type and device that the variables' values have.

    A formula without a variable gives one number of that shape everywhere.
    Raises: KeyError where a variable has no value.
    """
    like = next(iter(values.values()))
    found = _evaluate(formula, values, like)
    return found if found.shape == like.shape else found.expand_as(like)


def _evaluate(formula: Formula, values: Mapping[str, Tensor], like: Tensor) -> Tensor:
    if isinstance(formula, Number):
        return like.new_tensor(formula.value)
    if isinstance(formula, Variable):
        return values[formula.name]
    if formula.function == "power" and isinstance(exponent := formula.arguments[1], Number):  # x·x exactly for x²
        return torch.pow(_evaluate(formula.arguments[0], values, like), exponent.value)
    return OPERATIONS[formula.function](*(_evaluate(part, values, like) for part in formula.arguments))
