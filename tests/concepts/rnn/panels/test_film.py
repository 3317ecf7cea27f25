"""The film of a reading: which moments it has, and how one more is put in its place."""

from itertools import pairwise

import numpy as np
import pytest

from dlviz.concepts.rnn.panels import film
from dlviz.concepts.rnn.recording import Reading


def reading(steps: list[int], years: bool = False) -> Reading:
    """Return a reading whose every number says after which step it was measured."""
    numbers = np.array(steps, np.float32)
    wide = np.broadcast_to(numbers[:, None, None], (len(steps), 4, 2))
    told = {"foretold": wide[..., 0], "read": np.arange(5)} if years else {"belief": wide}
    return Reading(np.array(steps), wide, {"keep": wide}, wide[..., 0], **told)


def test_a_short_run_is_filmed_whole_and_a_long_one_every_so_often_to_its_end() -> None:
    assert film.chosen(range(66), True) == tuple(range(66))
    assert film.chosen(range(0, 500, 5), True) == (*range(0, 500, 10), 495)
    long = film.chosen(range(1000), True)
    assert len(long) <= film.MOST + 1 and long[-1] == 999


def test_while_a_run_goes_on_its_film_grows_piece_by_piece() -> None:
    grown = [film.chosen(range(count), False) for count in range(1, 40)]
    assert grown[0] == (0,)
    assert len(set(grown)) == 1 + 39 // film.PIECE  # not one question for every moment
    assert all(after[: len(before)] == before for before, after in pairwise(grown))


@pytest.mark.parametrize("years", [False, True])
@pytest.mark.parametrize("step", [-1, 3, 99])
def test_one_moment_more_comes_to_its_place(years: bool, step: int) -> None:
    found = film.joined(reading([0, 2, 8], years), reading([step], years))
    assert found.steps.tolist() == sorted([0, 2, 8, step])
    many = [found.state[:, 0, 0], found.gates["keep"][:, 3, 1], found.gradient[:, 0]]
    many.append(found.foretold[:, 0] if years else found.belief[:, 0, 0])
    for values in many:
        assert values.tolist() == found.steps.tolist()


def test_what_the_film_holds_already_changes_nothing() -> None:
    whole = reading([0, 2, 8])
    assert film.joined(whole, reading([2])) is whole
