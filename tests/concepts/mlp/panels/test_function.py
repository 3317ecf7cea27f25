"""The picture of units: what it is told, and what a pen may say."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp.panels import function
from dlviz.rows import read_pairs
from tests.lab import component, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
SHORT = {"epochs": "20", "points": "30"}


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [
        ([[0, 1], [0.5, -0.25]], [(0, 1), (0.5, -0.25)]),
        ([[0, 1, 2], "x", [1, None], [0.25, float("nan")], [0.5, 0]], [(0.5, 0)]),
        ("points", []),
        (None, []),
        ([[0, 0]] * (function.MOST_POINTS + 1), []),
    ],
)
def test_only_pairs_of_numbers_are_points(drawn: object, kept: list) -> None:
    assert function.read_points(drawn) == kept


def test_the_picture_is_told_the_points_and_the_network(open_lab: Open) -> None:
    app = until(open_lab(slug="mlp", hidden="5,3", **SHORT), lambda app: "units" in shown(app))
    header, arrays = component(app, "units")
    assert (header["hidden"], header["activations"], header["player"]) == ([5, 3], ["tanh", "tanh"], "mlp.function")
    assert len(arrays["train"]) + len(arrays["validation"]) == 30
    assert (header["known"], header["own"], header["count"]) == (True, False, None)


def test_what_is_drawn_is_learnt_with_the_same_network_and_knobs(open_lab: Open) -> None:
    app = until(open_lab(slug="mlp", learning_rate="0.05", **SHORT), lambda app: "units" in shown(app))
    drawn = [[float(x), float(np.sin(3 * x))] for x in np.linspace(-1, 1, 9)]
    app.session_state[function.KEY] = {"points": {"points": drawn, "seq": 7}}
    run = state_of(until(app, lambda app: state_of(app, "mlp").run.data.data == "pairs"), "mlp").run
    assert np.array(read_pairs(run.data.pairs)) == pytest.approx(np.array(drawn), abs=1e-3)
    assert (run.knobs.learning_rate, run.network.hidden, run.data.validation_share) == (0.05, (8,), 0)
    app = until(app, lambda app: component(app, "units")[0]["own"])
    assert component(app, "units")[0]["heard"] == 7


def test_how_many_units_are_added_up_is_in_the_link(open_lab: Open) -> None:
    app = until(open_lab(slug="mlp", **SHORT), lambda app: "units" in shown(app))
    app.session_state[function.KEY] = {"count": {"count": 4, "seq": 3}}
    until(app, lambda app: state_of(app, "mlp").count == 4)
    app.session_state[function.KEY] = {"count": {"count": 9, "seq": 4}}  # there are eight
    app.run()
    assert state_of(app, "mlp").count == 4


def test_the_slider_widens_the_first_layer(open_page: Open) -> None:
    app = open_page("mlp", link={"hidden": "3,2"})
    app.slider("mlp.function.units").set_value(100).run()
    assert state_of(app, "mlp").run.network.hidden == (100, 2)
    app = open_page("mlp", link={"hidden": "200"})
    assert "mlp.function.units" not in {one.key for one in app.slider}
