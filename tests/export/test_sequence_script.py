"""The script of a network that reads prints the losses of its run, at its default and with each option changed once."""

import ast
import json
import runpy
import sys
from pathlib import Path

import pytest

import dlviz.data
from dlviz.concepts.rnn.spec import NAMES, RECALL, SUNSPOTS, WRITING
from dlviz.export.script import pytorch_script
from dlviz.export.sequence_text import TABLES
from dlviz.spec import Edit, Knobs, Recall, Recurrent, RunSpec, Sunspots, Surnames, Writing
from dlviz.training.run import Run

TABLE_FOLDER = Path(dlviz.data.__file__).parent / "tables"
TINY = {"network": Recurrent(network="gru", embedding=4, state=6), "device": "cpu", "epochs": 2}
KNOBS = Knobs(learning_rate=0.01, batch_size=32, gradient_clip=1.0)
READ = {
    "names": Surnames(names=50),
    "writing": Writing(tongue="finnish"),
    "sunspots": Sunspots(window=9),
    "recall": Recall(examples=100, delay=7),
}


def small(data: object, **fields: object) -> RunSpec:
    """Return a run that takes less than a second."""
    return RunSpec(**{"data": data, "knobs": KNOBS, **TINY, **fields})


def turned(**knobs: object) -> Knobs:
    """Return the knobs with some of them turned."""
    return KNOBS.model_copy(update=knobs)


SPECS = {
    **{part: small(data) for part, data in READ.items()},
    **{
        f"{part}, {kind}": small(data, network=Recurrent(network=kind, embedding=3, state=5), seed=4)
        for part, data in READ.items()
        for kind in ("rnn", "lstm")
    },
    **{f"{part}, cut": small(data, knobs=turned(truncate=4)) for part, data in READ.items()},
    "own guesses": small(READ["writing"], knobs=turned(teacher_forcing=0.3)),
    "huber": small(READ["sunspots"], knobs=turned(fault="huber", huber_delta=0.5)),
    "absolute": small(READ["sunspots"], knobs=turned(fault="absolute")),
    "shares": small(Surnames(names=60, validation_share=0.2, test_share=0.3)),
    "roots": small(Sunspots(window=9, transform="root")),
    "roots, shares, huber": small(
        Sunspots(transform="root", validation_share=0.3, test_share=0.1), knobs=turned(fault="huber")
    ),
    **{f"{part}, dropout": small(data, knobs=turned(dropout=0.3)) for part, data in READ.items()},
    "own guesses, dropout": small(READ["writing"], knobs=turned(teacher_forcing=0.3, dropout=0.3)),
    "dropout later": small(READ["recall"], edits=(Edit(step=2, knobs=turned(dropout=0.5)),)),
    "dropout ends": small(READ["recall"], knobs=turned(dropout=0.5), edits=(Edit(step=2, knobs=KNOBS),)),
    "years, shares": small(Sunspots(validation_share=0.3, test_share=0.1)),
    "signs": small(Recall(signs=7, delay=2, examples=150, validation_share=0.3)),
    **{f"{part}, seed of the data": small(data, seed=1, data_seed=5) for part, data in READ.items()},
    "no clipping": small(READ["names"], knobs=turned(gradient_clip=0.0)),
    "penalties": small(READ["names"], knobs=turned(l1=1e-4, l2=1e-3, gradient_clip=0.5)),
    "schedule": small(READ["recall"], knobs=turned(schedule="cosine", schedule_epochs=2)),
    **{name: small(READ["recall"], knobs=turned(optimizer=name)) for name in ("sgd", "momentum", "rmsprop", "adamw")},
    "turned": small(
        READ["sunspots"],
        edits=(
            Edit(step=2, knobs=turned(learning_rate=0.003, truncate=3)),
            Edit(step=5, knobs=turned(batch_size=20, fault="huber", truncate=3)),
        ),
    ),
    "turned while writing": small(READ["writing"], edits=(Edit(step=3, knobs=turned(teacher_forcing=0.5)),)),
}


def printed(spec: RunSpec, folder: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """Return what the script prints when it is run beside its table, as JSON."""
    file, table = folder / "reader.py", TABLES.get(spec.data.data)
    file.write_text(pytorch_script(spec), encoding="utf-8")
    where = ["--data", str(TABLE_FOLDER / table)] if table else []
    monkeypatch.setattr(sys, "argv", [str(file), "--json", *where])
    runpy.run_path(str(file), run_name="__main__")
    return json.loads(capsys.readouterr().out)


def compare(spec: RunSpec, rows: list[dict], close: float = 1e-6) -> None:
    """Fail where the script and the run do not agree about an epoch."""
    moments = [moment for moment in Run(spec).work() if moment is not None and "epoch_loss" in moment]
    assert len(rows) == len(moments) == spec.epochs
    for row, moment in zip(rows, moments, strict=True):
        for name in set(row) - {"epoch"}:
            assert row[name] == pytest.approx(float(moment[name]), abs=close), (name, row["epoch"])
    score = "r2" if isinstance(spec.data, Sunspots) else "accuracy"
    assert f"validation_{score}" in rows[-1]
    assert (f"test_{score}" in rows[-1]) != isinstance(spec.data, Recall)


@pytest.mark.parametrize("name", SPECS)
def test_the_script_prints_the_losses_of_the_run(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(SPECS[name], printed(SPECS[name], tmp_path, capsys, monkeypatch))


@pytest.mark.parametrize("spec", [NAMES, SUNSPOTS, WRITING], ids=["names", "sunspots", "writing"])
def test_the_usual_runs_too(
    spec: RunSpec, tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = spec.model_copy(update={"device": "cpu", "epochs": 2})
    compare(spec, printed(spec, tmp_path, capsys, monkeypatch))


def test_a_script_holds_only_what_its_run_needs() -> None:
    text = pytorch_script(RECALL.model_copy(update={"device": "cpu"}))
    for word in ("csv", "Path", "to_write", "mse_loss", "noise", "device =", "dlviz."):
        assert word not in text.replace("dlviz that", ""), word
    for spec in SPECS.values():
        assert all(len(line) <= 120 for line in pytorch_script(spec).splitlines())


@pytest.mark.parametrize("name", SPECS)
def test_a_script_reads_as_python_without_names_that_nobody_gives(name: str) -> None:
    tree = ast.parse(pytorch_script(SPECS[name]))
    imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert not [one for one in imported if one.split(".")[0] not in {"numpy", "torch", *sys.stdlib_module_names}]
