"""What was found travels as it is: equal questions get equal numbers."""

import pickle

import numpy as np

from dlviz.concepts.rnn.recording import Baseline, Spread


def test_answers_can_travel() -> None:
    assert pickle.loads(pickle.dumps(Baseline(0.5, 0.25, 7))) == Baseline(0.5, 0.25, 7)
    spread = Spread(np.array([1, 2]), np.array([0.4, 0.3]), "test_accuracy")
    assert pickle.loads(pickle.dumps(spread)).scores.tolist() == [0.4, 0.3]
