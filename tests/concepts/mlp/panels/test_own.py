"""What is said of a row that was typed in is what was computed, with its unit and a bar for each column."""

import numpy as np

from dlviz.concepts.mlp.panels import own
from dlviz.concepts.mlp.recording import Foretold
from dlviz.concepts.mlp.spec import CARS, View
from dlviz.recording import unpack
from dlviz.spec import Table

DIABETES = CARS.model_copy(update={"data": Table(data="diabetes", columns=("age", "body_mass_index"))})


def test_a_bar_for_each_column_in_the_unit_of_what_is_told(quiet_engine: object) -> None:
    moves = np.arange(7.0)
    header, arrays = unpack(own.picture(View(run=CARS), Foretold(20.0, moves)))
    np.testing.assert_allclose(arrays["values"], moves[None])
    assert header["names"] == list("1234567")
    assert header["x_label"].startswith("1 cylinders · 2 displacement")
    assert header["y_label"] == "moves the answer by, miles per gallon"


def test_columns_have_their_units(quiet_engine: object) -> None:
    assert own.names(View(run=CARS), units=True)[:3] == ["cylinders", "displacement (cubic inches)", "power (hp)"]
    assert own.names(View(run=DIABETES)) == ["age", "body mass index"]
