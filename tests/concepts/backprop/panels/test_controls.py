"""The choices beside the stage make another question, and say when one comes to a graph anew."""

import pytest

from dlviz.concepts.backprop.panels.controls import SHAPES, changed
from dlviz.concepts.backprop.spec import Question, View

STANDING = View(question=Question(scene="neuron", values="w1=2"), at=3, walk=5, node=2, open=(1,))


def test_nothing_changed_is_the_same_view() -> None:
    assert changed(STANDING, {"learning_rate": STANDING.question.learning_rate}) is STANDING


@pytest.mark.parametrize("values", [{"learning_rate": 0.5}, {"bug": "tanh"}, {"updates": 7}])
def test_what_is_learnt_how_leaves_one_where_one_stands(values: dict[str, object]) -> None:
    view = changed(STANDING, values)
    assert view == STANDING.model_copy(update={"question": STANDING.question.model_copy(update=values)})


@pytest.mark.parametrize("values", [{"scene": "rnn"}, {"activation": "relu"}, {"inputs": 3}, {"seed": 4}])
def test_in_another_graph_one_begins_anew(values: dict[str, object]) -> None:
    view = changed(STANDING, values)
    assert (view.at, view.walk, view.node, view.open, view.question.values) == (0, None, None, (), "")
    assert set(values) <= set(SHAPES)


def test_another_program_keeps_numbers_set_by_hand() -> None:
    view = View(question=Question(values="a=7"), at=2)
    found = changed(view, {"program": "a = 1\nL = a^2"})
    assert (found.at, found.question.values) == (0, "a=7")


def test_all_that_shapes_a_graph_is_a_field() -> None:
    assert set(SHAPES) <= set(Question.model_fields)
