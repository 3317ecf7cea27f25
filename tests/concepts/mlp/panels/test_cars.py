"""A table's rows: what is true of each, in the unit of the table."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp.panels import cars
from dlviz.concepts.mlp.spec import CARS
from dlviz.data.auto_mpg import cars as records
from tests.lab import component, said, shown, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
TABLE = {"data": "auto-mpg", "hidden": "4", "epochs": "3"}


@pytest.mark.parametrize(("data", "unit"), [("auto-mpg", "miles per gallon"), ("diabetes", "")])
def test_the_picture_has_every_row_once(open_lab: Open, data: str, unit: str) -> None:
    app = until(open_lab(slug="mlp", **{**TABLE, "data": data}), lambda app: "against" in shown(app))
    header, arrays = component(app, "against")
    assert header["words"]["unit"] == unit
    assert sum(map(len, arrays.values())) == {"auto-mpg": 392, "diabetes": 442}[data]
    if data == "auto-mpg":
        assert min(name for names in header["names"].values() for name in names) == "amc ambassador brougham"
        assert sum(values.sum() for values in arrays.values()) == pytest.approx(records().labels.sum(), rel=1e-5)
    assert "Real:" in said(app)


def test_words_of_every_table_that_can_be_chosen() -> None:
    assert set(cars.WORDS) == {"auto-mpg", "diabetes"}
    assert CARS.data.data in cars.WORDS
