"""Three ways to a gradient agree, or they do not."""

import numpy as np
import pytest

from dlviz.concepts.backprop.compute import lesson
from dlviz.concepts.backprop.recording import TOLERANCE, Graph, Group, Node, agree
from dlviz.concepts.backprop.spec import Question


def test_ways_agree_within_the_tolerance_of_the_largest_number() -> None:
    found = lesson(Question(program="a = 3\nL = a * 100", updates=1))
    assert agree(found).all()
    nearly = found._replace(differences=found.differences + 0.5 * TOLERANCE * found.losses[0])
    assert agree(nearly)[0].all()
    apart = found._replace(differences=found.differences + np.array([3 * TOLERANCE * found.losses[0], 0, 0]))
    assert agree(apart)[0].tolist() == [False, True, True]


def test_where_no_way_gives_a_number_nothing_disagrees() -> None:
    found = lesson(Question(program="a = -1\nL = log(a) + a"))
    assert agree(found).all()


@pytest.mark.parametrize("program", ["a = 0\nL = sqrt(a)", "L = 1 / exp(1000)", "a = 0\nb = 0\nL = a^b"])
def test_where_a_difference_cannot_tell_the_rules_are_held_against_autograd(program: str) -> None:
    found = lesson(Question(program=program, updates=1))
    assert np.isfinite(found.losses).all()
    assert not (np.isfinite(found.gradients) & np.isfinite(found.differences)).all()
    assert agree(found).all()
    for wrong in (3.0, -np.inf):  # by hand, of which autograd says otherwise
        gradients = found.gradients.copy()
        gradients[:, 0] = wrong
        assert not agree(found._replace(gradients=gradients))[:, 0].any()


def test_edges_and_what_learns() -> None:
    nodes = (Node("a", "a", "variable"), Node("2", "", "constant"), Node("L", operation="multiply", parents=(0, 1)))
    graph = Graph(nodes, (Group("unit", "u", 2),), {0: 1.0, 1: 2.0})
    assert graph.edges == [(0, 2), (1, 2)]
    assert graph.learns == [0]
