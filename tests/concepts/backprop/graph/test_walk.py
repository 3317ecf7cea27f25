"""The chain rule by hand agrees with torch's autograd and with central differences, for a thousand formulas."""

from functools import partial

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dlviz.concepts.backprop.compute import autograd, graph_of
from dlviz.concepts.backprop.graph import walk
from dlviz.concepts.backprop.graph.typed import program_graph
from dlviz.concepts.backprop.recording import Graph
from dlviz.concepts.backprop.spec import Question
from dlviz.formula import Call, Formula, Number, Variable, formula_text

CORNERS = {"relu", "abs", "sign", "max", "min"}
NEAR = 1e-3  # of a corner, where a difference looks at both sides of it


def plus_one(formula: Formula) -> Formula:
    """Return 1 + formula², which is never below 1."""
    return Call("add", (Number(1.0), Call("power", (formula, Number(2.0)))))


def tamed(name: str, formula: Formula) -> Formula:
    """Return a function of the formula squeezed between -1 and 1."""
    return Call(name, (Call("tanh", (formula,)),))


def pair(function: str, parts: tuple[Formula, Formula]) -> Formula:
    """Return an operation on two formulas, of which the second is kept where it is defined."""
    left, right = parts
    if function == "divide":
        right = plus_one(right)
    if function == "power":
        left, right = plus_one(left), Call("tanh", (right,))
    return Call(function, (left, right))


def wider(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    """Return formulas one operation larger than those given."""
    anywhere = ("tanh", "sigmoid", "sin", "cos", "atan", "erf", "softplus", "relu", "abs", "negative")
    plain = st.builds(lambda name, one: Call(name, (one,)), st.sampled_from(anywhere), inner)
    squeezed = st.builds(tamed, st.sampled_from(("exp", "tan", "sinh", "cosh")), inner)
    positive = st.builds(lambda name, one: Call(name, (plus_one(one),)), st.sampled_from(("log", "sqrt")), inner)
    raised = st.builds(lambda one, n: Call("power", (one, Number(n))), inner, st.sampled_from((2.0, 3.0)))
    names = ("add", "subtract", "multiply", "divide", "power", "max", "min")
    pairs = st.one_of(*(st.tuples(inner, inner).map(partial(pair, name)) for name in names))
    return st.one_of(plain, squeezed, positive, raised, pairs)


LEAVES = st.one_of(st.sampled_from("xyz").map(Variable), st.sampled_from((0.5, 1.0, 2.0)).map(Number))
FORMULAS = st.recursive(LEAVES, wider, max_leaves=10)
NUMBERS = st.floats(-2, 2).map(lambda value: round(value, 3))


def near_a_corner(graph: Graph, values: np.ndarray) -> bool:
    """Return whether anything stands so near a corner that a difference would reach over it."""
    for node in graph.nodes:
        parts = [values[parent] for parent in node.parents]
        if node.operation in CORNERS and abs(parts[0] - (parts[1] if len(parts) > 1 else 0)) < NEAR:
            return True
    return False


@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(FORMULAS, NUMBERS, NUMBERS, NUMBERS)
def test_by_hand_by_torch_and_by_differences_a_gradient_is_the_same(
    formula: Formula, x: float, y: float, z: float
) -> None:
    graph = program_graph(f"x = {x}\ny = {y}\nz = {z}\nL = {formula_text(formula)}")
    values = np.array(walk.forward(graph, {place: np.float64(one) for place, one in graph.start.items()}), float)
    assume(np.abs(values).max() < 50 and not near_a_corner(graph, values))
    found = walk.backward(graph, list(values))
    ours = np.array(found.gradients, float)
    theirs = autograd(graph, values[None])[0]
    size = max(1.0, np.abs(ours).max())
    assert np.abs(ours - theirs).max() <= 1e-10 * size
    assume(size < 1e4)
    assert np.abs(ours - walk.differences(graph, values[None])[0]).max() <= 2e-6 * size


def test_a_gradient_is_gathered_from_all_that_use_a_number() -> None:
    graph = program_graph("a = 3\nL = a * a + a")
    values = walk.forward(graph, {0: np.float64(3)})
    assert float(walk.backward(graph, values).gradients[0]) == 7
    assert float(walk.backward(graph, values, "overwrite").gradients[0]) in (1, 3)


@pytest.mark.parametrize(
    ("bug", "text", "wrong"),
    [
        ("overwrite", "a = 3\nL = a * a + a", 3.0),
        ("chain", "a = 3\nL = (2 * a)^2", 2.0),
        ("product", "a = 3\nb = 5\nL = a * b", 3.0),
        ("power", "a = 3\nL = a^2", 3.0),
        ("tanh", "a = 0\nL = tanh(a)", 1.0),
        ("tanh", "a = 0.5\nL = tanh(a)", 1 - np.tanh(0.5)),
    ],
)
def test_a_planted_bug_does_what_people_do(bug: str, text: str, wrong: float) -> None:
    graph = program_graph(text)
    values = walk.forward(graph, {place: np.float64(one) for place, one in graph.start.items()})
    assert float(walk.backward(graph, values, bug).gradients[0]) == pytest.approx(wrong)


@pytest.mark.parametrize(
    ("bug", "edges"), [("none", 0), ("overwrite", 3), ("chain", 5), ("product", 2), ("power", 1), ("tanh", 0)]
)
def test_where_a_bug_acts_is_known(bug: str, edges: int) -> None:
    graph = graph_of(Question(program="a = 3\nb = 2\nc = a * b\nd = a + c\nL = (d - a)^2"))
    assert walk.broken(graph, bug).sum() == (edges if bug != "chain" else len(graph.edges) - 1)
