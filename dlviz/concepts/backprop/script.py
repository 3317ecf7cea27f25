"""The PyTorch that was just run: a script that prints the same losses and the same gradients.

Networks are written with torch.nn, so that the script is no copy of the graph on the page but a second way to it.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Protocol

from dlviz.concepts.backprop.spec import Question
from dlviz.export.formula_code import torch_code
from dlviz.formula import Call, Formula, Line, Variable, names_in, number_of, read_program

BENDS = {"tanh": "nn.Tanh()", "relu": "nn.ReLU()", "sigmoid": "nn.Sigmoid()", "identity": "nn.Identity()"}
PENALTIES = {
    "squared": "((y - t) ** 2).mean()",
    "logistic": "nn.functional.softplus(-y * t).mean()",
    "hinge": "torch.relu(1 - y * t).mean()",
}
TAKEN = {"torch", "nn", "p", "print", "zip", "range", "loss", "learns", "names", "output"}

HEAD = '''\
"""{title}

It prints the output before each update, and its gradient by everything that learns.
"""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
'''
LOOP = """
for update in range({updates} + 1):
    loss = output()
    gradients = torch.autograd.grad(loss, learns, allow_unused=True, materialize_grads=True)
    slopes = torch.cat([gradient.flatten() for gradient in gradients]).tolist()
    print(update, f"{{loss.item():.10g}}", *(f"{{name}}={{slope:.10g}}" for name, slope in zip(names, slopes)))
    with torch.no_grad():
        for weight, gradient in zip(learns, gradients):
            weight -= {rate!r} * gradient
