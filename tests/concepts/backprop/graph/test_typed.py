"""Typed programs become graphs: every number, variable and operation is a node, and nothing else is."""

import pytest

from dlviz.concepts.backprop.graph.typed import program_graph
from dlviz.concepts.backprop.spec import MICROGRAD
from dlviz.formula import FormulaError


def test_a_small_program_is_a_small_graph() -> None:
    graph = program_graph("a = 2\nb = -3\nL = (a * b + 1)^2")
    assert [node.operation for node in graph.nodes] == ["", "", "multiply", "", "add", "raise"]
    assert [node.name for node in graph.nodes] == ["a", "b", "v₁", "1", "v₂", "L"]
    assert graph.start == {0: 2.0, 1: -3.0, 3: 1.0}
    assert [node.kind for node in graph.nodes][:4] == ["variable", "variable", "operation", "constant"]
    assert graph.learns == [0, 1]


def test_a_name_used_twice_is_one_node_and_one_given_twice_is_two() -> None:
    graph = program_graph("a = 3; c = a * a; c += a; c")
    assert [node.name for node in graph.nodes][:2] == ["a", "c"]
    assert graph.edges[:2] == [(0, 1), (0, 1)]
    again = program_graph("a = 2; b = a^2; a = 5; a * b")
    assert [(node.name, node.key) for node in again.nodes if node.kind == "variable"] == [("a", "a"), ("a₂", "")]
    assert list(again.start.values()) == [2.0, 5.0]


def test_a_variable_without_a_number_is_one() -> None:
    graph = program_graph("x * y")
    assert [(node.name, graph.start[place]) for place, node in enumerate(graph.nodes[:2])] == [("x", 1.0), ("y", 1.0)]


def test_what_the_last_line_does_not_need_is_left_out() -> None:
    assert [node.name for node in program_graph("a = 1\nb = 2\nc = b * 9\nL = a + a").nodes] == ["a", "L"]


@pytest.mark.parametrize("text", ["a = 2", "a = 2; b = a + 1; a", "a = 2\nb = a\nb"])
def test_the_last_node_is_the_output_even_where_it_is_given(text: str) -> None:
    graph = program_graph(text)
    assert graph.nodes[-1].operation == "sum"
    assert graph.nodes[-1].parents == (0,)


def test_micrograds_example_is_read_as_python_reads_it() -> None:
    graph = program_graph(MICROGRAD)
    assert graph.learns == [0, 1]
    assert graph.nodes[-1].name == "g₂"
    assert [node.operation for node in graph.nodes].count("relu") == 2


def test_nonsense_is_refused() -> None:
    with pytest.raises(FormulaError):
        program_graph("a = = 2")
