"""What the playground opens with fits together, and a link to it says nothing."""

from itertools import pairwise

import pytest

from dlviz import codec
from dlviz.concepts.playground.spec import DEFAULT, LEVELS, Duel, View, moves_text, read_moves


def test_the_page_opens_with_a_small_network_on_points() -> None:
    run = DEFAULT.run
    assert run.on_plane and run.data.data == "circle"
    assert run.parameters == (2 + 1) * 4 + (4 + 1) * 2 + (2 + 1) * 2
    assert codec.write(DEFAULT, View()) == {}


@pytest.mark.parametrize("name", LEVELS)
def test_every_duel_is_about_as_many_numbers_as_torch_would_learn(name: str) -> None:
    level = LEVELS[name]
    sizes = level.sizes
    assert level.weights == sum((before + 1) * after for before, after in pairwise(sizes))
    assert level.data.outputs == 2
    assert level.moves in (10, 20)


def test_moves_are_read_as_they_are_written() -> None:
    moves = ((0, 1.25), (2, -3.0), (0, 0.0), (1, 8.0))
    text = moves_text(moves)
    assert text == "w0=1.25,w2=-3,w0=0,w1=8"
    assert read_moves(text) == moves == Duel(duel_moves=text).moves
    assert moves_text([(0, -0.001)]) == "w0=0"
    assert read_moves("") == ()


@pytest.mark.parametrize(
    "text", ["w0", "w0=", "0=1", "w0=1;w1=2", "w0=1e3", "w0=1.", "w-1=1", "W0=1", " w0=1", "w0=１"]
)
def test_what_is_no_move_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="duel_moves"):
        read_moves(text)


def test_a_full_duel_fits_into_its_text() -> None:
    for name, level in LEVELS.items():
        text = moves_text([(level.weights - 1, -7.99)] * level.moves)
        assert len(Duel(duel_level=name, duel_moves=text).moves) == level.moves
