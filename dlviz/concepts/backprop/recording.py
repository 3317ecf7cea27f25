"""What the backpropagation page found out: a graph, all its numbers, and three ways to every gradient."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

Kind = Literal["variable", "input", "weight", "constant", "operation"]


class Node(NamedTuple):
    """One number of a graph: what it is called, how it is made from which others, and where it belongs.

    name: what the picture calls it; key: what a link calls it ("" where it cannot be set). operation: a name of the
    table of rules, "" for what is given; number: the exponent of "raise". group: place of its innermost group, or -1.
    """

    name: str
    key: str = ""
    kind: Kind = "operation"
    operation: str = ""
    parents: tuple[int, ...] = ()
    number: float = 0.0
    group: int = -1


class Group(NamedTuple):
    """Nodes that can be drawn as one, the last of which is all that others use: a unit, or a whole example.

    what: "unit", "sample" or "loss"; name: its own part of what it is called; inside: the group around it, or -1.
    """

    what: str
    name: str
    exit: int
    inside: int = -1


class Graph(NamedTuple):
    """Nodes, each after its parents, of which the last is the output; the groups; and the numbers that are given."""

    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    start: dict[int, float]
    reads: tuple[tuple[float, ...], ...] = ()  # what a network reads: the numbers of each example, its target the last

    @property
    def edges(self) -> list[tuple[int, int]]:
        """(parent, child) of every edge, child by child, in the order of its parents."""
        return [(parent, child) for child, node in enumerate(self.nodes) for parent in node.parents]

    @property
    def learns(self) -> list[int]:
        """The places of the numbers that an update changes."""
        return [place for place, node in enumerate(self.nodes) if node.kind in ("variable", "weight")]


class Lesson(NamedTuple):
    """All numbers of a graph of N nodes and E edges before each of R updates, float64.

    values (R, N). By the rules of the page, with the bug that is planted in them: gradients (R, N) of the output,
    and locals (R, E), the local derivative on each edge. The other two ways: autograd (R, N), and differences (R, N),
    central differences of the rules' values. broken (E,): edges on which the planted bug acts. diverged_at: the update
    after which a number was no longer finite; nothing is recorded from there on.
    """

    graph: Graph
    rules: dict[str, tuple[str, tuple[str, ...]]]  # operation: its sign, and its derivatives in symbols
    values: np.ndarray
    gradients: np.ndarray
    locals: np.ndarray
    autograd: np.ndarray
    differences: np.ndarray
    broken: np.ndarray
    diverged_at: int | None = None

    @property
    def losses(self) -> np.ndarray:
        """The output before each update (R,)."""
        return self.values[:, -1]


TOLERANCE = 1e-6
"""By how much two ways to a gradient may differ, of the largest of 1, the gradients and the output."""


def agree(lesson: Lesson) -> np.ndarray:
    """Return (R, N) whether the three ways to each gradient agree; where the output is no number, they do.

    Where the difference is not finite, the rules and autograd are compared alone, and where these say alike that the
    gradient is not finite, they agree: a difference cannot tell there.
    """
    hand, torch, difference = lesson.gradients, lesson.autograd, lesson.differences
    output = lesson.values[:, -1:]
    ways = np.stack([hand, torch, np.where(np.isfinite(difference), difference, hand)])
    with np.errstate(invalid="ignore"):
        sizes = np.maximum(np.abs(ways).max(axis=0), np.maximum(1, np.abs(output)))
        near = ways.max(axis=0) - ways.min(axis=0) <= TOLERANCE * sizes
    finite = np.isfinite(hand) & np.isfinite(torch)
    alike = (hand == torch) | (np.isnan(hand) & np.isnan(torch))
    return np.where(finite, near, alike) | ~np.isfinite(output)
