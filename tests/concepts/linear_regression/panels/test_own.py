"""What is said of a row that was typed in is what the network says of it, and its parts add up."""

import numpy as np
import pytest
import torch

from dlviz.concepts.linear_regression import compute
from dlviz.concepts.linear_regression.panels import own
from dlviz.concepts.linear_regression.spec import CARS, LINE, View
from dlviz.data.auto_mpg import cars
from dlviz.models.build import build_for
from dlviz.recording import Moment, unpack
from dlviz.spec import Linear, RunSpec, Table

ROW = np.array([4, 120, 90, 2500, 15, 1976, 3.0])


@pytest.mark.parametrize("degree", [1, 3])
@pytest.mark.parametrize("scaling", [True, False])
def test_the_network_says_the_same(degree: int, scaling: bool) -> None:
    spec = RunSpec(data=Table(scaling=scaling), network=Linear(degree=degree), device="cpu")
    known = compute.sample(spec.data, 0)
    weights = np.random.default_rng(0).standard_normal(7 * degree + 1).astype(np.float32)
    network = build_for(spec)
    torch.nn.utils.vector_to_parameters(torch.tensor(weights), network.parameters())
    said = network(torch.tensor((ROW - known.middle) / known.spread, dtype=torch.float32)[None]).item()
    found = own.predict(weights, ROW, known)
    assert found.value == pytest.approx(known.unit[0] + known.unit[1] * said, rel=1e-4)
    assert found.base + found.parts.sum() == pytest.approx(found.value)


def test_what_was_typed_goes_with_the_link_and_nonsense_is_a_row_there_is() -> None:
    known = compute.sample(CARS.data, 0)
    text = ",".join(f"{value:g}" for value in ROW)
    np.testing.assert_allclose(own.row_of(View(run=CARS, typed=text), known), ROW)
    for other in ("", "1,2", "a", "nan,1,1,1,1,1,1"):
        np.testing.assert_allclose(own.row_of(View(run=CARS, typed=other), known), known.x[known.split == 1][0])


def test_the_worst_are_named_with_what_is_true(quiet_engine: object) -> None:
    known, names = compute.sample(CARS.data, 0), compute.names(CARS.data, 0)
    truth = known.y[known.split == 1]
    says = truth.copy()
    says[7] += 50
    scores = ((says - known.unit[0]) / known.unit[1]).astype(np.float32)[:, None]
    text = own.worst(View(run=CARS), known, Moment(1, 1.0, {"validation_scores": scores}), names)
    first = text.splitlines()[4]
    assert first.startswith(f"| {names[7]} |")
    assert len(text.splitlines()) == 4 + own.WORST
    assert names[7] in {name for name in names if cars().labels.max() >= truth[7]}


def test_a_bar_for_each_column(quiet_engine: object) -> None:
    known = compute.sample(CARS.data, 0)
    found = own.predict(np.arange(8, dtype=np.float32), ROW, known)
    header, arrays = unpack(own.picture(View(run=CARS), found))
    np.testing.assert_allclose(arrays["values"][0], found.parts, rtol=1e-5)
    assert len(header["names"]) == 7
    assert header["y_label"] == "adds, miles per gallon"
    assert unpack(own.picture(View(run=LINE), own.Prediction(1, 0, np.ones(1))))[0]["names"] == ["x"]


def test_of_one_column_the_part_is_said_for_it_has_no_bars(quiet_engine: object) -> None:
    one = own.Prediction(0.36, -0.1, np.array([0.46]))
    assert own.said(LINE, one) == "The model begins at **−0.100** and adds **0.460** for x."
    weight = CARS.model_copy(update={"data": Table(columns=("weight",))})
    assert "for weight" in own.said(weight, one)
    assert "bars" in own.said(CARS, own.Prediction(1, 0, np.ones(7)))
