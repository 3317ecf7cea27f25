"""Questions made of the numbers on screen: one answer is right, every other one comes of a slip that people make.

The number of a question decides which one it is, so that a link leads to the same question.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np

from dlviz.concepts.forward_loss.recording import Anatomy, Layer
from dlviz.concepts.forward_loss.spec import Head

Kind = Literal["output", "score", "answer", "loss"]
MOST, FEWEST = 4, 3  # answers to choose from
TRIES = 60  # units that are looked at for a question with enough answers that differ
BENDS = {
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "gelu": lambda z: z * (1 + math.erf(z / math.sqrt(2))) / 2,
    "silu": lambda z: z / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "identity": lambda z: z,
}


class Option(NamedTuple):
    """One answer to choose from, and the slip that leads to it; no slip leads to the right one."""

    value: float
    slip: str


class Question(NamedTuple):
    """What is asked: the unit of a layer, or of the answers; what can be answered, in their order on screen."""

    kind: Kind
    layer: int
    unit: int
    options: tuple[Option, ...]

    @property
    def right(self) -> int:
        """The place of the right answer."""
        return next(place for place, option in enumerate(self.options) if not option.slip)


def said(value: float) -> str:
    """Return a number as the question shows it; answers that look the same are the same."""
    text = f"{value:.3g}" if abs(value) >= 5e-4 else "0"
    return text.replace("-", "−")


def question(found: Anatomy, head: Head, number: int) -> Question | None:
    """Return the question of this number about the example on screen; None where its numbers allow none."""
    chance = np.random.default_rng(number)
    for _ in range(TRIES):
        asked = _drawn(found, head, chance)
        if len(asked.options) >= FEWEST:
            order = chance.permutation(len(asked.options))
            return asked._replace(options=tuple(asked.options[place] for place in order))
    return None


def _drawn(found: Anatomy, head: Head, chance: np.random.Generator) -> Question:
    hidden = [place for place, layer in enumerate(found.layers[:-1]) if layer.activation in BENDS]  # not typed ones
    kinds = ["output"] * 3 * bool(hidden) + ["score", "loss"] + ["answer"] * (head != "identity")
    kind = kinds[chance.integers(len(kinds))]
    layer = hidden[chance.integers(len(hidden))] if kind == "output" else len(found.layers) - 1
    unit = int(chance.integers(found.layers[layer].sums.shape[1]))
    if kind in ("output", "score"):
        right, slips = float(found.layers[layer].outputs[0, unit]), list(_of_sum(found, layer, unit))
    elif kind == "answer":
        right, slips = float(found.answers[0, unit]), list(_of_answer(found.layers[-1].sums[0], unit, head))
    else:
        right, slips = float(found.losses[0]), list(_of_loss(found, head))
    chance.shuffle(slips)
    return Question(kind, layer, unit, tuple(_distinct([Option(right, ""), *slips])))


def _distinct(options: list[Option]) -> list[Option]:
    """Return the options that look different from those before them, at most MOST."""
    kept: dict[str, Option] = {}
    for option in options:
        if math.isfinite(option.value) and abs(option.value) < 1e6:
            kept.setdefault(said(option.value), option)
    return list(kept.values())[:MOST]


def inputs_of(found: Anatomy, layer: int) -> np.ndarray:
    """Return what goes into a layer (F,) of the example on screen."""
    return found.inputs[0] if layer == 0 else found.layers[layer - 1].outputs[0]


def _of_sum(found: Anatomy, layer: int, unit: int) -> Iterator[Option]:
    """Yield what a unit would give after a slip in its sum."""
    one: Layer = found.layers[layer]
    bend, bias = BENDS[one.activation], float(one.biases[unit])
    terms = one.weights[unit] * inputs_of(found, layer)
    total = float(one.sums[0, unit])
    by_size = np.argsort(-np.abs(terms))
    yield Option(bend(total - bias), "bias")
    yield Option(bend(total - 2 * bias), "bias_sign")
    yield Option(bend(total - 2 * float(terms[by_size[0]])), "sign")
    yield Option(bend(total - float(terms[by_size[min(1, len(terms) - 1)]])), "input")
    if one.activation != "identity":
        yield Option(total, "activation")
    else:
        yield Option(max(total, 0.0), "bent")


def _of_answer(scores: np.ndarray, unit: int, head: Head) -> Iterator[Option]:
    """Yield what a probability would be after a slip."""
    z = float(scores[unit])
    if head == "sigmoid":
        yield Option(1 / (1 + math.exp(min(z, 50))), "minus")
        yield Option(z, "no_exp")
        yield Option(math.tanh(z), "tanh")
        yield Option(math.exp(min(z, 12)), "not_divided")
        return
    powers = np.exp(scores - scores.max())
    yield Option(1 / (1 + math.exp(min(-z, 50))), "one_sigmoid")
    yield Option(float(powers[unit]), "by_largest")
    yield Option(z / float(scores.sum()) if abs(scores.sum()) > 1e-9 else math.inf, "no_exp")
    yield Option(float(powers[unit] / max(powers.sum() - powers[unit], 1e-12)), "others_only")
    yield Option(1 / len(scores), "even")


def _of_loss(found: Anatomy, head: Head) -> Iterator[Option]:
    """Yield what the loss would be after a slip."""
    if head == "identity":
        y, truth = float(found.answers[0, 0]), float(found.targets[0, 0])
        yield Option(abs(y - truth), "no_square")
        yield Option((y + truth) ** 2, "added")
        yield Option(y - truth, "error_only")
        yield Option((y - truth) ** 2 / 2, "half")
        return
    right = math.exp(-float(found.losses[0]))
    yield Option(math.log(right) if right > 0 else -math.inf, "no_minus")
    yield Option(-math.log10(right) if right > 0 else math.inf, "log10")
    yield Option(1 - right, "no_log")
    yield Option((1 - right) ** 2, "squared")
    yield Option(-math.log(1 - right) if right < 1 else math.inf, "wrong_one")


def written(found: Anatomy, asked: Question, most: int = 6) -> str:
    """Return the sum of a unit as text, the largest terms first where there are more than `most`."""
    layer = found.layers[asked.layer]
    weights, inputs = layer.weights[asked.unit], inputs_of(found, asked.layer)
    order = np.argsort(-np.abs(weights * inputs))[:most] if len(inputs) > most else range(len(inputs))
    parts = [f"({said(weights[place])} × {said(inputs[place])})" for place in order]
    more = " + …" if len(inputs) > most else ""
    return " + ".join(parts) + more + f" + ({said(layer.biases[asked.unit])}) = {said(layer.sums[0, asked.unit])}"
