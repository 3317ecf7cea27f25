"""Cars of 1970 to 1982: what is known of the car, and how far a gallon takes it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from dlviz.data.records import Records, records_of

TABLE = Path(__file__).parent / "tables" / "auto_mpg.csv"
ORIGINS = ("usa", "europe", "japan")  # 1, 2, 3 in the values
COLUMNS = {
    "cylinders": "cylinders",
    "displacement": "displacement_cubic_inches",
    "horsepower": "horsepower",
    "weight": "weight_pounds",
    "acceleration": "acceleration_seconds",
    "year": "year",
    "origin": "origin",
}


@cache
def cars() -> Records:
    """Return 392 cars; the label is the distance in miles that a gallon (US) lasts in the city.

    Columns: cylinders (3 to 8), displacement (cubic inches), horsepower, weight (pounds), acceleration (seconds from
    0 to 60 miles per hour), model year (1970 to 1982), origin (1 USA, 2 Europe, 3 Japan: a name, not an amount).
    Source: tables/PROVENANCE.md.
    """
    table = _table()
    numbers = table.assign(origin=1 + table["origin"].map(ORIGINS.index))[list(COLUMNS.values())]
    return records_of(numbers.to_numpy(np.float64), table["miles_per_gallon"].to_numpy(), tuple(COLUMNS))


@cache
def car_names() -> tuple[str, ...]:
    """Return what each of the 392 cars is called, in the order of `cars`."""
    return tuple(_table()["car"])


@cache
def _table() -> pd.DataFrame:
    return pd.read_csv(TABLE)
