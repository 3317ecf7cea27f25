"""Splitting: which examples a network may learn from, and which are kept to judge it.

A fair split is drawn by chance, never touches the same example twice, and holds every class in its
share of the whole.
"""

from __future__ import annotations

import numpy as np


def stratified_order(labels, seed):
    """Return all positions in a random order of which every stretch holds each class in its share."""
    random = np.random.default_rng(seed)
    place = np.empty(len(labels))
    for label in np.unique(labels):
        members = random.permutation(np.flatnonzero(labels == label))
        place[members] = (np.arange(len(members)) + random.random()) / len(members)
    return np.argsort(place, kind="stable")


def cut(order: np.ndarray, validation_share: float, test_share: float, train_share: float) -> tuple[np.ndarray, ...]:
    """Return the training, validation and test positions, cut from one order.

    Validation comes first and test second, so that neither depends on `train_share`: the share of
    what is left that is trained on, a beginning of one fixed order, so that fewer are a part of more.
    Each share is of its whole, between 0 and 1; at least one training example is kept.
    """
    validation = round(len(order) * validation_share)
    test = validation + round(len(order) * test_share)
    train = test + max(1, round((len(order) - test) * train_share))
    return order[test:train], order[:validation], order[validation:test]
