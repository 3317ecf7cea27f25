"""Make auto_mpg.csv, the 392 cars that come with the program.

They are taken from the mlxtend package (see PROVENANCE.md), whose file holds one car a line. Columns get names that
say the unit, the target comes first, years are written in full and origins as words. Run once, by hand:

    pip install mlxtend pandas && python dlviz/data/tables/make_auto_mpg.py
"""

from importlib.util import find_spec
from pathlib import Path

import pandas as pd

TABLE = Path(__file__).with_name("auto_mpg.csv")
THEIRS = ["cylinders", "displacement_cubic_inches", "horsepower", "weight_pounds", "acceleration_seconds"]
THEIRS += ["year", "origin", "car", "miles_per_gallon"]
ORIGINS = {1: "usa", 2: "europe", 3: "japan"}


def read_lines(path: Path) -> pd.DataFrame:
    """Return the cars of a (gzipped) table without a heading, in the columns of ours."""
    cars = pd.read_csv(path, header=None, names=THEIRS)
    cars = cars.assign(year=1900 + cars["year"], origin=cars["origin"].map(ORIGINS))
    return cars[["miles_per_gallon", *THEIRS[:-1]]].convert_dtypes()


def make(table: Path = TABLE) -> None:
    """Write the cars that the installed mlxtend holds to `table`, whole numbers where all of a column are."""
    package = find_spec("mlxtend")
    if package is None or package.origin is None:
        raise ValueError("mlxtend is not installed; `pip install mlxtend` and run this again")
    read_lines(Path(package.origin).parent / "data" / "data" / "autompg.csv.gz").to_csv(table, index=False)


if __name__ == "__main__":
    make()
