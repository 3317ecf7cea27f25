"""The stage draws what was computed, and one's own function leads to the playground."""

import numpy as np

from dlviz.concepts.activations import compute
from dlviz.concepts.activations.panels.function import in_playground, picture, readable
from dlviz.concepts.activations.spec import DEFAULT, Parameters, View
from dlviz.recording import unpack


def test_the_picture_holds_the_curves_and_where_they_are_flat() -> None:
    found = compute.curves(("relu", "hardshrink"), Parameters(), "", 5.0, 0.05)
    header, arrays = unpack(picture(View(probe=2.0), found, ("relu", "hardshrink"), 0.05))
    relu, shrink = header["functions"]
    assert relu["flat"] == [[-20, 0, True]]
    assert shrink["jumps"] == [-0.5, 0.5]
    assert (header["probe"], header["reach"]) == (2, 5)
    np.testing.assert_array_equal(arrays["slopes"], found.slopes)


def test_what_cannot_be_read_is_left_out() -> None:
    assert readable(View(functions=("own", "tanh"), formula="x +")) == ("tanh",)
    assert readable(View(functions=("own", "tanh"))) == ("own", "tanh")
    assert readable(DEFAULT) == DEFAULT.functions


def test_the_link_to_the_playground_says_the_formula() -> None:
    assert in_playground("x *  sigmoid(2x)") == {"activation": "own", "own": "x * sigmoid(2x)"}
