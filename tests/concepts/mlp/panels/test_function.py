"""The picture of units: what it is told, and what a pen may say."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.mlp.panels import function
from dlviz.concepts.mlp.spec import WAVE
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
    assert (header["normed"], header["own"], header["count"]) == (False, False, None)


def heard(link: dict[str, str], name: str, said: dict[str, object]) -> AppTest:
    """Return an app in which the picture has just said something to a page that a link opened."""
    script = f"""
import streamlit as st
from dlviz.concepts.mlp.panels import function
from dlviz.concepts.mlp.spec import DEFAULT
from dlviz.ui import links
links.enter("mlp")
links.read(DEFAULT)
st.session_state[function.KEY] = {{{name!r}: {said!r}}}
{{"points": function._drawn, "count": function._count}}[{name!r}]()
"""
    app = AppTest.from_string(script, default_timeout=30)
    for field, text in link.items():
        app.query_params[field] = text
    app.run()
    assert not app.exception
    return app


def test_what_is_drawn_is_learnt_with_the_same_network_and_knobs(quiet_engine: object) -> None:
    drawn = [[float(x), float(np.sin(3 * x))] for x in np.linspace(-1, 1, 9)]
    app = heard({"learning_rate": "0.05", "at": "40"}, "points", {"points": drawn, "seq": 7})
    view = state_of(app, "mlp")
    assert np.array(read_pairs(view.run.data.pairs)) == pytest.approx(np.array(drawn), abs=1e-3)
    assert (view.run.knobs.learning_rate, view.run.network.hidden, view.at) == (0.05, (8,), None)
    assert app.session_state[f"{function.KEY}.heard"] == 7


@pytest.mark.parametrize("drawn", [None, [[0, 1]], "points"])
def test_what_is_no_curve_is_not_learnt(quiet_engine: object, drawn: object) -> None:
    assert state_of(heard({}, "points", {"points": drawn, "seq": 1}), "mlp").run == WAVE


@pytest.mark.parametrize(("count", "kept"), [(4, 4), (0, 0), (None, None), (9, 2), ("all", 2)])
def test_how_many_units_are_added_up_is_in_the_link(quiet_engine: object, count: object, kept: int | None) -> None:
    assert state_of(heard({"count": "2"}, "count", {"count": count, "seq": 3}), "mlp").count == kept  # there are eight


def test_the_slider_widens_the_first_layer(open_page: Open) -> None:
    app = open_page("mlp", link={"hidden": "3,2"})
    app.slider("mlp.function.units").set_value(100).run()
    assert state_of(app, "mlp").run.network.hidden == (100, 2)
    app = open_page("mlp", link={"hidden": "200"})
    assert "mlp.function.units" not in {one.key for one in app.slider}
