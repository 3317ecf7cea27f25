"""A graph is built as it is computed."""

from dlviz.concepts.backprop.graph.build import Builder, high, low


def test_numbers_are_written_below_and_above_the_line() -> None:
    assert (low(1, 20), high(13)) == ("₁₂₀", "⁽¹³⁾")


def test_nodes_follow_their_parents_and_groups_know_their_exit() -> None:
    build = Builder()
    a = build.given("a", 2, "weight", "a")
    with build.grouped("sample", "1"):
        b = build.given("b", 3, "input")
        with build.grouped("unit", "h"):
            build.operation("multiply", a, b)
            h = build.operation("tanh", 2, name="h")
        last = build.operation("raise", h, number=2.0)
    graph = build.graph(((1.0, 2.0),))
    assert [node.name for node in graph.nodes] == ["a", "b", "v₁", "h", "v₂"]
    assert [node.group for node in graph.nodes] == [-1, 0, 1, 1, 0]
    assert [(group.exit, group.inside) for group in graph.groups] == [(last, -1), (h, 0)]
    assert graph.start == {a: 2.0, b: 3.0}
    assert graph.edges == [(0, 2), (1, 2), (2, 3), (3, 4)]
    assert graph.learns == [a]


def test_a_name_that_is_given_later_frees_its_number() -> None:
    build = Builder()
    build.given("a", 1, "variable")
    build.called(build.operation("exp", 0), "b")
    build.operation("exp", 1)
    assert [node.name for node in build.nodes] == ["a", "b", "v₁"]
