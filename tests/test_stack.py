"""A stack says how its weights vary, and what of it decides the numbers."""

import pytest

from dlviz import codec
from dlviz.stack import Depth, Stack, Vanishing


@pytest.mark.parametrize(
    ("start", "variance"),
    [("xavier", 2 / 24), ("he", 2 / 8), ("lecun", 1 / 8), ("orthogonal", 1 / 16), ("normal", 0.25)],
)
def test_the_variance_of_first_weights_is_that_of_its_rule(start: str, variance: float) -> None:
    assert Stack(deep_start=start, deep_scale=0.5).weight_variance(8, 16) == pytest.approx(variance)


def test_what_is_only_looked_at_is_no_part_of_the_question() -> None:
    one = Vanishing(deep_at=3, deep_preset="clip", deep_guess=1, deep_clip=1.0)
    assert one.question == Vanishing(deep_clip=1.0)


def test_the_network_has_two_inputs_and_two_scores() -> None:
    assert Vanishing(deep_layers=3, deep_width=5).sizes == (2, 5, 5, 5, 2)
    assert Vanishing(deep_data="xor").plane.data == "xor"


@pytest.mark.parametrize("kind", [Depth, Vanishing])
def test_every_name_begins_alike_so_that_it_can_stand_in_any_link(kind: type[Stack]) -> None:
    assert all(name.startswith("deep_") for name in codec.names(kind))
    assert codec.read(codec.write(kind(deep_layers=7), kind()), kind()) == (kind(deep_layers=7), [])
