"""Equal questions have equal fingerprints, however they came to be; others have others."""

import pickle
from typing import NamedTuple

import numpy as np
import pytest

from dlviz.concepts.cnn.drawing import Steps
from dlviz.engine.fingerprint import fingerprint
from dlviz.spec import RunSpec


class Pair(NamedTuple):
    """Two values."""

    one: object
    other: object


def test_equal_specs_have_one_fingerprint_although_pickle_tells_them_apart() -> None:
    first, other = RunSpec(), RunSpec(seed=0)  # equal, but the second says a usual value
    assert first == other and pickle.dumps(first) != pickle.dumps(other)
    assert fingerprint(first, 3) == fingerprint(other, 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RunSpec(seed=1), RunSpec(seed=2)),
        (np.zeros(4, np.float32), np.zeros((2, 2), np.float32)),
        (np.zeros(4, np.float32), np.zeros(4, np.int32)),
        (1, 1.0),
        (1, True),
        ("1", 1),
        (None, "None"),
        (("a", "b"), ("ab",)),
        ((("a",), "b"), ("a", ("b",))),
        ({"a": 1}, {"a": 2}),
        (Steps(), Steps(crop=False)),
        (Pair(1, 2), Pair(2, 1)),
    ],
)
def test_different_values_have_different_fingerprints(one: object, other: object) -> None:
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(one) == fingerprint(pickle.loads(pickle.dumps(one)))


def test_the_order_of_a_mapping_does_not_matter() -> None:
    assert fingerprint({"a": 1, "b": [2]}) == fingerprint({"b": [2], "a": 1})


def test_what_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        fingerprint(object())
