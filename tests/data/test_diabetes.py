"""The people with diabetes: as many as were published, on one scale, and nobody can change them."""

import numpy as np
import pytest

from dlviz.data.diabetes import patients


def test_there_are_442_people_on_one_scale() -> None:
    features, targets = patients()
    assert (features.shape, targets.shape) == ((442, 2), (442,))
    for part in (features, targets):
        assert part.mean(axis=0) == pytest.approx(np.zeros(part.shape[1:]), abs=1e-12)
        assert part.std(axis=0) == pytest.approx(np.ones(part.shape[1:]))
        assert not part.flags.writeable


def test_both_measurements_say_something_of_the_progression() -> None:
    features, targets = patients()
    assert (features.T @ targets / len(targets)).round(2).tolist() == [0.59, 0.57]
