"""The map of a hidden layer over training, which follows the bench."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.concepts.mlp.panels.test_inside import DIGITS
from tests.lab import component, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")


def test_the_map_has_every_test_digit_at_every_station(open_lab: Open) -> None:
    app = until(open_lab(slug="mlp", hidden="9,4", closer="map", **DIGITS), lambda app: "journey" in shown(app))
    header, arrays = component(app, "journey")
    stations, digits = arrays["answers"].shape
    assert arrays["points"].shape == (stations, digits, 2)
    assert arrays["pictures"].shape == (digits, 28, 28)
    assert header["player"] == "mlp.digits"
    app.get_by_key("mlp.map.layer").set_value(2).run()
    assert state_of(app, "mlp").layer == 2
    until(
        app, lambda app: "journey" in shown(app) and (component(app, "journey")[1]["points"] != arrays["points"]).any()
    )


def test_without_a_hidden_layer_there_is_no_map(open_lab: Open) -> None:
    app = open_lab(slug="mlp", hidden="", closer="map", **DIGITS)
    until(app, lambda app: "This network has no hidden layer." in said(app))
