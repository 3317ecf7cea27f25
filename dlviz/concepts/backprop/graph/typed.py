"""The graph of a typed program: a node for every number, variable and operation of it that the result needs."""

from __future__ import annotations

from dlviz.concepts.backprop.graph.build import Builder, low
from dlviz.concepts.backprop.recording import Graph
from dlviz.formula import Formula, Line, Variable, number_of, read_program

UNSET = 1.0  # of a variable that the program gives no number


def program_graph(text: str) -> Graph:
    """Return the graph of the program's last line.

    `a = 2` gives the variable a its number, `c = a + b` names an operation; a variable without a number is 1.
    Raises: FormulaError where the program cannot be read.
    """
    return needed(_Program(read_program(text)).build.graph())


class _Program:
    """Turns line after line into nodes; `known`: where each name is now, `versions`: how often it got a value."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self.build, self.known, self.versions = Builder(), {}, {}
        for line in lines:
            self.line(line)
        if self.place != len(self.build.nodes) - 1 or not self.build.nodes[-1].operation:
            self._copy_last()

    def line(self, line: Line) -> None:
        number = number_of(line.formula)
        if line.name and number is not None:
            self.place = self._variable(line.name, number)
            return
        before = len(self.build.nodes)
        self.place = self._formula(line.formula)
        if line.name:
            if self.place >= before and self.build.nodes[self.place].operation:
                self.build.called(self.place, self._version(line.name))
            self.known[line.name] = self.place

    def _copy_last(self) -> None:
        """Let the last line's value be an operation and the last node, where it is only a name of what was there."""
        self.place = self.build.operation("sum", self.place, name=f"{self.build.nodes[self.place].name}′")

    def _version(self, name: str) -> str:
        self.versions[name] = self.versions.get(name, 0) + 1
        return name if self.versions[name] == 1 else f"{name}{low(self.versions[name])}"

    def _variable(self, name: str, value: float) -> int:
        shown = self._version(name)
        key = name if shown == name else ""  # a number given later cannot be told apart in a link
        self.known[name] = self.build.given(shown, value, "variable", key)
        return self.known[name]

    def _formula(self, formula: Formula) -> int:
        number = number_of(formula)
        if number is not None:
            return self.build.given(f"{number:g}".replace("-", "−"), number, "constant")
        if isinstance(formula, Variable):
            return self.known[formula.name] if formula.name in self.known else self._variable(formula.name, UNSET)
        if formula.function == "power" and (exponent := number_of(formula.arguments[1])) is not None:
            return self.build.operation("raise", self._formula(formula.arguments[0]), number=exponent)
        return self.build.operation(formula.function, *map(self._formula, formula.arguments))


def needed(graph: Graph) -> Graph:
    """Return the graph without what its last node does not depend on."""
    kept = {len(graph.nodes) - 1}
    for place in range(len(graph.nodes) - 1, -1, -1):
        if place in kept:
            kept |= set(graph.nodes[place].parents)
    places = {old: new for new, old in enumerate(sorted(kept))}
    nodes = tuple(
        graph.nodes[old]._replace(parents=tuple(places[parent] for parent in graph.nodes[old].parents))
        for old in places
    )
    start = {places[old]: value for old, value in graph.start.items() if old in places}
    return Graph(nodes, (), start)