"""
Given = Mapping[str, float]
Reads = Sequence[Sequence[float]]


def pytorch_script(question: Question, start: Given, reads: Reads, updates: int) -> str:
    """Return the script of so many updates.

    start: the numbers that the graph begins with, by their names in a link. reads: what a network reads, each
    example's numbers and its target. A line of its output: the update, the output, and name=gradient for each weight.
    """
    body = {"expression": _program, "neuron": _neuron, "mlp": _perceptron, "rnn": _recurrent}[question.scene]
    title = {
        "expression": "A typed program, and the gradient of its last line.",
        "neuron": "One neuron, and the gradient of its loss.",
        "mlp": "A small perceptron, and the gradient of its loss.",
        "rnn": "A recurrent network through time, and the gradient of its loss.",
    }[question.scene]
    loop = LOOP.format(updates=updates, rate=question.learning_rate)
    return f"{HEAD.format(title=title)}{body(question, start, reads)}{loop}"


class Found(Protocol):
    """What a worker answers: a graph with `nodes`, `start` and `reads`, and a row of `values` for each moment."""

    graph: Any
    values: Sequence[Any]


def page_script(question: Question, found: Found) -> str:
    """Return the script that prints the numbers that a worker found; see `pytorch_script`."""
    graph = found.graph
    start = {graph.nodes[place].key: float(value) for place, value in graph.start.items() if graph.nodes[place].key}
    return pytorch_script(question, start, graph.reads, len(found.values) - 1)


# ------------------------------------------------------------------------------- a typed program


def _program(question: Question, start: Given, reads: Reads) -> str:
    given: list[tuple[str, float]] = []  # what learns: its name and number, in the order of the program
    lines: list[str] = []
    known: set[str] = set()
    for line in read_program(question.program):
        number = number_of(line.formula)
        if line.name and number is not None:
            again = line.name in known
            _give(line.name, number if again else start.get(line.name, number), given, lines)
        else:
            for name in (name for name in names_in(line.formula) if name not in known):
                _give(name, start.get(name, 1.0), given, lines)
                known.add(name)
            lines.append(_assigned(line))
        known.add(line.name)
    numbers = "\n".join(f"    torch.tensor({value!r}, requires_grad=True),  # {name}" for name, value in given)
    body = "\n".join(f"    {line}" for line in lines)
    last = "" if lines[-1].startswith("return") else f"\n    return {lines[-1].partition(' = ')[0]}"
    names = [name for name, _ in given]
    return f"\nlearns = [\n{numbers}\n]\nnames = {names!r}\n\n\ndef output():\n    p = learns\n{body}{last}\n\n"


def _give(name: str, value: float, given: list[tuple[str, float]], lines: list[str]) -> None:
    lines.append(f"{_safe(name)} = p[{len(given)}]")
    given.append((name, float(value)))


def _assigned(line: Line) -> str:
    text = torch_code(_renamed(line.formula), like="")
    return f"{_safe(line.name)} = {text}" if line.name else f"return {text}"


def _renamed(formula: Formula) -> Formula:
    """Return the formula with variables of names that are safe in the script."""
    if isinstance(formula, Variable):
        return Variable(_safe(formula.name))
    return Call(formula.function, tuple(map(_renamed, formula.arguments))) if isinstance(formula, Call) else formula


def _safe(name: str) -> str:
    """Return a name that means nothing else in the script."""
    return f"{name}_" if name in TAKEN or keyword.iskeyword(name) else name


# --------------------------------------------------------------------------------- networks


def _neuron(question: Question, start: Given, reads: Reads) -> str:
    count = question.inputs
    return _joined(
        f"x = torch.tensor([{_list(start, [f'x{i}' for i in range(1, count + 1)])}])",
        f"t = torch.tensor([[{start['t']!r}]])",
        f"net = nn.Sequential(nn.Linear({count}, 1), {BENDS[question.activation]})",
        _filled("net[0]", [[f"w{i}" for i in range(1, count + 1)]], ["b"], start),
        "learns = list(net.parameters())",
        f"names = {[*(f'w{i}' for i in range(1, count + 1)), 'b']!r}",
        _output("y = net(x)", PENALTIES[question.penalty]),
    )


def _perceptron(question: Question, start: Given, reads: Reads) -> str:
    sizes = (2, *question.hidden)
    points = [[start[name] for name in ("x1", "x2")]] if len(reads) == 1 else [list(row[:2]) for row in reads]
    targets = [[start["t"]]] if len(reads) == 1 else [[row[2]] for row in reads]
    parts, layers, names = [], [], []
    for layer, (before, after) in enumerate(pairwise(sizes)):
        weights = [[f"{'wu'[layer]}{j}{i}" for i in range(1, before + 1)] for j in range(1, after + 1)]
        biases = [f"{'bc'[layer]}{j}" for j in range(1, after + 1)]
        layers += [f"nn.Linear({before}, {after})", BENDS[question.activation]]
        parts.append(_filled(f"net[{2 * layer}]", weights, biases, start))
        names += [*(name for row in weights for name in row), *biases]
    last = [f"v{i}" for i in range(1, sizes[-1] + 1)]
    parts.append(_filled(f"net[{2 * len(sizes) - 2}]", [last], ["d"], start))
    return _joined(
        f"x = torch.tensor({points!r})",
        f"t = torch.tensor({targets!r})",
        f"net = nn.Sequential({', '.join([*layers, f'nn.Linear({sizes[-1]}, 1)'])})",
        *parts,
        "learns = list(net.parameters())",
        f"names = {[*names, *last, 'd']!r}",
        _output("y = net(x)", PENALTIES[question.penalty]),
    )


def _recurrent(question: Question, start: Given, reads: Reads) -> str:
    units = range(1, question.memory + 1)
    one = question.memory == 1
    read = ["u"] if one else [f"u{j}" for j in units]
    state = [["w"]] if one else [[f"w{j}{i}" for i in units] for j in units]
    bias = ["b"] if one else [f"b{j}" for j in units]
    answer = ["v"] if one else [f"v{j}" for j in units]
    sequence = [[start[f"x{k}"]] for k in range(1, question.times + 1)]
    names = [*read, *(name for row in state for name in row), *bias, *answer, "c"]
    return _joined(
        f"x = torch.tensor([{sequence!r}])  # (B, S, F)",
        f"t = torch.tensor([[{start['t']!r}]])",
        f"rnn, answer = nn.RNN(1, {question.memory}, batch_first=True), nn.Linear({question.memory}, 1)",
        "with torch.no_grad():",
        f"    rnn.weight_ih_l0.copy_(torch.tensor({[[start[name]] for name in read]!r}))",
        f"    rnn.weight_hh_l0.copy_(torch.tensor({[[start[name] for name in row] for row in state]!r}))",
        f"    rnn.bias_ih_l0.copy_(torch.tensor({[start[name] for name in bias]!r}))",
        "    rnn.bias_hh_l0.zero_()  # one bias is enough",
        _filled("answer", [answer], ["c"], start),
        "learns = [rnn.weight_ih_l0, rnn.weight_hh_l0, rnn.bias_ih_l0, *answer.parameters()]",
        f"names = {names!r}",
        _output("y = answer(rnn(x)[0][:, -1])", PENALTIES["squared"]),
    )


def _list(start: Given, names: Sequence[str]) -> str:
    return ", ".join(repr(start[name]) for name in names)


def _filled(layer: str, weights: Sequence[Sequence[str]], biases: Sequence[str], start: Given) -> str:
    rows = [[start[name] for name in row] for row in weights]
    return (
        f"with torch.no_grad():\n    {layer}.weight.copy_(torch.tensor({rows!r}))\n"
        f"    {layer}.bias.copy_(torch.tensor({[start[name] for name in biases]!r}))"
    )


def _output(*lines: str) -> str:
    *before, last = lines
    return "\n\ndef output():\n" + "".join(f"    {line}\n" for line in before) + f"    return {last}\n"


def _joined(*parts: str) -> str:
    return "\n" + "\n".join(parts) + "\n"
