"""A table is handed out as it lies in the program, and nothing else is."""

import io

import numpy as np
import pytest

from dlviz.ui.data_files import TABLES, embedded_table


def test_the_digits_are_handed_out_whole() -> None:
    data = embedded_table("mnist_5k.npz")
    assert data == (TABLES / "mnist_5k.npz").read_bytes()
    with np.load(io.BytesIO(data)) as table:
        assert max(len(table[name]) for name in table.files) == 5000


@pytest.mark.parametrize("name", ["../load.py", "no_such.npz", "", ".", "../../spec.py", "/etc/passwd"])
def test_nothing_else_is_handed_out(name: str) -> None:
    with pytest.raises(ValueError, match="table: there is no"):
        embedded_table(name)
