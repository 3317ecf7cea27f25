"""Loading: from the name of a data set to its examples, split by the seed.

The same seed and shares always give the same split, and asking for fewer training examples takes
some away without changing the rest.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from dlviz.data.digits import CLASSES, all_digits, digits_folder, embedded_digits
from dlviz.data.examples import Examples, Splits
from dlviz.data.plane import LAYOUTS, scatter
from dlviz.data.split import cut, stratified_order
from dlviz.recording import read_only
from dlviz.spec import Data, Mnist5k, MnistFull, Plane


def load(data: Data, seed: int) -> Splits:
    """Return the training, validation and test examples that `data` and the seed decide.

    The arrays are shared by everybody who asks for the same, and read-only.
    Raises: ValueError where data that does not come with the program is not there; it is never fetched here.
    """
    return _full(data, seed, digits_folder()) if isinstance(data, MnistFull) else _small(data, seed)


@lru_cache(maxsize=16)  # a class of pupils, each with a seed of their own, on some workers: 4 MB each
def _small(data: Mnist5k | Plane, seed: int) -> Splits:
    if isinstance(data, Mnist5k):
        return _split(embedded_digits(), seed, data.validation_share, data.test_share, data.train_share)
    return _plane(data, seed)


@lru_cache(maxsize=3)  # 55 MB each
def _full(data: MnistFull, seed: int, folder: Path) -> Splits:
    known, test = all_digits(folder)
    parts = _split(known, seed, data.validation_share, 0, data.train_share)
    return Splits(parts.train, parts.validation, test.at(np.arange(len(test)), offset=len(known)), CLASSES)


def _split(digits: Examples, seed: int, validation: float, test: float, train: float) -> Splits:
    parts = cut(stratified_order(digits.labels, seed), validation, test, train)
    return Splits(*map(digits.at, parts), CLASSES)


def _plane(data: Plane, seed: int) -> Splits:
    points, labels = scatter(LAYOUTS[data.data], data.points, data.noise, seed)
    known = Examples(read_only(points), read_only(labels), read_only(np.arange(len(labels))))
    parts = cut(stratified_order(labels, seed), data.validation_share, 0, 1)
    return Splits(*map(known.at, parts), classes=("0", "1"))
