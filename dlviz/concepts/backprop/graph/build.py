"""A graph is built as it is computed: things that are given, operations on them, and groups around those."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dlviz.concepts.backprop.recording import Graph, Group, Kind, Node

LOW, HIGH = "₀₁₂₃₄₅₆₇₈₉", "⁰¹²³⁴⁵⁶⁷⁸⁹"


def low(*numbers: int) -> str:
    """Return numbers as small figures below the line: low(1, 2) is ₁₂."""
    return "".join(LOW[int(digit)] for number in numbers for digit in str(number))


def high(number: int) -> str:
    """Return a number as small figures above the line, in parentheses: high(2) is ⁽²⁾."""
    return f"⁽{''.join(HIGH[int(digit)] for digit in str(number))}⁾"


class Builder:
    """Gathers nodes and groups; every method that adds a node returns its place."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.groups: list[Group] = []
        self.start: dict[int, float] = {}
        self.group = -1
        self.unnamed = 0

    def given(self, name: str, value: float, kind: Kind, key: str = "") -> int:
        """Add something that is given: a variable, an input, a weight or a constant."""
        self.start[len(self.nodes)] = float(value)
        return self._add(Node(name, key, kind, group=self.group))

    def operation(self, operation: str, *parents: int, name: str = "", number: float = 0.0) -> int:
        """Add an operation on nodes that are there; where it has no name it gets the next of v₁, v₂, …"""
        if not name:
            self.unnamed += 1
            name = f"v{low(self.unnamed)}"
        return self._add(Node(name, "", "operation", operation, parents, number, self.group))

    def called(self, place: int, name: str) -> None:
        """Give a node that has none a name."""
        self.unnamed -= 1
        self.nodes[place] = self.nodes[place]._replace(name=name)

    def _add(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    @contextmanager
    def grouped(self, what: str, name: str) -> Iterator[None]:
        """Gather all nodes that are added meanwhile in a group; the last of them is its exit."""
        place, around = len(self.groups), self.group
        self.groups.append(Group(what, name, -1, around))
        self.group = place
        yield
        self.groups[place] = self.groups[place]._replace(exit=len(self.nodes) - 1)
        self.group = around

    def graph(self, reads: tuple[tuple[float, ...], ...] = ()) -> Graph:
        """Return the graph as it is now."""
        return Graph(tuple(self.nodes), tuple(self.groups), dict(self.start), reads)
