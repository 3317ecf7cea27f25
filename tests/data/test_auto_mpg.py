"""The cars: those of the package they were taken from, and a gallon lasts as long as is known."""

import gzip
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold, cross_val_score

from dlviz.data.auto_mpg import car_names, cars


def car(name: str) -> tuple[dict[str, float], float]:
    """Return what is noted of the first car of this name, and its miles per gallon."""
    place = car_names().index(name)
    return dict(zip(cars().columns, cars().values[place].tolist(), strict=True)), float(cars().labels[place])


def test_a_car_is_noted_as_it_was() -> None:
    first = {"cylinders": 8, "displacement": 307, "horsepower": 130, "weight": 3504, "acceleration": 12}
    assert car("chevrolet chevelle malibu") == (first | {"year": 1970, "origin": 1}, 18)
    assert car("mazda glc")[1] == 46.6 == cars().labels.max()
    assert car("hi 1200d")[1] == 9 == cars().labels.min()
    assert car("toyota corona mark ii")[0]["origin"] == 3
    assert car("volkswagen 1131 deluxe sedan")[0]["origin"] == 2


def test_there_are_392_cars_and_nothing_is_missing() -> None:
    assert cars().values.shape == (392, 7) and len(car_names()) == 392
    assert cars().labels.dtype == np.float64 and cars().classes == ()
    assert np.isfinite(cars().values).all() and np.isfinite(cars().labels).all()
    assert np.bincount(cars().values[:, 6].astype(int)).tolist() == [0, 245, 68, 79]
    low, high = cars().values.min(axis=0), cars().values.max(axis=0)
    assert low.tolist() == [3, 68, 46, 1613, 8, 1970, 1]
    assert high.tolist() == [8, 455, 230, 5140, 24.8, 1982, 3]


def test_the_cars_are_what_mlxtend_holds() -> None:
    package = find_spec("mlxtend")
    assert package and package.origin, "mlxtend, where the table was taken from, is one of the tests' requirements"
    with gzip.open(Path(package.origin).parent / "data" / "data" / "autompg.csv.gz", "rt") as file:
        theirs = [line.rstrip("\n").split(",") for line in file]
    assert [line[-2].strip('"') for line in theirs] == [*car_names()]
    numbers = np.array([[*line[:7], line[-1]] for line in theirs], dtype=float)
    numbers[:, 5] += 1900
    assert (numbers == np.column_stack([cars().values, cars().labels])).all()


def test_a_straight_line_explains_as_much_as_is_published() -> None:
    folds = KFold(5, shuffle=True, random_state=0)
    scores = cross_val_score(Ridge(), cars().standardised, cars().labels, cv=folds)
    assert scores.mean() == pytest.approx(0.82, abs=0.02)
