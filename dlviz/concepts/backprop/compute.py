"""A graph's numbers, computed three ways: rules by hand, torch's autograd, central differences; then the updates."""

from __future__ import annotations

import numpy as np
import torch

from dlviz.concepts.backprop.graph import networks, walk
from dlviz.concepts.backprop.graph.rules import symbols
from dlviz.concepts.backprop.graph.typed import program_graph
from dlviz.concepts.backprop.recording import Graph, Lesson
from dlviz.concepts.backprop.spec import Question, read_values
from dlviz.data.load import load
from dlviz.models.formulas import OPERATIONS
from dlviz.spec import Plane

POINTS = 100  # of which the training half is looked at
SCALE = 3.0  # the plane's coordinates are divided by it, so that units begin where they bend
MOST_NUMBERS = 60_000  # of one answer: large graphs are followed over fewer updates
FEWEST = 5
TORCH = {
    **OPERATIONS,
    "sum": lambda *parts: torch.stack(parts).sum(0),
    "mean": lambda *parts: torch.stack(parts).mean(0),
}


def lesson(question: Question) -> Lesson:
    """Return the question's graph with all its numbers, before each of as many updates as were asked for.

    Fewer are recorded of a large graph, and of one whose numbers are no longer finite.
    """
    graph = graph_of(question)
    size = 4 * len(graph.nodes) + len(graph.edges)
    updates = min(question.updates, max(FEWEST, MOST_NUMBERS // size))
    with np.errstate(all="ignore"):
        passes, diverged_at = _descend(graph, question, updates)
        values, gradients, locals_ = (np.array([one[part] for one in passes], float) for part in range(3))
        differences = walk.differences(graph, values)
    rules = {f"{n.operation}{len(n.parents)}": symbols(n.operation, len(n.parents)) for n in graph.nodes if n.operation}
    return Lesson(
        graph,
        rules,
        values,
        gradients,
        locals_.reshape(len(values), -1),
        autograd(graph, values),
        differences,
        walk.broken(graph, question.bug),
        diverged_at,
    )


def graph_of(question: Question) -> Graph:
    """Return the graph that the question is about, with the numbers it begins with."""
    if question.scene == "expression":
        graph = program_graph(question.program)
    elif question.scene == "neuron":
        graph = networks.neuron_graph(question)
    elif question.scene == "mlp":
        graph = networks.perceptron_graph(question, examples(question))
    else:
        graph = networks.recurrent_graph(question)
    set_by_hand = read_values(question.values)
    start = {place: set_by_hand.get(graph.nodes[place].key, value) for place, value in graph.start.items()}
    return graph._replace(start=start)


def examples(question: Question) -> np.ndarray:
    """Return (B, 3) examples of the plane: two coordinates, and the class as the target -1 or 1."""
    known = load(Plane(data=question.data, points=POINTS), 0).train
    places = (np.arange(question.batch) + question.sample - 1) % len(known.labels)
    points = np.round(np.asarray(known.inputs, float)[places] / SCALE, 2)
    return np.column_stack([points, 2.0 * known.labels[places] - 1])


def _descend(graph: Graph, question: Question, updates: int) -> tuple[list[walk.Pass], int | None]:
    """Return one pass for each moment, from before the first update on, and when numbers stopped being finite."""
    given: dict[int, np.float64] = {place: np.float64(value) for place, value in graph.start.items()}
    passes: list[walk.Pass] = []
    for update in range(updates + 1):
        values = walk.forward(graph, given)
        if passes and not all(np.isfinite(values[place]) for place in (*graph.learns, len(values) - 1)):
            return passes, update
        passes.append(walk.backward(graph, values, question.bug))
        slopes = passes[-1].gradients
        given |= {place: given[place] - question.learning_rate * slopes[place] for place in graph.learns}
    return passes, None


def autograd(graph: Graph, values: np.ndarray) -> np.ndarray:
    """Return (R, N) what torch's autograd says of the last node by every node; `values` (R, N), all rows at once."""
    columns: list[torch.Tensor] = []
    for place, node in enumerate(graph.nodes):
        if node.operation:
            columns.append(_by_torch(node.operation, [columns[parent] for parent in node.parents], node.number))
        else:
            columns.append(torch.tensor(values[:, place], requires_grad=True))
    found = torch.autograd.grad(columns[-1].sum(), columns, allow_unused=True, materialize_grads=True)
    return np.stack([one.numpy() for one in found], axis=1)


def _by_torch(operation: str, parents: list[torch.Tensor], number: float) -> torch.Tensor:
    return parents[0] ** number if operation == "raise" else TORCH[operation](*parents)
