"""The words of the command line lead to the right answer, and to the right exit status."""

import json

import pytest

from dlviz.command.line import main
from dlviz.words.pages import existing


def test_pages_are_listed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pages", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["slug"] for row in rows] == [page.slug for page in existing()]
    assert all(set(row) == {"slug", "section", "title"} for row in rows)


def test_a_wrong_value_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["script", "cnn", "--epochs", "0"]) == 2
    assert capsys.readouterr().err == "dlviz script: --epochs must be in 1 … 10000, got '0'\n"


def test_options_may_be_spelled_as_in_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["script", "cnn", "--learning_rate=x_y"]) == 2
    assert "--learning-rate must be a number (1e-06 … 10), got 'x_y'" in capsys.readouterr().err


def test_an_unknown_option_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["train", "cnn", "--colour", "red"])
    assert ended.value.code == 2
    assert "--colour" in capsys.readouterr().err


def test_an_interrupted_command_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("dlviz.command.answers.pages", interrupted)
    assert main(["pages"]) == 130
    assert capsys.readouterr().err == "dlviz pages: stopped\n"
