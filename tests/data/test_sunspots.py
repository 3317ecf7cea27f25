"""The sunspots: the numbers that are published, and the rhythm that Schwabe found."""

import numpy as np
import pytest

from dlviz.data.sunspots import sunspots


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
