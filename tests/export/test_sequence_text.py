"""The lines that load what is read give the examples of the run, part by part."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

import dlviz.data
from dlviz.data.load import load
from dlviz.export.sequence_text import FUNCTIONS, TABLES, reading_text
from dlviz.spec import Recall, Sunspots, Surnames, Writing


@pytest.mark.parametrize("data", [Surnames(), Writing(), Sunspots(window=5), Recall(delay=4)])
def test_the_same_examples_in_the_same_order(data: object) -> None:
    folder = Path(dlviz.data.__file__).parent / "tables"
    names = {"np": np, "torch": torch, "SEED": 3, "csv": __import__("csv")}
    names["options"] = SimpleNamespace(data=folder / TABLES.get(data.data, ""))
    exec("\n\n".join([*FUNCTIONS[data.data], reading_text(data, False)]), names)  # our own text
    splits = load(data, 3)
    for part in ("train", "validation", *(["test"] if getattr(data, "test_share", 0) else [])):
        inputs, labels = names[part]
        np.testing.assert_allclose(inputs, getattr(splits, part).inputs, atol=1e-6)
        np.testing.assert_allclose(labels, getattr(splits, part).labels, atol=1e-6)
