"""Each command prints what it promises, for people and for programs."""

import json
import os
from pathlib import Path

import pytest

from dlviz.command import answers
from dlviz.command.line import main
from dlviz.spec import RunSpec
from dlviz.words.pages import existing

SMALL = ("--train-share", "0.02", "--epochs", "1", "--threads", "1", "--device", "cpu")


def test_pages_come_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["pages", "--lang", "zh"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [page.slug for page in existing()]
    assert all(page.title[1] in line for page, line in zip(existing(), lines, strict=True))


def test_training_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "cnn", *SMALL]) == 0
    printed = capsys.readouterr()
    assert "347,146" in printed.out
    assert "test accuracy" in printed.out
    assert printed.err.startswith("epoch 1 of 1, training loss ")


def test_a_diverged_run_is_told_and_has_a_status_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["train", "cnn", *SMALL, "--optimizer", "sgd", "--learning-rate", "10", "--epochs", "30", "--json"]
    assert main([*words, "--activation", "identity"]) == answers.DIVERGED
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert f"diverged at update {result['diverged_at']}" in printed.err
    assert result["test_accuracy"] is None


def test_a_script_is_the_run_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["script", "cnn", "--seed", "7", "--threads", "1", "--device", "cpu"]) == 0
    plain = capsys.readouterr().out
    assert main(["script", "cnn", "--seed", "7", "--threads", "1", "--device", "cpu", "--json"]) == 0
    wrapped = json.loads(capsys.readouterr().out)
    assert wrapped["script"] == plain
    assert wrapped["digest"] == RunSpec(seed=7, device="cpu").digest
    compile(plain, "script.py", "exec")


def test_the_named_folder_is_the_one_that_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DLVIZ_DATA", "elsewhere")  # put back afterwards
    assert main(["train", "cnn", "--data", "mnist-full", "--data-dir", str(tmp_path)]) == 2
    assert os.environ["DLVIZ_DATA"] == str(tmp_path)
    assert f"mnist-full is not in {tmp_path}" in capsys.readouterr().err


def test_benchmarks_get_the_folder_epochs_and_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DLVIZ_DATA", "")
    monkeypatch.setattr("dlviz.bench.cnn", lambda *given: {"given": [str(one) for one in given]})
    assert main(["bench", "cnn", "--data-dir", str(tmp_path), "--epochs", "2", "--threads", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"given": [str(tmp_path), "2", "1"]}


def test_visitors_go_where_they_are_sent(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("dlviz.visitors.visit", lambda *given, **more: {"given": given, "more": more})
    words = ["bench", "visitors", "--visitors", "3", "--seconds", "2.5", "--same", "--json"]
    assert main(words) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["given"] == ["http://localhost:8501", 3, 2.5, True]
    assert said["more"] == {"turns": True, "page": "cnn", "arrival": 1}
    there = ["--still", "--url", "http://there:1", "--page", "playground", "--arrival", "9"]
    assert main([*words, *there]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["given"] == ["http://there:1", 3, 2.5, True]
    assert said["more"] == {"turns": False, "page": "playground", "arrival": 9}


def test_tables_line_up(capsys: pytest.CaptureFixture[str]) -> None:
    answers.print_table([("a", "long word", "x"), ("long", "b", "")])
    assert capsys.readouterr().out == "a     long word  x\nlong  b\n".replace("b\n", "b          \n")
