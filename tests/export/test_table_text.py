"""The lines of a script read the very rows that the run learns from, scaled by the same numbers."""

import csv
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import sklearn.datasets
import torch

from dlviz.data import auto_mpg
from dlviz.data.load import load
from dlviz.data.table import TABLES
from dlviz.export.data_text import loading_text
from dlviz.export.plan import plan
from dlviz.export.table_text import ROWS, table_functions, table_imports, table_reading
from dlviz.spec import Linear, RunSpec, Table


def test_the_tables_have_as_many_rows_as_are_counted_on() -> None:
    assert {name: len(read().labels) for name, read in TABLES.items()} == ROWS


@pytest.mark.parametrize(
    "data",
    [
        Table(),
        Table(columns=("horsepower", "origin"), scaling=False),
        Table(data="diabetes", validation_share=0.3, train_share=0.4),
        Table(data="breast-cancer"),
        Table(data="wine", columns=("hue",), test_share=0.1),
    ],
)
def test_the_lines_give_the_same_examples(data: Table) -> None:
    names = {
        "np": np,
        "torch": torch,
        "csv": csv,
        "Path": Path,
        "SEED": 4,
        "options": SimpleNamespace(data=auto_mpg.TABLE),
    }
    names |= {name: getattr(sklearn.datasets, name) for name in dir(sklearn.datasets) if name.startswith("load_")}
    needs = plan(RunSpec(data=data, network=Linear(), seed=4, device="cpu"))
    exec("\n\n".join([*table_functions(data), loading_text(needs)]), names)
    splits = load(data, 4)
    for part in ("train", "validation", "test"):
        inputs, labels = names[part]
        assert inputs.tolist() == getattr(splits, part).inputs.tolist()
        assert labels.tolist() == getattr(splits, part).labels.tolist()


def test_only_tables_that_scikit_learn_carries_need_it() -> None:
    assert table_imports(Table()) == (["import csv", "from pathlib import Path"], [])
    assert table_imports(Table(data="wine"))[1] == ["from sklearn.datasets import load_wine"]


def test_scaling_knows_only_training_rows() -> None:
    lines = table_reading(Table(), ["validation, test, train = np.split(order, [78, 156])", "last"]).splitlines()
    assert lines.index("validation, test, train = np.split(order, [78, 156])") < next(
        place for place, line in enumerate(lines) if "values[train].mean" in line
    )
    assert lines[-1] == "last"
