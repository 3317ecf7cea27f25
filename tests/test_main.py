"""`python -m dlviz` as a shell sees it: what it prints where, its exit status, and what it does not import."""

import json
import subprocess
import sys

import pytest

from tests.house.source import ROOT

SMALL = ("--train-share", "0.02", "--epochs", "2", "--threads", "1", "--device", "cpu")


def shell(*words: str) -> subprocess.CompletedProcess:
    """Return what came of `python -m dlviz` with these words."""
    return subprocess.run(
        [sys.executable, "-m", "dlviz", *words], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def test_training_prints_json_and_nothing_else() -> None:
    done = shell("train", "cnn", *SMALL, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert len(result["losses"]) == len(result["epoch_seconds"]) == 2
    assert result["parameters"] == 347_146
    assert 0 <= result["test_accuracy"] <= 1


def test_a_mistake_is_one_sentence_and_no_traceback() -> None:
    done = shell("train", "cnn", "--learning-rate", "fast")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "dlviz train: --learning-rate must be a number (1e-06 … 10), got 'fast'\n"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("frobnicate",),
        ("train",),
        ("train", "transformer"),
        ("train", "cnn", "--colour", "red"),
        ("train", "cnn", "--data", "mnist-full", "--data-dir", "/no/such/folder"),
        ("script", "cnn", "--dropout", "1"),
        ("bench",),
        ("bench", "cnn", "--epochs", "many"),
        ("bench", "visitors", "--visitors", "0"),
        ("bench", "visitors", "--url", "http://localhost:9", "--visitors", "1"),
    ],
)
def test_every_mistake_ends_with_status_two_and_one_line(words: tuple[str, ...]) -> None:
    done = shell(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("dlviz")
    assert done.stderr.count("\n") == 1


WHAT_IS_LOADED = """
import sys
from dlviz.command.line import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("\\n", [name for name in ("torch", "torchvision", "streamlit", "distributed") if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("words", "loaded"),
    [
        (("--help",), "[]"),
        (("train", "--help"), "[]"),
        (("pages",), "[]"),
        (("train", "cnn", "--epochs", "0"), "[]"),
        (("train", "cnn", *SMALL), "['torch']"),
    ],
)
def test_nothing_is_loaded_that_is_not_needed(words: tuple[str, ...], loaded: str) -> None:
    command = [sys.executable, "-c", WHAT_IS_LOADED, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.splitlines()[-1].strip() == loaded
