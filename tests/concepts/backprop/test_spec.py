"""The page's state is one value that a link can hold."""

import pytest
from pydantic import ValidationError

from dlviz import codec
from dlviz.concepts.backprop.spec import DEFAULT, MICROGRAD, Question, View, program_with, read_values, values_text

WHOLE = View(
    question=Question(scene="mlp", hidden=(4, 2), batch=3, values="w11=0.5,b1=-2e-05", bug="tanh", learning_rate=0.1),
    at=3,
    walk=12,
    node=7,
    open=(0, 3),
    trust=True,
    preset="far",
    guess=1,
)


@pytest.mark.parametrize("view", [DEFAULT, WHOLE, View(question=Question(program=MICROGRAD))])
def test_a_link_says_the_whole_state(view: View) -> None:
    assert codec.read(codec.write(view, DEFAULT), DEFAULT) == (view, [])


@pytest.mark.parametrize(
    "link",
    [
        {"program": "a = = 2"},
        {"program": "a = 2\n" * 200},
        {"values": "w1=x"},
        {"values": "w1=1e9"},
        {"hidden": "9"},
        {"scene": "cnn"},
        {"at": "-1"},
        {"open": "1,x"},
    ],
)
def test_nonsense_in_a_link_becomes_the_default_and_is_told(link: dict[str, str]) -> None:
    view, problems = codec.read(link, DEFAULT)
    assert view == DEFAULT
    assert [problem.name for problem in problems] == list(link)


def test_a_program_in_a_link_is_refused_with_the_letter_where_it_breaks_off() -> None:
    _, problems = codec.read({"program": "a = 2\nb = = 3"}, DEFAULT)
    assert [(problem.reason, problem.allowed) for problem in problems] == [("not a formula", "11")]


def test_values_are_written_and_read() -> None:
    values = {"w1": 0.1, "b": -2.0, "x_1": 1e-5, "t": 123456.0}
    assert read_values(values_text(values)) == values
    assert read_values("") == {}
    assert values_text({"a": -0.0}) == "a=0"


@pytest.mark.parametrize("text", ["a", "a=", "=1", "a=1,", "a=nan", "a=1e7", "1a=2"])
def test_other_texts_are_no_values(text: str) -> None:
    with pytest.raises(ValueError, match="values"):
        read_values(text)


def test_a_program_can_be_given_other_numbers() -> None:
    text = "a = 2; b = -3.0  # of the second\nc = a * b"
    assert program_with(text, {"b": 4.5}) == "a = 2\nb = 4.5\nc = a * b"
    assert program_with("c = a * a", {"a": -1.0}) == "a = -1\nc = a * a"
    assert program_with("a = 1\na += 1\na = 7", {"a": 3}) == "a = 3\na += 1\na = 7"


def test_a_program_that_cannot_be_read_is_refused_in_its_own_name() -> None:
    with pytest.raises(ValidationError, match=r"program\n.*formula: unfinished"):
        Question(program="(")
