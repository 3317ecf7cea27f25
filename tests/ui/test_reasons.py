"""Reasons are said in the visitor's language, and what is quoted stays harmless."""

import pytest

from dlviz.data.csv_points import read_points
from dlviz.data.csv_table import CsvError
from dlviz.data.digits import all_digits
from dlviz.formula import FormulaError, read_formula
from dlviz.ui import reasons
from dlviz.words import csv, formula
from dlviz.words.reasons import WORDS


@pytest.fixture(params=[0, 1], ids=["en", "zh"])
def spoken(request, monkeypatch):
    def words(key: str, **values: object) -> str:
        return WORDS[key.removeprefix("reasons.")][request.param].format(**values)

    monkeypatch.setattr(reasons, "t", words)
    return request.param


def test_digits_that_are_not_there_are_explained_and_no_folder_of_the_server_is_named(tmp_path, spoken):
    with pytest.raises(ValueError, match="mnist-full") as error:
        all_digits(tmp_path)
    said = reasons.say(str(error.value), markdown=False)
    assert "DLVIZ_DATA" in said and str(tmp_path) not in said and str(tmp_path.parent) not in said
    assert said.startswith(WORDS["no_full_mnist"][spoken][:8])


def test_what_nobody_foresaw_is_quoted_and_cannot_act_as_markdown(spoken):
    said = reasons.say("![x](http://evil) **boom**")
    assert "boom" in said and "![" not in said and "**" not in said


@pytest.mark.parametrize(
    ("reason", "name"),
    [
        ("split: this run has no validation digits", "no_split"),
        ("edits: the knobs of a run can be turned 64 times, not more", "too_many_turns"),
        ("device: cuda was asked for, but this machine has none; use cpu", "no_cuda"),
        ("the network has diverged", "diverged"),
        ("data: train-images could not be fetched from a, b", "no_mirror"),
    ],
)
def test_every_reason_with_words_is_recognised(reason, name, spoken):
    beginning = WORDS[name][spoken].split("{")[0]
    assert reasons.say(reason, markdown=False).startswith(beginning[:20])


def test_every_problem_of_a_table_is_a_sentence_and_quotes_nothing_that_acts(monkeypatch):
    monkeypatch.setattr(reasons, "t", lambda key, **values: csv.WORDS[key.removeprefix("csv.")][0].format(**values))
    with pytest.raises(CsvError) as refused:
        read_points("x,y,kind\n1,2,a\n3,**4**,b\n5,6,a\n,8,b\n9,[1](http://evil),a\n2,2,b\n1,3,b\n")
    with pytest.raises(CsvError) as numbers:
        read_points("x,y,kind\n1,2,a\n3,**4**,b\n5,6,a\n7,8,b\n9,[1](http://evil),a\n2,2,b\n1,3,b\n")
    assert reasons.say_problems(refused.value) == ["Line 5: the cell of column “x” is empty."]
    said = reasons.say_problems(numbers.value)
    assert [sentence.split(",")[0] for sentence in said] == ["Line 3", "Line 6"]
    assert "**" not in said[0] and "](" not in said[1]
    with pytest.raises(CsvError) as long:
        read_points("1,2,a\n" * 2001)
    (said,) = reasons.say_problems(long.value)
    assert "2,001 rows" in said and said.endswith("2,000 are allowed.")


@pytest.mark.parametrize("code", sorted(formula.WORDS))
@pytest.mark.parametrize("language", [0, 1], ids=["en", "zh"])
def test_whatever_is_wrong_with_a_formula_is_said(code, language, monkeypatch):
    monkeypatch.setattr(reasons, "t", lambda key, **values: formula.WORDS[key[8:]][language].format(**values))
    error = FormulaError(code, 6, found="max", takes=2, most=40, variables=("x",))
    said = reasons.say_formula(error)
    assert "{" not in said
    assert code not in ("character", "unexpected") or "7" in said
    assert code != "arguments" or "max(x, y)" in said.replace("\\", "")


@pytest.mark.parametrize("text", ["", "x +", "$", "y", "sin x", "x)", "1e999", "x" * 2000, "(" * 99, "-" * 300 + "x"])
def test_every_code_has_words(text):
    with pytest.raises(FormulaError) as error:
        read_formula(text)
    assert error.value.code in formula.WORDS
