"""The pictures are told the rows, the classes and the words of the run."""

import pytest

from dlviz.concepts.logistic_regression.panels import stage
from dlviz.concepts.logistic_regression.spec import DEFAULT, usual


@pytest.mark.parametrize("name", ["gauss", "wine", "breast-cancer", "points"])
def test_what_the_pictures_are_told_of_each_kind_of_data(name: str) -> None:
    view = DEFAULT.model_copy(update={"run": usual(name)})
    header = stage._header(view)
    assert (header["sums"], header["plane"]) == (view.run.outputs, view.run.on_plane)
    assert header["editable"] == (name == "points")
    assert len(header["classes"]) == view.run.data.outputs
    assert {"hint", "read", "read_classes", "says", "parts", "weights", "adds", "curve_x"} <= set(header["words"])
