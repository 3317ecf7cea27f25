"""Sunspots: one number a year since 1700, with a rhythm of about eleven years that never quite repeats."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from dlviz.recording import read_only
from dlviz.sets import Sunspots

TABLE = Path(__file__).parent / "tables" / "sunspots.csv"


class Series(NamedTuple):
    """`years` (S,) int64, one after the other, and `numbers` (S,) float64 of each year, never below 0."""

    years: np.ndarray
    numbers: np.ndarray


@cache
def sunspots() -> Series:
    """Return the yearly mean of the relative sunspot number from 1700 to 2008, 309 years; no array can be written to.

    The relative number is 10 × the groups of spots + the single spots, as first counted by Wolf, so it has no unit.
    Source: tables/PROVENANCE.md.
    """
    table = pd.read_csv(TABLE)
    return Series(read_only(table["year"].to_numpy(np.int64)), read_only(table["sunspots"].to_numpy(np.float64)))


class Scale(NamedTuple):
    """How sunspot numbers enter a network: their `transform`, in deviations of the training years from their mean.

    Square roots of counts vary about evenly, however large the counts are. Source: Bartlett 1936, "The square root
    transformation in analysis of variance".
    """

    transform: str
    mean: float
    deviation: float

    def read(self, spots):
        """Return what a network reads of sunspot numbers, in the same shape."""
        return (_transformed(spots, self.transform) - self.mean) / self.deviation

    def spots(self, read):
        """Return the sunspot numbers of what a network says, array or tensor; a root below 0 means no spots."""
        said = read * self.deviation + self.mean
        return said if self.transform == "none" else said.clip(min=0) ** 2


def ends(data: Sunspots) -> tuple[int, int]:
    """Return at which years, counted from the first, the validation and the test begin."""
    count = len(sunspots().numbers)
    test = count - round(count * data.test_share)
    return test - round(count * data.validation_share), test


def scale_of(data: Sunspots) -> Scale:
    """Return how the numbers are read; of years that come after the training, nothing tells."""
    known = _transformed(sunspots().numbers[: ends(data)[0]], data.transform)
    return Scale(data.transform, float(known.mean()), float(known.std()))


def _transformed(spots, transform: str):
    return spots if transform == "none" else spots**0.5
