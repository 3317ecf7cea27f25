"""The rules of differentiation: for every operation its value and, for each thing it is made of, its local derivative.

One line a rule: what it is written with, how it is computed, its derivatives, and the same derivatives in symbols.
In these, a and b are what goes in, y is what comes out, n is a fixed exponent;
[a > b] is 1 where that is so, and else 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

ROOT = 2 / math.sqrt(math.pi)
_erf = np.vectorize(math.erf, otypes=[float])
Numbers = np.ndarray | float


class Rule(NamedTuple):
    """sign: on the node. value(a, b, n) and slopes(a, b, y, n), one for each parent; texts: the slopes in symbols."""

    sign: str
    value: Callable[..., Numbers]
    slopes: Callable[..., tuple[Numbers, ...]]
    texts: tuple[str, ...]


def sigmoid(a: Numbers) -> Numbers:
    """Return 1 / (1 + e^-a), without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * a))


def _power(a, b, y, n):
    by_base = np.where(b == 0, 0.0, b * a ** (b - 1))
    by_exponent = np.where((a == 0) & (b >= 0), 0.0, y * np.log(a))
    return by_base, by_exponent


def _larger(a, b, y, n):
    share = np.where(a == b, 0.5, a > b)  # where both are equal, torch gives each a half
    return share, 1 - share


def _smaller(a, b, y, n):
    share = np.where(a == b, 0.5, a < b)
    return share, 1 - share


def _softplus(a, b, n):
    return np.logaddexp(0.0, a)


def _rectified(a, b, n):
    return np.maximum(a, 0.0)


def _step(a, b, y, n):
    return (np.where(a > 0, 1.0, 0.0),)


def _bell(a, b, y, n):
    return (ROOT * np.exp(-(a**2)),)


def _quotient(a, b, y, n):
    return 1 / b, -a / b**2


# fmt: off
RULES: dict[str, Rule] = {
    "add":      Rule("+",    lambda a, b, n: a + b,        lambda a, b, y, n: (1.0, 1.0),     ("1", "1")),
    "subtract": Rule("−",    lambda a, b, n: a - b,        lambda a, b, y, n: (1.0, -1.0),    ("1", "−1")),
    "multiply": Rule("×",    lambda a, b, n: a * b,        lambda a, b, y, n: (b, a),         ("b", "a")),
    "divide":   Rule("÷",    lambda a, b, n: a / b,        _quotient,                         ("1/b", "−a/b²")),
    "power":    Rule("^",    lambda a, b, n: a**b,         _power,                            ("b·a^(b−1)", "y·ln a")),
    "raise":    Rule("^n",   lambda a, b, n: a**n,         lambda a, b, y, n: (n * a ** (n - 1),), ("n·a^(n−1)",)),
    "negative": Rule("−",    lambda a, b, n: -a,           lambda a, b, y, n: (-1.0,),        ("−1",)),
    "exp":      Rule("exp",  lambda a, b, n: np.exp(a),    lambda a, b, y, n: (y,),           ("y",)),
    "log":      Rule("ln",   lambda a, b, n: np.log(a),    lambda a, b, y, n: (1 / a,),       ("1/a",)),
    "sqrt":     Rule("√",    lambda a, b, n: np.sqrt(a),   lambda a, b, y, n: (0.5 / y,),     ("1/(2·y)",)),
    "abs":      Rule("|·|",  lambda a, b, n: np.abs(a),    lambda a, b, y, n: (np.sign(a),),  ("sign a",)),
    "sign":     Rule("sign", lambda a, b, n: np.sign(a),   lambda a, b, y, n: (0.0,),         ("0",)),
    "sin":      Rule("sin",  lambda a, b, n: np.sin(a),    lambda a, b, y, n: (np.cos(a),),   ("cos a",)),
    "cos":      Rule("cos",  lambda a, b, n: np.cos(a),    lambda a, b, y, n: (-np.sin(a),),  ("−sin a",)),
    "tan":      Rule("tan",  lambda a, b, n: np.tan(a),    lambda a, b, y, n: (1 + y**2,),    ("1 + y²",)),
    "atan":     Rule("atan", lambda a, b, n: np.arctan(a), lambda a, b, y, n: (1 / (1 + a**2),), ("1/(1 + a²)",)),
    "sinh":     Rule("sinh", lambda a, b, n: np.sinh(a),   lambda a, b, y, n: (np.cosh(a),),  ("cosh a",)),
    "cosh":     Rule("cosh", lambda a, b, n: np.cosh(a),   lambda a, b, y, n: (np.sinh(a),),  ("sinh a",)),
    "tanh":     Rule("tanh", lambda a, b, n: np.tanh(a),   lambda a, b, y, n: (1 - y**2,),    ("1 − y²",)),
    "sigmoid":  Rule("σ",    lambda a, b, n: sigmoid(a),   lambda a, b, y, n: (y * (1 - y),), ("y·(1 − y)",)),
    "relu":     Rule("relu", _rectified,                   _step,                             ("[a > 0]",)),
    "softplus": Rule("softplus", _softplus,                  lambda a, b, y, n: (sigmoid(a),),   ("σ(a)",)),
    "erf":      Rule("erf",  lambda a, b, n: _erf(a),      _bell,                             ("2/√π · e^(−a²)",)),
    "max":      Rule("max",  lambda a, b, n: np.maximum(a, b), _larger,                     ("[a > b]", "[b > a]")),
    "min":      Rule("min",  lambda a, b, n: np.minimum(a, b), _smaller,                    ("[a < b]", "[b < a]")),
}
# fmt: on
"""Every operation of `dlviz/formula.py`; "raise" is a power with a fixed exponent.

Source: M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 1964, sections 3.3 and 4.1 to 4.6; 7.1.19 (erf).
"""

ANY = ("sum", "mean")
"""Operations on any number of things."""


def value(operation: str, parents: list[Numbers], number: float) -> Numbers:
    """Return the operation's value of its parents' values; `number` is a fixed exponent."""
    if operation in ANY:
        total = sum(parents[1:], parents[0])
        return total / len(parents) if operation == "mean" else total
    return RULES[operation].value(parents[0], parents[-1], number)


def slopes(operation: str, parents: list[Numbers], y: Numbers, number: float) -> tuple[Numbers, ...]:
    """Return the local derivative for each parent, where the operation's value is y."""
    if operation in ANY:
        return (1 / len(parents) if operation == "mean" else 1.0,) * len(parents)
    return RULES[operation].slopes(parents[0], parents[-1], y, number)


def symbols(operation: str, parents: int) -> tuple[str, tuple[str, ...]]:
    """Return the operation's sign, and its local derivatives in symbols, for so many parents."""
    if operation in ANY:
        return ("Σ", ("1",) * parents) if operation == "sum" else ("mean", (f"1/{parents}",) * parents)
    return RULES[operation].sign, RULES[operation].texts
