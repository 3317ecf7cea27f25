"""Answers are values: a surgery that changes nothing is none, and equal ones are one question."""

import pickle

from dlviz.concepts.cnn.recording import Surgery


def test_a_surgery_without_operations_is_none():
    assert not Surgery()
    assert Surgery(muted=(("conv1", 0),))
    assert Surgery(edited=(("conv1", 0, (1.0,)),))


def test_equal_surgeries_are_the_same_question():
    one, other = (Surgery((("conv1", 2),), (("conv1", 0, (0.5, -1.0)),)) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.dumps(one) == pickle.dumps(other)
