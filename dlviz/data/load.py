"""Loading: from the name of a data set to its examples, split by the seed.

The same seed and shares always give the same split, and asking for fewer training examples takes
some away without changing the rest.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from dlviz.data.curve import CURVES, along
from dlviz.data.digits import CLASSES, all_digits, digits_folder, embedded_digits
from dlviz.data.examples import Examples, Splits
from dlviz.data.plane import HEIGHTS, LAYOUTS, scatter, survey
from dlviz.data.reading import to_read
from dlviz.data.split import cut, stratified_order
from dlviz.data.table import TABLES, noted, standardised
from dlviz.recording import read_only
from dlviz.rows import WIDTH, read_pairs, read_rows
from dlviz.spec import Curve, Data, Mnist5k, MnistFull, OnLine, OnPlane, Pairs, Plane, Points, Sequence, Table


def load(data: Data, seed: int) -> Splits:
    """Return the training, validation and test examples that `data` and the seed decide.

    The arrays are shared by everybody who asks for the same, and read-only.
    Raises: ValueError where data that does not come with the program is not there; it is never fetched here.
    """
    return _full(data, seed, digits_folder()) if isinstance(data, MnistFull) else _small(data, seed)


@lru_cache(maxsize=16)  # a class of pupils, each with a seed of their own, on some workers: 4 MB each
def _small(data: Data, seed: int) -> Splits:
    if isinstance(data, Mnist5k):
        return _split(embedded_digits(), seed, data.validation_share, data.test_share, data.train_share)
    if isinstance(data, Table):
        return _of_table(data, seed)
    if isinstance(data, Sequence):
        return to_read(data, seed)
    if isinstance(data, OnLine):
        return _on_line(*(_pairs(data) if isinstance(data, Pairs) else _along(data, seed)), data, seed)
    return _on_plane(*(_own(data) if isinstance(data, Points) else _drawn(data, seed)), data, seed)


@lru_cache(maxsize=3)  # 55 MB each
def _full(data: MnistFull, seed: int, folder: Path) -> Splits:
    known, test = all_digits(folder)
    parts = _split(known, seed, data.validation_share, 0, data.train_share)
    return Splits(parts.train, parts.validation, test.at(np.arange(len(test)), offset=len(known)), CLASSES)


def _split(digits: Examples, seed: int, validation: float, test: float, train: float) -> Splits:
    parts = cut(stratified_order(digits.labels, seed), validation, test, train)
    return Splits(*map(digits.at, parts), CLASSES)


def _on_plane(points: np.ndarray, labels: np.ndarray, data: OnPlane, seed: int) -> Splits:
    known = Examples(read_only(points), read_only(labels), read_only(np.arange(len(labels))))
    parts = cut(stratified_order(labels, seed), data.validation_share, 0, 1)
    classes = () if data.about == "number" else tuple(map(str, range(data.outputs)))
    return Splits(*map(known.at, parts), classes=classes)


def _on_line(x: np.ndarray, y: np.ndarray, data: OnLine, seed: int) -> Splits:
    known = Examples(read_only(x), read_only(y), read_only(np.arange(len(y))))
    order = np.random.default_rng(seed).permutation(len(y))
    return Splits(*map(known.at, cut(order, data.validation_share, 0, 1)), classes=())


def _along(data: Curve, seed: int) -> tuple[np.ndarray, np.ndarray]:
    return along(CURVES[data.data], data.points, data.noise, data.outliers, seed)


def _pairs(data: Pairs) -> tuple[np.ndarray, np.ndarray]:
    pairs = np.array(read_pairs(data.pairs), dtype=np.float32)
    return pairs[:, :1], pairs[:, 1]


def _of_table(data: Table, seed: int) -> Splits:
    """Return the rows; scaled by the training rows alone, of which nothing that is judged on must tell."""
    records = TABLES[data.data]()
    values, target = noted(data), records.labels
    counted = data.about == "class"
    order = stratified_order(target, seed) if counted else np.random.default_rng(seed).permutation(len(target))
    parts = cut(order, data.validation_share, data.test_share, data.train_share)
    inputs = standardised(values, values[parts[0]]) if data.scaling else values
    labels = target.astype(np.int64) if counted else standardised(target, target[parts[0]])
    known = Examples(read_only(inputs.astype(np.float32)), read_only(labels), read_only(np.arange(len(target))))
    unit = (0.0, 1.0) if counted else (float(target[parts[0]].mean()), float(target[parts[0]].std()))
    return Splits(*map(known.at, parts), classes=records.classes, unit=unit)


def _drawn(data: Plane, seed: int) -> tuple[np.ndarray, np.ndarray]:
    if data.about == "number":
        return survey(HEIGHTS[data.data], data.points, data.noise, seed)
    return scatter(LAYOUTS[data.data], data.points, data.noise, seed, data.outputs)


def _own(data: Points) -> tuple[np.ndarray, np.ndarray]:
    rows = np.array(read_rows(data.rows, WIDTH[data.label]))
    return rows[:, :2].astype(np.float32), rows[:, 2].astype(np.int64 if data.label == "class" else np.float32)
