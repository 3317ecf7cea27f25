"""The settings of a stack have their words and their widgets, and only those that matter are there."""

from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.stack import Bend, Depth, Norm, Stack, Start, Vanishing
from dlviz.ui import stacks
from dlviz.words.stack import WORDS

APP = """
from dlviz.stack import Depth
from dlviz.ui import stacks
stacks.heading("layers")
shown = stacks.edit(Depth({}), ("deep_layers", "deep_start", "deep_scale"), "page")
"""


def keys(app: AppTest) -> set[str]:
    """Return the keys of all widgets."""
    kinds = ("slider", "select_slider", "selectbox", "segmented_control")
    return {one.key for kind in kinds for one in app.get(kind)}


@pytest.mark.parametrize("kind", [Depth, Vanishing])
def test_every_setting_that_is_computed_with_has_a_name_and_one_sentence(kind: type[Stack]) -> None:
    computed = set(codec.names(kind)) - {"deep_preset", "deep_guess", "deep_at", "deep_own"}
    assert computed | {f"{name}.help" for name in computed} <= set(WORDS)


def test_every_choice_has_words_of_its_own() -> None:
    app = AppTest.from_string("from dlviz.ui import stacks").run()
    assert not app.exception
    for kind in (Bend, Start, Norm):
        words = [stacks.option(value) for value in get_args(kind)]
        assert len(set(words)) == len(words)
        assert not set(words) & set(get_args(kind)) - {"tanh"}


def test_a_deviation_is_chosen_for_normal_weights_only() -> None:
    assert "page.deep_scale" not in keys(AppTest.from_string(APP.format("")).run())
    app = AppTest.from_string(APP.format("deep_start='normal'")).run()
    assert not app.exception
    assert {"page.deep_layers", "page.deep_start", "page.deep_scale"} == keys(app)


def test_drawing_anew_takes_the_next_seed_and_nothing_else() -> None:
    assert stacks.another_seed(Depth(deep_layers=3)) == Depth(deep_layers=3, deep_seed=1)
    assert stacks.another_seed(Depth(deep_seed=2**31 - 1)).deep_seed == 0


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.2341, "0.234"),
        (9251.4, "9,251"),
        (4.97e-7, "4.97×10⁻⁷"),
        (0.0, "0"),
        (1.5e21, "1.50×10²¹"),
        (-0.25, "−0.25"),
        (-12345.0, "−12,345"),
        (-4.97e-7, "−4.97×10⁻⁷"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
        (float("nan"), "–"),
    ],
)
def test_numbers_have_three_digits_that_mean_something(value: float, said: str) -> None:
    assert stacks.readable(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(23.456, "23.5"), (150.04, "150"), (-2.5, "−2.50"), (1234.5, "1,234"), (0.0, "0.00"), (float("nan"), "–")],
)
def test_three_digits_are_said(value: float, said: str) -> None:
    assert stacks.three_digits(value) == said
