"""Make sunspots.csv, the yearly sunspot numbers that come with the program.

They are copied from the statsmodels package (see PROVENANCE.md); it is not imported, for it needs much that is not
needed here. Only the heading is written anew. Run once, by hand:

    pip install --no-deps statsmodels && python dlviz/data/tables/make_sunspots.py
"""

from importlib.util import find_spec
from pathlib import Path

TABLE = Path(__file__).with_name("sunspots.csv")


def make(table: Path = TABLE) -> None:
    """Write the years and numbers that the installed statsmodels holds to `table`."""
    package = find_spec("statsmodels")
    if package is None or package.origin is None:
        raise ValueError("statsmodels is not installed; `pip install --no-deps statsmodels` and run this again")
    theirs = Path(package.origin).parent / "datasets" / "sunspots" / "sunspots.csv"
    _, *lines = theirs.read_text(encoding="utf-8").split()
    table.write_text("\n".join(["year,sunspots", *lines, ""]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make()
