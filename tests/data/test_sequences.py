"""Sequences are taken by position, no wider than the longest of them, and cannot be written to."""

import numpy as np
import pytest

from dlviz.data.sequences import Sequences

THREE = Sequences(
    letters=np.array([[1, 2, 3], [2, 0, 0], [3, 3, 0]], dtype=np.uint8),
    lengths=np.array([3, 1, 2]),
    labels=np.array([0, 1, 0]),
    symbols=("", "a", "b", "c"),
    classes=("long", "short"),
)


def test_sequences_are_taken_in_order_and_cut_to_the_longest() -> None:
    taken = THREE.at(np.array([2, 1]))
    assert (len(THREE), len(taken)) == (3, 2)
    assert taken.letters.tolist() == [[3, 3], [2, 0]]
    assert (taken.lengths.tolist(), taken.labels.tolist()) == ([2, 1], [0, 1])
    assert (taken.symbols, taken.classes) == (THREE.symbols, THREE.classes)
    assert THREE.at(np.array([], dtype=int)).letters.shape == (0, 0)


def test_what_was_taken_is_read_only() -> None:
    taken = THREE.at(np.array([0]))
    for array in (taken.letters, taken.lengths, taken.labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
