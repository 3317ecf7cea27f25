"""Many seeds in a shell are those of the page: the runs of the single seeds, counted."""

import io
import json

import numpy as np
import pytest

from dlviz.command.line import main
from dlviz.command.seeds import seeds, table
from dlviz.concepts.playground.spec import CIRCLE
from dlviz.spec import Plane
from dlviz.training.run import Run

SPEC = CIRCLE.model_copy(update={"device": "cpu", "epochs": 8, "data": Plane(data="gauss", points=60, noise=0.3)})


def alone(seed: int, name: str) -> list[float]:
    """Return what the run of one seed measures after each epoch."""
    run = Run(SPEC.model_copy(update={"seed": seed}))
    found = {moment.epoch: moment[name].item() for moment in run.work() if moment is not None}
    return [found[epoch] for epoch in range(SPEC.epochs + 1)]


def test_they_are_the_runs_of_the_single_seeds() -> None:
    result = seeds(SPEC, 4, io.StringIO(), 0.9)
    ends = [alone(seed, "validation_accuracy")[-1] for seed in range(4)]
    assert result["final"] == pytest.approx(ends)
    assert result["solved"] == sum(end >= 0.9 for end in ends)
    losses = np.array([alone(seed, "train_loss") for seed in range(4)])
    assert result["bands"]["train_loss"][1] == pytest.approx(np.median(losses, axis=0).tolist(), abs=1e-5)
    assert result["epochs"] == list(range(9))
    assert table(result)[0] == ("solved", f"{result['solved']} of 4")
    assert any("validation accuracy of at least 0.9" in row[1] for row in table(result))


def test_the_shell_prints_them(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["seeds", "playground", "--seeds", "3", "--epochs", "2", "--points", "60", "--device", "cpu"]
    assert main([*words, "--json", "--data", "hills"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["score"], len(result["final"]), result["link"]["closer"]) == ("r2", 3, "seeds")
    assert main(words) == 0
    assert "median" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--seeds", "101"), "--seeds must be in 1 … 100, got 101"),
        (("--solved-from", "2"), "--solved-from must be in 0 … 1, got 2.0"),
        (("--edits", "3:w0=1"), "weights that were set by hand belong to one network alone"),
        (("--data", "mnist-5k", "--network", "mlp"), "dense networks that learn from points"),
    ],
)
def test_what_cannot_be_is_said(words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seeds", "playground", *words]) == 2
    assert sentence in capsys.readouterr().err


class Screen(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        """Return that somebody does."""
        return True


def test_whoever_watches_sees_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlviz.command.seeds.LOOK", -1.0)
    screen = Screen()
    seeds(SPEC, 2, screen)
    assert "2 networks, update 24" in screen.getvalue()
    assert screen.getvalue().endswith("\r\033[K")
