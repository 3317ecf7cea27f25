"""What the backpropagation page shows, as one value: which graph, with which numbers, and where in it one stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from dlviz.formula import read_program
from dlviz.spec import Choice
from dlviz.stack import Vanishing

Scene = Literal["expression", "neuron", "mlp", "rnn"]
Bend = Literal["tanh", "relu", "sigmoid", "identity"]
Penalty = Literal["squared", "logistic", "hinge"]
Bug = Literal["none", "overwrite", "chain", "product", "power", "tanh"]
Preset = Literal["none", "micrograd", "meet", "off", "rate", "far"]

SHORT = "a = 2\nb = -3\nc = 10\nd = a * b + c\nL = (d - a)^2"
"""The program on screen when the page opens: five operations, and one variable whose gradients meet."""

MICROGRAD = """a = -4.0
b = 2.0
c = a + b
d = a * b + b**3
c += c + 1
c += 1 + c + (-a)
d += d * 2 + (b + a).relu()
d += 3 * d + (b - a).relu()
e = c - d
f = e**2
g = f / 2.0
g += 10.0 / f"""
"""The example of micrograd's README: g = 24.7041, dg/da = 138.8338, dg/db = 645.5773.

Source: A. Karpathy, micrograd, README, "Example usage", 2020.
"""

REACH = 1e6  # how far from zero a number may be set by hand
ONE = re.compile(r"([A-Za-z_][A-Za-z_0-9]{0,19})=(-?[0-9.]+(?:e[-+]?[0-9]+)?)")


def read_values(text: str) -> dict[str, float]:
    """Return the numbers set by hand, by name, that the text says. Raises: ValueError where it is none of ours."""
    found = [ONE.fullmatch(part) for part in text.split(",")] if text else []
    if not all(found):
        raise ValueError(f"values: {text[:20]!r} cannot be read; write for example w1=0.5,b=-2")
    values = {one[1]: float(one[2]) for one in found}
    if any(abs(value) > REACH for value in values.values()):
        raise ValueError(f"values: numbers from {-REACH:g} to {REACH:g} can be set")
    return values


def values_text(values: Mapping[str, float]) -> str:
    """Return numbers by name as text such as w1=0.5,b=-2; a number keeps six significant digits."""
    return ",".join(f"{name}={value + 0.0:.6g}" for name, value in values.items())


def program_with(program: str, values: dict[str, float]) -> str:
    """Return the program in which the first line that gives a variable a number gives it another one.

    A variable without such a line gets one at the start.
    """
    lines = [part for row in program.splitlines() for part in row.split(";")]
    for name, value in values.items():
        written = f"{name} = {value + 0.0:.6g}"
        place = next((i for i, line in enumerate(lines) if _gives(line, name)), None)
        if place is None:
            lines.insert(0, written)
        else:
            lines[place] = written
    return "\n".join(lines)


def _gives(line: str, name: str) -> bool:
    """Return whether the line is `name = number`."""
    left, equal, right = line.partition("=")
    try:
        float(right.partition("#")[0].replace(" ", ""))
    except ValueError:
        return False
    return bool(equal) and left.strip() == name


def _readable(program: str) -> str:
    read_program(program)
    return program


def _settable(values: str) -> str:
    read_values(values)
    return values


class Question(Choice):
    """What is computed: a graph, the numbers it begins with, and the updates made from its gradients."""

    scene: Scene = "expression"
    program: Annotated[str, Field(max_length=1000), AfterValidator(_readable)] = SHORT
    values: Annotated[str, Field(max_length=2500), AfterValidator(_settable)] = ""  # by hand, as values_text writes
    inputs: int = Field(2, ge=1, le=4)  # of the neuron
    hidden: tuple[Annotated[int, Field(ge=1, le=4)], ...] = Field((3,), min_length=1, max_length=2)
    activation: Bend = "tanh"
    penalty: Penalty = "squared"
    data: Literal["moons", "circle", "xor", "gauss"] = "moons"
    sample: int = Field(1, ge=1, le=40)  # the first example that is looked at
    batch: int = Field(1, ge=1, le=6)  # how many of them, whose losses are averaged
    times: int = Field(4, ge=2, le=6)  # how many steps the recurrent network reads
    memory: int = Field(1, ge=1, le=2)  # how many units it remembers with
    seed: int = Field(0, ge=0, le=9999)  # of the first weights
    learning_rate: float = Field(0.01, ge=1e-6, le=10)
    updates: int = Field(40, ge=1, le=100)
    bug: Bug = "none"


class View(Choice):
    """The state of the page."""

    question: Question = Question()
    at: int = Field(0, ge=0, le=100)  # how many updates have been made at the moment on show
    walk: int | None = Field(None, ge=0, le=5000)  # how many operations of it have been done; None: all
    node: int | None = Field(None, ge=0, le=2000)  # the node that is looked at
    open: tuple[Annotated[int, Field(ge=0, le=500)], ...] = Field((), max_length=60)  # groups that are taken apart
    trust: bool = False  # whether every gradient is checked in the picture
    preset: Preset = "none"
    guess: int | None = Field(None, ge=0, le=3)
    vanishing: Vanishing = Vanishing()


DEFAULT = View()
UNTOUCHED = {"at": 0, "walk": None, "node": None, "open": ()}
"""Where one stands in a graph that one has just come to."""
