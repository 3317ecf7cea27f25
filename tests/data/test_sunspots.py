"""The sunspots: the numbers that are published, and the rhythm that Schwabe found."""

import numpy as np
import pytest
import torch

from dlviz.data.sunspots import scale_of, sunspots
from dlviz.sets import Sunspots


def test_there_is_a_number_for_every_year() -> None:
    years, numbers = sunspots()
    assert years.tolist() == list(range(1700, 2009))
    assert np.isfinite(numbers).all() and numbers.min() == 0
    assert not years.flags.writeable and not numbers.flags.writeable


@pytest.mark.parametrize(("year", "number"), [(1700, 5), (1711, 0), (1778, 154.4), (1957, 190.2), (2008, 2.9)])
def test_known_years(year: int, number: float) -> None:
    years, numbers = sunspots()
    assert numbers[years == year].tolist() == [number]
    assert numbers.max() == 190.2


def test_the_rhythm_takes_eleven_years() -> None:
    numbers = sunspots().numbers
    power = np.abs(np.fft.rfft(numbers - numbers.mean(), 4096)) ** 2
    assert 4096 / power.argmax() == pytest.approx(11.0, abs=0.3)


@pytest.mark.parametrize("transform", ["none", "root"])
def test_what_is_read_says_the_number_again(transform: str) -> None:
    scale, numbers = scale_of(Sunspots(transform=transform)), sunspots().numbers
    read = scale.read(numbers)
    np.testing.assert_allclose(scale.spots(read), numbers, atol=1e-9)
    np.testing.assert_allclose(scale.spots(torch.tensor(read)).numpy(), numbers, atol=1e-9)
    assert (read[:201].mean(), read[:201].std()) == pytest.approx((0, 1))  # 1700 to 1900, the training years


def test_a_root_below_nothing_means_no_spots() -> None:
    scale = scale_of(Sunspots(transform="root"))
    assert scale.spots(np.array([-100.0])).tolist() == [0]
    assert scale_of(Sunspots()).spots(np.array([-100.0])).item() < 0


def test_roots_scatter_evenly() -> None:
    """From year to year, large numbers change more than small ones; their roots change about as much."""
    numbers = sunspots().numbers

    def ratio(values: np.ndarray) -> float:
        change, low = np.abs(np.diff(values)), numbers[:-1] < np.median(numbers)
        return change[~low].mean() / change[low].mean()

    assert ratio(numbers) > 1.5 * ratio(np.sqrt(numbers))
