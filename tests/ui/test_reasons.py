"""Reasons are said in the visitor's language, and what is quoted stays harmless."""

import pytest

from dlviz.data.digits import all_digits
from dlviz.ui import reasons
from dlviz.words.reasons import WORDS


@pytest.fixture(params=[0, 1], ids=["en", "zh"])
def spoken(request, monkeypatch):
    def words(key: str, **values: object) -> str:
        return WORDS[key.removeprefix("reasons.")][request.param].format(**values)

    monkeypatch.setattr(reasons, "t", words)
    return request.param


def test_digits_that_are_not_there_are_explained(tmp_path, spoken):
    with pytest.raises(ValueError, match="mnist-full") as error:
        all_digits(tmp_path)
    said = reasons.say(str(error.value), markdown=False)
    assert str(tmp_path) in said and "DLVIZ_DATA" in said
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
