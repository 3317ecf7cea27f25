"""An exported script prints the losses of the run that it was written from, to 1e-6."""

import ast
import json
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from dlviz.concepts.linear_regression.spec import LINE as LINE_OF_THE_PAGE
from dlviz.data.auto_mpg import TABLE as CAR_TABLE
from dlviz.data.digits import TABLE
from dlviz.export.script import pytorch_script
from dlviz.recording import Moment
from dlviz.spec import (
    INPUTS,
    Activation,
    ConvBlock,
    ConvNet,
    Curve,
    Edit,
    Knobs,
    Linear,
    Mlp,
    Mnist5k,
    MnistFull,
    Pairs,
    Plane,
    Points,
    RunSpec,
    Table,
)
from dlviz.training.run import Run

FEW = Mnist5k(train_share=0.075)  # 300 digits
TINY = {"data": Mnist5k(validation_share=0.02, test_share=0.02, train_share=0.02), "device": "cpu", "epochs": 2}
SMALL = ConvNet(blocks=(ConvBlock(channels=3),), dense=(8,))
POINTS = {"data": Plane(points=80), "network": Mlp(hidden=(5, 4)), "device": "cpu", "epochs": 3}
BLOCKS = (
    ConvBlock(channels=3, kernel=5, stride=2, padding=1, batch_norm=True, pooling="average"),
    ConvBlock(channels=4, kernel=2, pooling="none"),
)
KNOBS = {
    "learning rate": {"learning_rate": 0.02},
    "weight decay": {"weight_decay": 0.1},
    "batch size": {"batch_size": 7},
    "dropout": {"dropout": 0.3},
    **{name: {"optimizer": name} for name in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adamw")},
    "no momentum": {"optimizer": "nesterov", "momentum": 0},
    **{
        name: {name: value}
        for name, value in [("rotate", 20), ("shift", 3), ("scale", 0.2), ("shear", 0.3), ("thickness", 0.5)]
    },
}
EDITS = (
    Edit(step=2, knobs=Knobs(learning_rate=0.02)),
    Edit(step=3, knobs=Knobs(learning_rate=0.02, batch_size=9, dropout=0.5)),
    Edit(step=5, knobs=Knobs(optimizer="nesterov", batch_size=9, dropout=0.2, learning_rate=0.05)),
    Edit(step=7, knobs=Knobs(optimizer="nesterov", momentum=0, learning_rate=0.05)),
)
LINE = {"data": Curve(), "network": Linear(), "device": "cpu", "epochs": 6}
CARS = {**LINE, "data": Table(), "epochs": 3}
UNITS = Mlp(hidden=(6, 5), activation="tanh", initializer="torch")
LAB = {"data": Mnist5k(validation_share=0.02, test_share=0.02, train_share=0.04), "device": "cpu", "epochs": 4}
BLOCK = {
    "channels": 8,
    "kernel": 5,
    "stride": 2,
    "padding": 1,
    "pooling": "average",
    "pool_size": 3,
    "batch_norm": True,
}
LAB_NETWORKS = {
    "the article's": ConvNet(),
    **{f"{name} {value}": ConvNet(blocks=(ConvBlock(**{name: value}),)) for name, value in BLOCK.items()},
    "no pooling": ConvNet(blocks=(ConvBlock(channels=8, pooling="none"),)),
    "a second block": ConvNet(blocks=(ConvBlock(), ConvBlock(padding=1))),
    "batch norm in both blocks": ConvNet(blocks=(ConvBlock(batch_norm=True), ConvBlock(padding=1, batch_norm=True))),
    "two dense layers": ConvNet(dense=(64, 32)),
    "no dense layer": ConvNet(dense=()),
    **{name: ConvNet(activation=name) for name in get_args(Activation) if name != "relu"},
    "dense layers only": Mlp(),
    "dense layers only, batch norm": Mlp(batch_norm=True),
}
"""The digit lab's network as it opens, and with each of its options changed once."""

SPECS = {
    **{name: RunSpec(**TINY, network=SMALL, knobs=Knobs(**knobs)) for name, knobs in KNOBS.items()},
    **{
        f"the digit lab, {name}": RunSpec(**LAB, network=network, knobs=Knobs(batch_size=16))
        for name, network in LAB_NETWORKS.items()
    },
    "the digit lab, batch norm and dropout": RunSpec(
        **LAB, network=ConvNet(blocks=(ConvBlock(batch_norm=True),)), knobs=Knobs(batch_size=13, dropout=0.3)
    ),
    "seed": RunSpec(**TINY, network=SMALL, seed=9),
    "seed of the data": RunSpec(**POINTS, seed=9, data_seed=4),
    "blocks": RunSpec(
        **TINY, network=ConvNet(blocks=BLOCKS, dense=(8, 7), activation="silu"), knobs=Knobs(dropout=0.1)
    ),
    "no dense layer": RunSpec(**TINY, network=ConvNet(blocks=(ConvBlock(channels=2),), dense=())),
    "mlp": RunSpec(**TINY, network=Mlp(hidden=(9, 8)), knobs=Knobs(dropout=0.2)),
    "edits": RunSpec(**TINY, network=SMALL, edits=EDITS),
    "edited learning rate": RunSpec(**TINY, network=SMALL, edits=EDITS[:1]),
    "edit before all": RunSpec(**TINY, network=SMALL, edits=(Edit(step=0, knobs=Knobs(batch_size=5)),)),
    "edited augmentation": RunSpec(
        **TINY, network=SMALL, edits=(Edit(step=1, knobs=Knobs(rotate=9)), Edit(step=2, knobs=Knobs()))
    ),
    "points": RunSpec(**POINTS),
    "points, dropout": RunSpec(**POINTS, knobs=Knobs(dropout=0.3, batch_size=10), edits=(Edit(step=4, knobs=Knobs()),)),
    **{
        name: RunSpec(**{**POINTS, "data": Plane(data=name, points=90, noise=0.3)})
        for name in ("xor", "gauss", "spiral", "moons", "clouds", "arms", "checkerboard", "slope", "hills")
    },
    "own points": RunSpec(**{**POINTS, "data": Points(inputs=("x2",))}, knobs=Knobs(batch_size=4)),
    "own numbers": RunSpec(**{**POINTS, "data": Points(label="number", rows="gAgAgAgBgAgBAbCdEfAxyzQW")}),
    "nobody to check on": RunSpec(**{**POINTS, "data": Points(validation_share=0)}),
    "all inputs": RunSpec(**{**POINTS, "data": Plane(inputs=INPUTS, points=80)}),
    "activations": RunSpec(**{**POINTS, "network": Mlp(hidden=(5, 4, 3), activations=("tanh", "gelu"))}),
    "activation of one's own": RunSpec(
        **{**POINTS, "network": Mlp(hidden=(5, 4), activation="own", own="max(x, 0.1x) + sin(2x)/pi")}
    ),
    "one layer's own": RunSpec(
        **{**POINTS, "network": Mlp(hidden=(5, 4), activations=("tanh", "own"), own="x^2 / sqrt(2)")},
        knobs=Knobs(dropout=0.2),
    ),
    "digits, own": RunSpec(**TINY, network=Mlp(hidden=(9, 8), activation="own", own="softplus(x) - 1")),
    "batch norm": RunSpec(**{**POINTS, "network": Mlp(hidden=(5, 4), batch_norm=True)}, knobs=Knobs(batch_size=13)),
    "batch norm for long": RunSpec(
        data=Plane(points=80),
        network=Mlp(hidden=(7, 3), activation="relu", batch_norm=True),
        **{"device": "cpu", "epochs": 60, "knobs": Knobs(learning_rate=0.003, batch_size=10)},
    ),
    "cars, batch norm for long": RunSpec(
        **{**CARS, "network": Mlp(hidden=(9, 8), activation="relu", batch_norm=True), "epochs": 40},
        knobs=Knobs(learning_rate=0.003, batch_size=16),
    ),
    "no hidden layer": RunSpec(**{**POINTS, "network": Mlp(hidden=())}),
    **{
        f"{name} by units": RunSpec(**{**LINE, "data": data, "network": UNITS}, knobs=Knobs(batch_size=8))
        for name, data in {"curve": Curve(data="wave"), "pairs": Pairs(), "cars": Table()}.items()
    },
    **{
        f"{name} of another seed": RunSpec(**{**LINE, "data": data, "network": UNITS, "seed": 2, "data_seed": 5})
        for name, data in {"curve": Curve(data="steps"), "cars": Table()}.items()
    },
    "units held back": RunSpec(
        **{**CARS, "network": Mlp(hidden=(9, 8), batch_norm=True)},
        knobs=Knobs(dropout=0.3, batch_size=32, l2=0.01),
        edits=(Edit(step=3, knobs=Knobs(dropout=0.5)),),
    ),
    **{
        name: RunSpec(**{**POINTS, "network": Mlp(hidden=(5, 4), initializer=name)})
        for name in ("he", "lecun", "orthogonal", "torch", "normal", "zeros")
    },
    **{
        f"points, {name}": RunSpec(**POINTS, knobs=Knobs(batch_size=10, learning_rate=0.05, **fields))
        for name, fields in {
            "l1": {"l1": 0.01},
            "l2": {"l2": 0.05},
            "clipped": {"gradient_clip": 0.1},
            "warm-up": {"warm_up_epochs": 2},
            **{
                name: {"schedule": name, "schedule_epochs": 2, "schedule_factor": 0.3}
                for name in ("step", "exponential", "cosine", "restarts", "one_cycle")
            },
            **{name: {"optimizer": name} for name in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adamw")},
        }.items()
    },
    "digits, limited": RunSpec(**TINY, network=SMALL, knobs=Knobs(l1=1e-4, l2=1e-3, gradient_clip=0.5)),
    "digits, scheduled": RunSpec(**TINY, network=SMALL, knobs=Knobs(schedule="cosine", schedule_epochs=2)),
    "points, turned": RunSpec(
        **POINTS,
        knobs=Knobs(batch_size=10),
        edits=(
            Edit(step=3, knobs=Knobs(batch_size=10, schedule="step", schedule_epochs=1, l1=0.02)),
            Edit(step=6, knobs=Knobs(batch_size=15, gradient_clip=0.2, learning_rate=0.02)),
        ),
    ),
    "a line": RunSpec(**LINE),
    "a polynomial": RunSpec(**{**LINE, "network": Linear(degree=5)}, knobs=Knobs(batch_size=10, l2=0.1)),
    **{
        f"points along a {name}": RunSpec(**{**LINE, "data": Curve(data=name, points=33, noise=0.2, outliers=0.2)})
        for name in ("trend", "bend", "wave", "steps")
    },
    "pairs": RunSpec(**{**LINE, "data": Pairs()}),
    "pairs, some kept aside": RunSpec(**{**LINE, "data": Pairs(validation_share=0.3)}, seed=3),
    "pairs, dense": RunSpec(**{**LINE, "data": Pairs(), "network": Mlp(hidden=(4,), activation="tanh")}),
    **{
        f"{name} of cars": RunSpec(**CARS, knobs=Knobs(batch_size=50, learning_rate=0.05, **fields))
        for name, fields in {
            "squares": {},
            "sizes": {"fault": "absolute"},
            "sgd": {"optimizer": "sgd", "l1": 0.1},
            "huber": {"fault": "huber", "huber_delta": 0.3, "gradient_clip": 0.5},
        }.items()
    },
    "some columns": RunSpec(**{**CARS, "data": Table(columns=("weight", "year"), train_share=0.5, test_share=0.1)}),
    "columns as noted": RunSpec(**{**CARS, "data": Table(columns=("acceleration",), scaling=False)}),
    "two powers of each column": RunSpec(**{**CARS, "network": Linear(degree=2)}),
    "cars, dense": RunSpec(**{**CARS, "network": Mlp(hidden=(6, 5))}),
    **{name: RunSpec(**{**CARS, "data": Table(data=name)}, seed=5) for name in ("diabetes", "breast-cancer", "wine")},
    "two columns of a class": RunSpec(
        **{**CARS, "data": Table(data="breast-cancer", columns=("mean_radius", "worst_texture"))}
    ),
    "two classes on the plane, one sum": RunSpec(**{**POINTS, "network": Linear(degree=2)}),
    "cars split by another seed": RunSpec(**CARS, data_seed=8),
    "a line of another seed": RunSpec(**LINE, data_seed=8),
    "the line of the page": LINE_OF_THE_PAGE.model_copy(update={"device": "cpu"}),
    "a fault turned on the way": RunSpec(
        **LINE,
        knobs=Knobs(batch_size=8),
        edits=(
            Edit(step=5, knobs=Knobs(batch_size=8, fault="huber", huber_delta=0.2)),
            Edit(step=9, knobs=Knobs(batch_size=8, fault="absolute", learning_rate=0.01)),
        ),
    ),
    "weights set by hand": RunSpec(**POINTS, knobs=Knobs(batch_size=10))
    .fork(0, weights=[(1, 0.5)])
    .fork(4, weights=[(0, -1), (7, 2)])
    .fork(9, weights=[(20, 0.25)], l2=0.1)
    .fork(12, weights=[(3, 1)]),
}


def epochs(spec: RunSpec) -> list[Moment]:
    """Return what the run itself records at the end of each epoch."""
    return [moment for moment in Run(spec).work() if moment is not None and "epoch_loss" in moment]


def assert_equal(printed: list[dict[str, float]], recorded: list[Moment]) -> None:
    """Fail where a printed number is not the recorded one to 1e-6, or one of them is missing."""
    assert [row["epoch"] for row in printed] == list(range(1, len(recorded) + 1))
    for row, moment in zip(printed, recorded, strict=True):
        names = {"epoch_loss", "validation_loss", "validation_accuracy", "validation_r2"}
        names |= {"test_loss", "test_accuracy", "test_r2"}
        assert set(row) - {"epoch"} == names & set(moment.arrays)
        for name in set(row) - {"epoch"}:
            assert row[name] == pytest.approx(moment[name].item(), rel=1e-6, abs=1e-6), (row["epoch"], name)


def outcome(
    script: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *more: str
) -> list:
    """Return what the script prints as JSON when it is run in this process (which is quick)."""
    path = folder / "script.py"
    path.write_text(script, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", [str(path), "--json", *more])
    runpy.run_path(str(path), run_name="__main__")
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_every_option_changed_once(
    spec: RunSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = {"mnist-5k": TABLE, "auto-mpg": CAR_TABLE}
    more = ["--data", str(tables[spec.data.data])] if spec.data.data in tables else []
    printed = outcome(pytorch_script(spec), tmp_path, monkeypatch, capsys, *more)
    assert_equal(printed, epochs(spec))


def test_the_default_alone_in_a_folder_of_its_own(tmp_path: Path) -> None:
    spec = RunSpec(data=FEW, device="cpu", epochs=3)
    (tmp_path / "digits.py").write_text(pytorch_script(spec), encoding="utf-8")
    (tmp_path / "mnist_5k.npz").write_bytes(TABLE.read_bytes())
    command = [sys.executable, "-W", "error", "digits.py", "--json"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert_equal(json.loads(ran.stdout), epochs(spec))


def test_lines_for_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    spec = SPECS["seed"]
    (tmp_path / "digits.py").write_text(pytorch_script(spec), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["digits.py", "--data", str(TABLE)])
    runpy.run_path(str(tmp_path / "digits.py"), run_name="__main__")
    lines, recorded = capsys.readouterr().out.splitlines(), epochs(spec)
    number = r"(\d+\.?\d*(?:e-\d+)?)"
    for line, moment in zip(lines[:-1], recorded, strict=True):
        read = re.fullmatch(rf"epoch \d: training loss {number}, validation loss {number}, accuracy {number}", line)
        names = ("epoch_loss", "validation_loss", "validation_accuracy")
        assert [float(text) for text in read.groups()] == pytest.approx(
            [moment[name].item() for name in names], rel=1e-6
        )
    read = re.fullmatch(rf"test loss {number}, accuracy {number}", lines[-1])
    assert float(read[1]) == pytest.approx(recorded[-1]["test_loss"].item(), rel=1e-6)


def test_all_digits_from_a_folder(
    small_mnist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DLVIZ_DATA", str(small_mnist))
    for data in (MnistFull(), MnistFull(validation_share=0.2, train_share=0.4)):
        spec = RunSpec(data=data, network=SMALL, device="cpu", epochs=2)
        printed = outcome(pytorch_script(spec), tmp_path, monkeypatch, capsys, "--data", str(small_mnist))
        assert_equal(printed, epochs(spec))


@pytest.mark.parametrize(
    ("network", "knobs"),
    [
        (ConvNet(), Knobs()),
        (ConvNet(blocks=(ConvBlock(channels=5, kernel=5, stride=2, padding=1),), dense=()), Knobs(optimizer="sgd")),
        (ConvNet(blocks=(ConvBlock(channels=3), ConvBlock(channels=4)), dense=(8,)), Knobs(dropout=0.3)),
        (SMALL, Knobs(rotate=20, dropout=0.2)),
        (SMALL.model_copy(update={"activation": "tanh"}), Knobs()),
        (ConvNet(blocks=(ConvBlock(channels=3, batch_norm=True),), dense=(8,)), Knobs()),
        (ConvNet(blocks=(ConvBlock(channels=3, pool_size=3),), dense=(8,)), Knobs()),
    ],
    ids=["the article's", "other windows", "two blocks, dropout", "augmented", "tanh", "batch norm", "pooling by 3"],
)
def test_all_digits_with_convolution_and_pooling_at_once_or_not(
    network: ConvNet,
    knobs: Knobs,
    small_mnist: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Rounding grows from update to update, so after 20 epochs only the same steps give the same losses."""
    monkeypatch.setenv("DLVIZ_DATA", str(small_mnist))
    spec = RunSpec(data=MnistFull(), network=network, knobs=knobs, device="cpu", epochs=20)
    script = pytorch_script(spec)
    assert ("PooledConvolution" in script) == spec.pools_at_once
    printed = outcome(script, tmp_path, monkeypatch, capsys, "--data", str(small_mnist))
    assert_equal(printed, epochs(spec))


@pytest.mark.parametrize(
    "word", ["Dropout", "augment", "noise", "device", "step ==", "MNIST(", "scatter", "SimpleNamespace"]
)
def test_the_usual_script_has_nothing_that_it_does_not_need(word: str) -> None:
    assert word not in pytorch_script(RunSpec(device="cpu"))


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_scripts_stand_alone_and_read_well(spec: RunSpec) -> None:
    text = pytorch_script(spec)
    tree = ast.parse(text)
    modules = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    carried = {"sklearn"} if isinstance(spec.data, Table) and spec.data.data != "auto-mpg" else set()  # its own tables
    assert {module.partition(".")[0] for module in modules} <= carried | {
        "numpy",
        "torch",
        "torchvision",
        *sys.stdlib_module_names,
    }
    assert "dlviz." not in text
    assert max(map(len, text.splitlines())) <= 120
    assert "\n\n\n\n" not in text
    assert len(text.splitlines()) < 200


def test_the_same_run_writes_the_same_script() -> None:
    assert pytorch_script(RunSpec()) == pytorch_script(RunSpec())


def test_a_note_cannot_break_out_of_the_docstring() -> None:
    text = pytorch_script(RunSpec(), pictures_note='"""\nraise SystemExit("broken")\n\\')
    assert isinstance(ast.parse(text).body[1], ast.Import)


def test_the_device_is_the_runs() -> None:
    assert 'device = "cuda"\n' in pytorch_script(RunSpec(device="cuda"))
    assert "torch.cuda.is_available()" in pytorch_script(RunSpec(device="best"))
