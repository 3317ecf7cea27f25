"""Typed formulas as code: the line of PyTorch that computes what the page computed, to the bit."""

from __future__ import annotations

import math

from dlviz.formula import Formula, Number, Variable, names_in

SIGNS = {"add": " + ", "subtract": " - ", "multiply": " * ", "divide": " / ", "power": " ** "}
BINDING = {"add": 1, "subtract": 1, "multiply": 2, "divide": 2, "negative": 3, "power": 4}
CALLED = {"softplus": "nn.functional.softplus", "max": "torch.maximum", "min": "torch.minimum"}  # others: torch.<name>
NAMED = {math.pi: "torch.pi", math.e: "torch.e"}


def torch_code(formula: Formula, like: str = "x") -> str:
    """Return the formula as one line of PyTorch, such as "x * torch.sigmoid(x)", for `torch` and `nn` as usual.

    like: the name of a tensor, of whose type and device numbers are where torch needs them as tensors; "": they are
    of the script's default type. A formula without variables gives one number.
    """
    return _code(formula, like, not names_in(formula))


def _code(formula: Formula, like: str, tensor: bool) -> str:
    """Return the code of a part; where it has no variable, `tensor` says whether it must be a tensor all the same."""
    if isinstance(formula, Number):
        return _tensor(formula.value, like) if tensor else _number(formula.value)
    if isinstance(formula, Variable):
        return formula.name
    if formula.function == "negative":
        return f"-{_within(formula.arguments[0], like, tensor, BINDING['negative'])}"
    if formula.function not in SIGNS:
        called = CALLED.get(formula.function, f"torch.{formula.function}")
        return f"{called}({', '.join(_code(part, like, True) for part in formula.arguments)})"
    return _operation(formula.function, *formula.arguments, like)


def _operation(function: str, left: Formula, right: Formula, like: str) -> str:
    """Return the code of an operator between two parts, of which at least one is a tensor."""
    binding, power = BINDING[function], function == "power"
    first = _within(left, like, not names_in(right), binding + power)  # 2**3**4 is 2**(3**4), 2-3-4 is (2-3)-4
    return f"{first}{SIGNS[function]}{_within(right, like, False, BINDING['negative'] if power else binding + 1)}"


def _within(formula: Formula, like: str, tensor: bool, binding: int) -> str:
    """Return the code of a part, in parentheses where it binds less than its place asks for."""
    code = _code(formula, like, tensor)
    own = BINDING.get(getattr(formula, "function", ""), 9)
    return code if own >= binding else f"({code})"


def _tensor(value: float, like: str) -> str:
    if like:
        return f"{like}.new_tensor({_number(value)})"
    return f"torch.tensor({NAMED.get(value) or repr(float(value))})"  # of a whole number torch would make no fraction


def _number(value: float) -> str:
    short = f"{value:g}"
    return NAMED.get(value) or (short if float(short) == value else repr(value))
