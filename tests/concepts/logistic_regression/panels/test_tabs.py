"""The formula with today's numbers says what the weights are."""

import json
import re
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

from dlviz.concepts.logistic_regression.panels import tabs
from dlviz.concepts.logistic_regression.panels.train import KNOBS, RARE_KNOBS
from dlviz.concepts.logistic_regression.spec import CANCER, CLOUDS, SETS, usual
from dlviz.export.script import pytorch_script
from dlviz.spec import Knobs, Linear, RunSpec
from dlviz.training.run import Run

TURNED = {
    **{name: {"optimizer": name} for name in ("momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")},
    "learning_rate": {"learning_rate": 0.5},
    "batch_size": {"batch_size": 64},
    "l2": {"l2": 0.1},
    "l1": {"l1": 0.03},
    "gradient_clip": {"gradient_clip": 0.3},
}
SPECS = {
    **{name: usual(name) for name in SETS},
    **{
        name: CLOUDS.model_copy(update={"knobs": Knobs(**{**dict(CLOUDS.knobs), **knobs})})
        for name, knobs in TURNED.items()
    },
    **{f"degree {degree}": CLOUDS.model_copy(update={"network": Linear(degree=degree)}) for degree in (2, 3)},
    **{
        name: CLOUDS.model_copy(update={"data": CLOUDS.data.model_copy(update={name: value})})
        for name, value in (("points", 120), ("noise", 0.1), ("validation_share", 0.2))
    },
    **{
        name: CANCER.model_copy(update={"data": CANCER.data.model_copy(update={name: value})})
        for name, value in (("scaling", False), ("train_share", 0.3), ("columns", ("mean_radius", "worst_texture")))
    },
    "seed": CLOUDS.model_copy(update={"seed": 7}),
    "turned on the way": CLOUDS.fork(10, l2=0.1).fork(17, batch_size=50, optimizer="adam"),
}


def test_the_formula_has_the_weights_with_their_signs_inside_one_bracket() -> None:
    text = tabs.with_numbers(np.array([0.5, -1.25, 2e-5], np.float32))
    inside = re.search(r"\\exp\\left\(-\((.*)\)\\right\)", text)[1].replace(" ", "")
    assert inside == r"0.500\,x_1-1.25\,x_2+2.00\cdot10^{-5}"


@pytest.mark.parametrize("name", SETS)
def test_the_sizes_are_those_of_the_model_that_learns(name: str) -> None:
    run = usual(name)
    found = tabs.sizes(run)
    assert found["parameters"] == len(Run(run).moment()["weights"])
    assert found["parameters"] == found["outputs"] * (found["features"] + 1)


def test_the_right_formula_has_the_minus_before_the_whole_sum() -> None:
    assert r"\exp\left(-(w^\top x + b)\right)" in tabs.SIGMOID


def test_every_knob_beside_the_stage_is_turned_once() -> None:
    assert {*KNOBS, *RARE_KNOBS} <= {name for knobs in TURNED.values() for name in knobs} | {"momentum"}


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_the_script_prints_the_losses_of_the_run(
    spec: RunSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = spec.model_copy(update={"epochs": 4})
    (tmp_path / "lesson.py").write_text(pytorch_script(spec), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["lesson.py", "--json"])
    runpy.run_path(str(tmp_path / "lesson.py"), run_name="__main__")
    printed = json.loads(capsys.readouterr().out)
    moments = [moment for moment in Run(spec).work() if moment is not None and "epoch_loss" in moment]
    assert len(printed) == len(moments) == 4
    for row, moment in zip(printed, moments, strict=True):
        for name in ("epoch_loss", *(name for name in ("validation_loss", "test_loss") if name in row)):
            assert row[name] == pytest.approx(float(moment[name]), rel=1e-6)
    assert ("test_loss" in printed[-1]) == (not spec.on_plane)
