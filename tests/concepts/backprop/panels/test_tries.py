"""What the things to try claim is what their numbers show."""

import pytest

from dlviz.concepts.backprop.compute import lesson
from dlviz.concepts.backprop.panels.tries import ASKED, FAST, TRIES, digits
from dlviz.concepts.backprop.spec import DEFAULT, Preset
from dlviz.words import backprop as words

RIGHT = {"micrograd": 1, "meet": 2, "off": 0, "rate": 2, "far": 2}


@pytest.mark.parametrize("name", ASKED)
def test_the_right_answer_is_the_one_that_is_measured(name: str) -> None:
    question, choices, judge = ASKED[name]
    found = judge(lesson(question))
    assert found.right == RIGHT[name]
    assert f"preset.{choices}.{found.right}" in words.WORDS
    for language in (0, 1):
        assert words.WORDS[f"preset.{name}.found"][language].format(**found.values)


def test_the_numbers_told_are_the_measured_ones() -> None:
    assert ASKED["micrograd"][2](lesson(ASKED["micrograd"][0])).values == {
        "g": "24.7041",
        "a": "138.8338",
        "b": "645.5773",
    }
    assert ASKED["meet"][2](lesson(ASKED["meet"][0])).values == {"parts": "1 + 3 + 3", "gradient": "7"}
    course = ASKED["rate"][2](lesson(FAST))
    assert course.values["limit"] == digits(2 / 12)  # 2 / (2 (x₁² + x₂² + 1))
    calm = FAST.model_copy(update={"learning_rate": 0.08})
    assert ASKED["rate"][2](lesson(calm)).right == 0
    crawling = FAST.model_copy(update={"learning_rate": 0.001})
    assert ASKED["rate"][2](lesson(crawling)).right == 1


@pytest.mark.parametrize(
    ("value", "text"), [(0.08731, "0.0873"), (-12.34, "−12.3"), (4054.2, "4,050"), (2e-5, "2×10⁻⁵"), (0, "0")]
)
def test_numbers_have_three_digits(value: float, text: str) -> None:
    assert digits(value) == text


def test_the_question_names_its_learning_rate() -> None:
    assert all(f"{FAST.learning_rate:g}" in text for text in words.WORDS["preset.rate.question"])


def test_each_leads_to_its_question_from_the_start() -> None:
    for name, one in TRIES.items():
        view = one.leads_to(DEFAULT.model_copy(update={"at": 5, "trust": True}))
        assert (view.question, view.at, view.walk, view.trust) == (ASKED[name][0], 0, None, False)


def test_every_thing_to_try_can_be_linked_to() -> None:
    assert {"none", *TRIES} == set(Preset.__args__)
