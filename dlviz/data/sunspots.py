"""Sunspots: one number a year since 1700, with a rhythm of about eleven years that never quite repeats."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from dlviz.recording import read_only

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
