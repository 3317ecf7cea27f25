"""The lines of a script draw the very points that the run has."""

import numpy as np
import pytest
import torch

from dlviz.data.load import load
from dlviz.export.line_text import line_functions, line_reading
from dlviz.sets import Curve, Pairs


@pytest.mark.parametrize(
    "data",
    [
        Curve(),
        Curve(data="bend", points=20, outliers=0.3),
        Curve(data="wave", noise=0.4),
        Curve(data="steps", validation_share=0),
        Pairs(),
        Pairs(validation_share=0.5),
    ],
)
def test_the_lines_give_the_same_points_in_the_same_order(data: Curve | Pairs) -> None:
    names: dict = {"np": np, "torch": torch, "SEED": 4}
    exec("\n\n".join([*line_functions(data), line_reading(data)]), names)
    splits = load(data, 4)
    whole = [
        np.concatenate([getattr(part, name) for part in (splits.validation, splits.train)])
        for name in ("inputs", "labels")
    ]
    for name, expected in zip(("inputs", "labels"), whole, strict=True):
        assert names[name][names["order"]].numpy().tolist() == expected.tolist()
