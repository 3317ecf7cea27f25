"""Every closer look has its words, and the view names no other."""

from typing import get_args

from dlviz.concepts.linear_regression.panels.closer import PANELS
from dlviz.concepts.linear_regression.spec import Closer
from dlviz.words.linear_regression import WORDS


def test_every_look_of_the_view_has_a_panel_and_its_words() -> None:
    assert tuple(PANELS) == get_args(Closer)
    assert {f"closer.{name}" for name in PANELS} | {f"{name}.help" for name in PANELS} <= set(WORDS)
