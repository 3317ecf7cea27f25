"""Examples cannot be written to, and know the shape in which they enter a network."""

import numpy as np
import pytest

from dlviz.data.examples import Examples, Splits


def examples(inputs: np.ndarray) -> Examples:
    return Examples(inputs, np.arange(len(inputs), dtype=np.uint8), np.arange(len(inputs)))


def test_at_takes_positions_in_order_and_moves_the_indices() -> None:
    taken = examples(np.arange(12.0).reshape(6, 2)).at(np.array([4, 1]), offset=100)
    assert taken.inputs.tolist() == [[8, 9], [2, 3]]
    assert (taken.labels.tolist(), taken.labels.dtype) == ([4, 1], np.int64)
    assert taken.indices.tolist() == [104, 101]


def test_what_was_taken_is_read_only() -> None:
    taken = examples(np.zeros((6, 2))).at(np.array([1]))
    for array in (taken.inputs, taken.labels, taken.indices):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


@pytest.mark.parametrize(("inputs", "shape"), [((5, 28, 28), (1, 28, 28)), ((5, 2), (2,))])
def test_pictures_enter_with_one_channel_and_points_as_they_are(inputs: tuple, shape: tuple) -> None:
    part = examples(np.zeros(inputs))
    assert Splits(part, part, part, ("0", "1")).input_shape == shape
