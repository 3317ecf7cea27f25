"""The graphs of networks: one neuron, a small perceptron on some examples, a recurrent network through time.

A unit is a group that can be drawn as one node; so is a whole example, where there are several.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from dlviz.concepts.backprop.graph.build import Builder, high, low
from dlviz.concepts.backprop.recording import Graph
from dlviz.concepts.backprop.spec import Question

Examples = Sequence[Sequence[float]]

NEURON = {"inputs": (2.0, -1.0, 0.5, 1.5), "weights": (-0.5, 1.0, 0.8, -0.3), "bias": 0.8, "target": 1.0}
REMEMBERS = {"u": 1.0, "w": 0.6, "b": 0.1, "v": 1.2, "c": 0.0}
WAVE = (0.0, 0.78, 0.97, 0.43, -0.44, -0.98, -0.77)  # sin(0.9 k), rounded: what the recurrent network reads


def neuron_graph(question: Question) -> Graph:
    """Return one neuron: inputs × weights, their sum with the bias, the activation, and how wrong that is."""
    build, count = Builder(), question.inputs
    inputs = [build.given(f"x{low(i + 1)}", NEURON["inputs"][i], "input", f"x{i + 1}") for i in range(count)]
    weights = [build.given(f"w{low(i + 1)}", NEURON["weights"][i], "weight", f"w{i + 1}") for i in range(count)]
    bias = build.given("b", NEURON["bias"], "weight", "b")
    target = build.given("t", NEURON["target"], "input", "t")
    terms = [
        build.operation("multiply", w, x, name=f"p{low(i + 1)}")
        for i, (w, x) in enumerate(zip(weights, inputs, strict=True))
    ]
    total = build.operation("sum", *terms, bias, name="z")
    output = build.operation(question.activation, total, name="y") if question.activation != "identity" else total
    _penalty(build, question.penalty, output, target, "")
    return build.graph(((*NEURON["inputs"][:count], NEURON["target"]),))


def _penalty(build: Builder, penalty: str, output: int, target: int, mark: str) -> int:
    """Add how wrong an output is; `mark` tells the example."""
    if penalty == "squared":
        return build.operation(
            "raise", build.operation("subtract", output, target, name=f"e{mark}"), number=2.0, name=f"L{mark}"
        )
    margin = build.operation("multiply", output, target, name=f"m{mark}")
    if penalty == "logistic":
        return build.operation("softplus", build.operation("negative", margin, name=f"s{mark}"), name=f"L{mark}")
    one = build.given("1", 1.0, "constant")
    return build.operation("relu", build.operation("subtract", one, margin, name=f"s{mark}"), name=f"L{mark}")


# -------------------------------------------------------------------------------- a perceptron


def perceptron_graph(question: Question, examples: Examples) -> Graph:
    """Return a perceptron of two inputs on examples (x₁, x₂, target); the losses of several are averaged."""
    build = Builder()
    layers = _weights(build, (2, *question.hidden, 1), random.Random(question.seed))
    losses = []
    for number, example in enumerate(examples, 1):
        if len(examples) == 1:
            losses.append(_example(build, question, layers, example, ""))
            continue
        with build.grouped("sample", str(number)):
            losses.append(_example(build, question, layers, example, high(number)))
    if len(losses) > 1:
        build.operation("mean", *losses, name="L")
    return build.graph(tuple(tuple(map(float, example)) for example in examples))


def _weights(build: Builder, sizes: Sequence[int], draw: random.Random) -> list[list[tuple[list[int], int]]]:
    """Add the weights of all layers: for each of its units the places of its weights and of its bias."""
    layers, last = [], len(sizes) - 2
    for layer in range(last + 1):
        weight, bias = "v" if layer == last else "wu"[layer], "d" if layer == last else "bc"[layer]
        units = []
        for unit in range(1, sizes[layer + 1] + 1):
            places = [(unit, i) if layer < last else (i,) for i in range(1, sizes[layer] + 1)]
            spread = sizes[layer] ** -0.5
            weights = [
                build.given(
                    f"{weight}{low(*place)}",
                    round(draw.gauss(0, spread), 2),
                    "weight",
                    weight + "".join(map(str, place)),
                )
                for place in places
            ]
            numbers = (unit,) if layer < last else ()
            units.append(
                (weights, build.given(f"{bias}{low(*numbers)}", 0.0, "weight", bias + "".join(map(str, numbers))))
            )
        layers.append(units)
    return layers


def _example(build: Builder, question: Question, layers: list, example: Sequence[float], mark: str) -> int:
    *inputs, target = example
    signals = [
        build.given(f"x{low(i)}{mark}", value, "input", "" if mark else f"x{i}") for i, value in enumerate(inputs, 1)
    ]
    goal = build.given(f"t{mark}", target, "input", "" if mark else "t")
    for layer, units in enumerate(layers[:-1]):
        letter = "hg"[layer]
        signals = [
            _unit(build, question.activation, weights, bias, signals, f"{letter}{low(j)}{mark}")
            for j, (weights, bias) in enumerate(units, 1)
        ]
    weights, bias = layers[-1][0]
    output = _unit(build, "identity", weights, bias, signals, f"y{mark}")
    with build.grouped("loss", f"L{mark}"):
        return _penalty(build, question.penalty, output, goal, mark)


def _unit(build: Builder, bend: str, weights: Sequence[int], bias: int, signals: Sequence[int], name: str) -> int:
    """Add one unit as a group: products, their sum with the bias, the activation."""
    with build.grouped("unit", name):
        terms = [build.operation("multiply", w, x) for w, x in zip(weights, signals, strict=True)]
        total = build.operation("sum", *terms, bias, name=name if bend == "identity" else f"z·{name}")
        return total if bend == "identity" else build.operation(bend, total, name=name)


# --------------------------------------------------------------------------- a recurrent network


def recurrent_graph(question: Question) -> Graph:
    """Return a recurrent network that reads one number a step, with the same weights at each, and says the next one."""
    build, units = Builder(), question.memory
    weights = _shared(build, units, random.Random(question.seed))
    reads = [build.given(f"x{low(k + 1)}", WAVE[k], "input", f"x{k + 1}") for k in range(question.times)]
    target = build.given("t", WAVE[question.times], "input", "t")
    state: list[int] = []
    for time, read in enumerate(reads, 1):
        state = [
            _unit(
                build,
                "tanh",
                [*weights["u"][j], *(weights["w"][j] if state else ())],
                weights["b"][j],
                [read, *state],
                _state(j, time, units),
            )
            for j in range(units)
        ]
    output = _unit(build, "identity", weights["v"], weights["c"], state, "y")
    with build.grouped("loss", "L"):
        _penalty(build, "squared", output, target, "")
    return build.graph((WAVE[: question.times + 1],))


def _state(unit: int, time: int, units: int) -> str:
    return f"h{low(time)}" if units == 1 else f"h{low(time)}{high(unit + 1)}"


def _shared(build: Builder, units: int, draw: random.Random) -> dict[str, list]:
    """Add the weights that every step uses: u of what is read, w of what is remembered, b; v and c of the answer."""

    def weight(name: str, *places: int) -> int:
        if units == 1:
            return build.given(name, REMEMBERS[name], "weight", name)
        value = 0.0 if name in "bc" else round(draw.gauss(0, 0.6), 2)
        return build.given(f"{name}{low(*places)}", value, "weight", name + "".join(map(str, places)))

    units_ = range(1, units + 1)
    return {
        "u": [[weight("u", j)] for j in units_],
        "w": [[weight("w", j, i) for i in units_] for j in units_],
        "b": [weight("b", j) for j in units_],
        "v": [weight("v", j) for j in units_],
        "c": weight("c"),
    }
