"""Moments grow rarer by a rule of their own, and are enough for a film and few enough to keep."""

from itertools import pairwise

import pytest

from dlviz.training.pace import gap, is_recorded


def test_every_epoch_at_first_then_fewer() -> None:
    assert [gap(epoch) for epoch in (1, 100, 101, 300, 301, 1000, 3000, 3001, 10_000)] == [1, 1, 2, 2, 4, 4, 8, 16, 16]
    assert all(map(is_recorded, range(1, 101)))
    assert [epoch for epoch in range(101, 111) if is_recorded(epoch)] == [102, 104, 106, 108, 110]


@pytest.mark.parametrize(("epochs", "most"), [(80, 80), (1000, 400), (3000, 650), (10_000, 1100)])
def test_long_runs_are_kept_in_few_moments(epochs: int, most: int) -> None:
    assert sum(map(is_recorded, range(1, epochs + 1))) <= most


@pytest.mark.parametrize("work", [1, 27, 75, 175, 750, 10_000])
def test_a_film_has_no_holes(work: int) -> None:
    recorded = [epoch for epoch in range(1, 10_001) if is_recorded(epoch, work)]
    assert recorded[:100] == list(range(1, 101))
    assert max(after - before for before, after in pairwise(recorded)) <= 16


@pytest.mark.parametrize(("work", "widest"), [(25, 16), (75, 8), (175, 4), (250, 2), (750, 1)])
def test_the_more_work_an_epoch_is_the_fewer_make_a_picture(work: int, widest: int) -> None:
    gaps = [gap(epoch, work) for epoch in range(1, 1501)]
    assert max(gaps) == min(widest, 8)
    assert gap(4 * 1500, 75) == 8
    assert gaps == sorted(gaps)


@pytest.mark.parametrize("work", [75, 175, 750, 10_000])
def test_a_long_run_of_much_work_is_kept_in_a_few_thousand_moments(work: int) -> None:
    gaps = [gap(epoch, work) for epoch in range(1, 10_001)]
    assert gaps == sorted(gaps)
    assert sum(is_recorded(epoch, work) for epoch in range(1, 10_001)) <= 4400
