"""Forward and back: values one operation at a time, then gradients by the chain rule, in float64 and by hand.

Every gradient is what flows back to a node from those it is used by: upstream × local, added up. The bugs that
can be planted here are the ones that people make.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from dlviz.concepts.backprop.graph.rules import Numbers, slopes, value
from dlviz.concepts.backprop.recording import Graph
from dlviz.concepts.backprop.spec import Bug

STEP = 1e-5  # of central differences, for values near 1


class Pass(NamedTuple):
    """A whole pass: values and gradients by node, and the local derivative on each edge, in the order of edges."""

    values: list[Numbers]
    gradients: list[Numbers]
    locals: list[Numbers]


def forward(graph: Graph, given: Mapping[int, Numbers]) -> list[Numbers]:
    """Return the value of every node, where those that are made of nothing have the values given."""
    values: list[Numbers] = []
    for place, node in enumerate(graph.nodes):
        if node.operation:
            values.append(value(node.operation, [values[parent] for parent in node.parents], node.number))
        else:
            values.append(given[place])
    return values


def backward(graph: Graph, values: list[Numbers], bug: Bug = "none") -> Pass:
    """Return the gradient of the last node by every node, one operation at a time and the last one first."""
    nothing = np.zeros(np.shape(values[-1]))[()]
    gradients: list[Numbers] = [nothing] * len(values)
    gradients[-1] = nothing + 1
    slots: list[list[Numbers]] = [[] for _ in graph.nodes]
    for place in range(len(graph.nodes) - 1, -1, -1):
        node = graph.nodes[place]
        if not node.operation:
            continue
        slots[place] = local(graph, values, place, bug)
        for parent, slope in zip(node.parents, slots[place], strict=True):
            downstream = slope + 0 * values[place] if bug == "chain" else gradients[place] * slope
            gradients[parent] = downstream if bug == "overwrite" else gradients[parent] + downstream
    return Pass(values, gradients, [one for slot in slots for one in slot])


def local(graph: Graph, values: list[Numbers], place: int, bug: Bug = "none") -> list[Numbers]:
    """Return the local derivatives of one operation, one for each parent, as the page's rules have them."""
    node = graph.nodes[place]
    parents, y = [values[parent] for parent in node.parents], values[place]
    found = list(slopes(node.operation, parents, y, node.number))
    if bug == "product" and node.operation == "multiply":
        found = parents
    elif bug == "power" and node.operation == "raise":
        found = [parents[0] ** (node.number - 1)]
    elif bug == "tanh" and node.operation == "tanh":
        found = [1 - y]
    return found


def broken(graph: Graph, bug: Bug) -> np.ndarray:
    """Return (E,) on which edges the bug acts: where its rule is used, or where gradients meet and one is lost."""
    edges = graph.edges
    uses = np.bincount([parent for parent, _ in edges], minlength=len(graph.nodes))
    last = len(graph.nodes) - 1
    operations = {"product": "multiply", "power": "raise", "tanh": "tanh"}
    acts = {
        "overwrite": lambda parent, child: uses[parent] > 1,
        "chain": lambda parent, child: child != last,
    }.get(bug, lambda parent, child: graph.nodes[child].operation == operations.get(bug))
    return np.array([acts(parent, child) for parent, child in edges], dtype=bool)


def differences(graph: Graph, values: np.ndarray) -> np.ndarray:
    """Return (R, N) central differences of the last node, by each node as if it were given; `values` (R, N).

    All of them are computed at once: each node is moved up in one column, and down in another.
    """
    rows, count = values.shape
    steps = STEP * np.maximum(1, np.abs(values))
    moved: list[np.ndarray] = []
    for place, node in enumerate(graph.nodes):
        parents = [moved[parent] for parent in node.parents]
        column = value(node.operation, parents, node.number) if node.operation else values[:, place, None]
        column = np.array(np.broadcast_to(column, (rows, 2 * count)))  # (R, 2N)
        column[:, 2 * place] += steps[:, place]
        column[:, 2 * place + 1] -= steps[:, place]
        moved.append(column)
    return (moved[-1][:, 0::2] - moved[-1][:, 1::2]) / (2 * steps)
