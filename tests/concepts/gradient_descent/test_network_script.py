"""The script of the real network, run alone, prints the losses, the sharpnesses and the line of the page."""

import ast
import json
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dlviz.concepts.gradient_descent.network_script import pytorch_script
from dlviz.concepts.gradient_descent.solutions import between, edge
from dlviz.concepts.gradient_descent.spec import Real
from dlviz.data import auto_mpg
from dlviz.recording import Moment
from dlviz.training.run import Run

SMALL = "points=80|hidden=5|epochs=20"
CHANGES = {
    "plain": {},
    "all at once": {"batch_a": 1024, "optimizer_b": "momentum", "batch_b": 25, "rate_b": 0.05},
    "two seeds": {"optimizer_b": "sgd", "rate_b": 0.1, "seed_b": 7},
    "from the start to the first": {"between": "first"},
    "from the start to the second": {"between": "second", "seed_b": 2},
    "no hidden layer": {"trained": "hidden=|points=80|epochs=20"},
    **{
        name: {"trained": f"{SMALL}|{more}"}
        for name, more in {
            "numbers": "data=hills",
            "three classes": "data=clouds",
            "own seed of the data": "seed=3|data_seed=1",
            "other inputs": "inputs=x1,x2_squared,sin_x2",
            "typed": "activation=own|own=sin(x)+x/2",
            "torch's weights": "initializer=torch|activation=relu",
            "dropout": "dropout=0.3",
            "scheduled": "schedule=cosine|schedule_epochs=10",
            "warm-up": "warm_up_epochs=3",
            "limited": "l1=0.001|l2=0.01|gradient_clip=0.5",
        }.items()
    },
    "own points, none for validation": {"trained": "data=points|validation_share=0|hidden=5|epochs=20"},
    "cars": {"trained": "data=auto-mpg|hidden=5|epochs=20"},
    **{
        name: {"trained": f"{text}|epochs=20", "batch_a": 64, "batch_b": 64}
        for name, text in {
            "linear regression on cars": "data=auto-mpg|network=linear",
            "huber": "data=diabetes|network=linear|fault=huber|huber_delta=0.5",
            "powers, and two columns": "data=auto-mpg|network=linear|degree=2|columns=horsepower,weight",
            "along a line": "data=trend|network=linear|fault=absolute",
            "one sum": "data=breast-cancer|network=linear|l2=0.01",
            "softmax": "data=wine|network=linear|train_share=0.5",
            "one sum on the plane": "data=gauss|points=80|network=linear|degree=2",
            "a wave": "data=wave|hidden=5|initializer=torch",
        }.items()
    },
}
TABLE = Path(auto_mpg.__file__).parent / "tables" / "auto_mpg.csv"


def given(**changes: object) -> Real:
    """Return two small runs that differ from the usual ones by the changes."""
    return Real.model_validate({"trained": SMALL, **changes})


def close(found: object, wanted: object, size: float = 1.0) -> None:
    """Fail where a printed number is not the page's to 1e-6 (of `size`, where that says how large they are)."""
    assert np.asarray(found, float) == pytest.approx(np.asarray(wanted, float), rel=1e-6, abs=1e-6 * size)


def recorded(real: Real) -> list[tuple[Run, list[Moment]]]:
    """Return both runs, trained to the end, and what each recorded."""
    runs = [Run(run.model_copy(update={"device": "cpu"})) for run in real.runs]
    return [(run, [moment for moment in run.work() if moment is not None]) for run in runs]


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES.keys())
def test_it_prints_the_numbers_of_the_page(
    changes: dict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = given(**changes)
    path = tmp_path / "network.py"
    path.write_text(pytorch_script(real), encoding="utf-8")
    cars = ["--data", str(TABLE)] if real.run.data.data == "auto-mpg" else []
    monkeypatch.setattr(sys, "argv", [str(path), "--json", *cars])
    runpy.run_path(str(path), run_name="__main__")
    printed = json.loads(capsys.readouterr().out)
    runs = recorded(real)
    for told, (run, moments) in zip(printed["runs"], runs, strict=True):
        same_losses(told["epochs"], [moment for moment in moments if "epoch_loss" in moment])
        same_sharpness(told["sharpness"], run, moments)
    same_line(printed["line"], real, runs)


def same_losses(told: list[dict], moments: list[Moment]) -> None:
    """Fail where a loss of an epoch is another one."""
    assert [row["epoch"] for row in told] == list(range(1, len(moments) + 1))
    for row, moment in zip(told, moments, strict=True):
        for name in set(row) - {"epoch"}:
            close(row[name], moment[name])


def same_sharpness(told: list[list[float]], run: Run, moments: list[Moment]) -> None:
    """Fail where the Hessian of an epoch has other eigenvalues."""
    looked = {round(moment.epoch, 6): moment for moment in moments if "weights" in moment}
    assert [row[0] for row in told] == [0, *range(2, 21, 2)]
    wanted = [looked[row[0]] for row in told]
    steps, rows = np.array([one.step for one in wanted]), np.stack([one["weights"] for one in wanted])
    values = edge(run.spec, steps, rows).values
    close([row[1:] for row in told], values, size=max(1, values.max()))


def same_line(told: list[list[float]], real: Real, runs: list[tuple[Run, list[Moment]]]) -> None:
    """Fail where the loss or the score of a network on the line is another one."""
    firsts, lasts = ([moments[place]["weights"] for _, moments in runs] for place in (0, -1))
    ends = {"ends": lasts, "first": (firsts[0], lasts[0]), "second": (firsts[1], lasts[1])}[real.between]
    found = between(runs[0][0].spec, *ends)
    rows = [found.shares, *np.stack([found.losses, found.scores], axis=1).reshape(4, -1)]
    close(told, np.stack(rows, axis=1)[:, : len(told[0])])


def test_it_stands_alone(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(pytorch_script(given(trained="points=60|hidden=3|epochs=2")), encoding="utf-8")
    command = [sys.executable, "-W", "error", "network.py"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    lines = ran.stdout.splitlines()
    assert lines[0] == "1. SGD, learning rate 0.1"
    assert lines[1].startswith("epoch 0: sharpness ")
    assert lines[2].startswith("epoch 1: training loss ")
    assert lines[-1].startswith("at 1.250 of the way:")


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES.keys())
def test_it_reads_well(changes: dict) -> None:
    text = pytorch_script(given(**changes))
    tree = ast.parse(text)
    modules = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert {module.partition(".")[0] for module in modules} <= {"torch", "sklearn", *sys.stdlib_module_names}
    assert "dlviz." not in text
    assert max(map(len, text.splitlines())) <= 120
    assert "\n\n\n\n" not in text
