"""Tables as text: the lines that read one, choose its columns, bring them to one size, and split it as a run did."""

from __future__ import annotations

from dlviz.export.source import cut
from dlviz.spec import COLUMNS, Table

CARS = "auto-mpg"
ROWS: dict[str, int] = {"auto-mpg": 392, "diabetes": 442, "breast-cancer": 569, "wine": 178}
LOADERS: dict[str, str] = {
    "diabetes": "load_diabetes",
    "breast-cancer": "load_breast_cancer",
    "wine": "load_wine",
}
CAR_FILE = "auto_mpg.csv"
READ_CARS = """\
with open(options.data, encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
names = ("cylinders", "displacement_cubic_inches", "horsepower", "weight_pounds", "acceleration_seconds", "year")
origins = ("usa", "europe", "japan")  # 1, 2, 3
values = np.array([[*(float(row[name]) for name in names), 1 + origins.index(row["origin"])] for row in rows])
target = np.array([float(row["miles_per_gallon"]) for row in rows])"""
READERS: dict[str, str] = {
    CARS: READ_CARS,
    "diabetes": "values, target = load_diabetes(return_X_y=True, scaled=False)",
    "breast-cancer": "values, target = load_breast_cancer(return_X_y=True)\ntarget = 1 - target  # 1 is malignant",
    "wine": "values, target = load_wine(return_X_y=True)",
}
SCALED = "inputs = (values - values[train].mean(axis=0)) / values[train].std(axis=0)  # by the training rows alone"
LABELS = "labels = (target - target[train].mean()) / target[train].std()"


def table_imports(data: Table) -> tuple[list[str], list[str]]:
    """Return what reading the table imports: of the standard library, and of others."""
    if data.data == CARS:
        return ["import csv", "from pathlib import Path"], []
    return [], [f"from sklearn.datasets import {LOADERS[data.data]}"]


def table_functions(data: Table) -> list[str]:
    """Return the functions that splitting needs, as text."""
    return [cut("data/split.py", "stratified_order")] if data.about == "class" else []


def table_reading(data: Table, splitting: list[str], seed: str = "SEED") -> str:
    """Return the lines that read the table and split it.

    splitting: the lines that cut `order` into the positions of each part, and the line that takes the examples there;
    between the two stands what may only look at training rows. seed: the name of the seed in the script.
    """
    lines = [READERS[data.data]]
    if data.columns and data.columns != COLUMNS[data.data]:
        places = [COLUMNS[data.data].index(name) for name in data.columns]
        lines.append(f"values = values[:, {places}]  # {', '.join(data.columns)}")
    counted = data.about == "class"
    order = (
        f"stratified_order(target, {seed})" if counted else f"np.random.default_rng({seed}).permutation(len(target))"
    )
    lines += [f"order = {order}", *splitting[:-1]]
    lines += [SCALED if data.scaling else "inputs = values", "labels = target" if counted else LABELS]
    kind = "long" if counted else "float"
    lines.append(f"inputs, labels = torch.tensor(inputs).float(), torch.tensor(labels).{kind}()")
    return "\n".join([*lines, splitting[-1]])
