"""Splits are disjoint, stratified, repeatable, and fewer training examples are a part of more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlviz.data.split import cut, stratified_order

LABELS = np.repeat(np.arange(10), 50)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=60), st.integers(0, 2**31 - 1))
def test_an_order_holds_every_position_once(labels: list[int], seed: int) -> None:
    assert sorted(stratified_order(np.array(labels), seed)) == list(range(len(labels)))


@pytest.mark.parametrize("length", [50, 100, 333])
def test_every_stretch_holds_each_class_in_its_share(length: int) -> None:
    order = stratified_order(LABELS, 3)
    for start in range(0, len(order) - length, 7):
        counts = np.bincount(LABELS[order[start : start + length]], minlength=10)
        assert np.abs(counts - length / 10).max() <= 1


def test_classes_of_unequal_size_keep_their_shares() -> None:
    labels = np.array([0] * 900 + [1] * 100)
    assert abs(labels[stratified_order(labels, 0)[:200]].sum() - 20) <= 1


def test_the_seed_decides_the_order() -> None:
    assert (stratified_order(LABELS, 5) == stratified_order(LABELS, 5)).all()
    assert (stratified_order(LABELS, 5) != stratified_order(LABELS, 6)).any()


def test_members_of_a_class_are_mixed() -> None:
    first = [next(p for p in stratified_order(LABELS, seed) if LABELS[p] == 0) for seed in range(20)]
    assert len(set(first)) > 10


def test_cuts_are_disjoint_and_whole() -> None:
    train, validation, test = cut(np.arange(100), 0.1, 0.2, 1)
    assert (len(train), len(validation), len(test)) == (70, 10, 20)
    assert sorted([*train, *validation, *test]) == list(range(100))


def test_fewer_training_examples_are_a_part_of_more_and_move_nothing_else() -> None:
    (less, *kept_less), (more, *kept_more) = cut(np.arange(100), 0.1, 0.2, 0.3), cut(np.arange(100), 0.1, 0.2, 0.8)
    assert (len(less), len(more)) == (21, 56)
    assert (more[:21] == less).all()
    assert all((a == b).all() for a, b in zip(kept_less, kept_more, strict=True))


def test_one_example_is_always_trained_on() -> None:
    assert len(cut(np.arange(20), 0.1, 0.1, 0.01)[0]) == 1
