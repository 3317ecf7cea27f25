"""Inside: one digit and what every layer makes of it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.lab import component, said, shown, state_of, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
DIGITS = {"data": "mnist-5k", "train_share": "0.05", "validation_share": "0.02", "test_share": "0.02", "epochs": "1"}


def test_a_digit_a_chart_for_each_layer_and_the_answer(open_lab: Open) -> None:
    app = until(open_lab(slug="mlp", hidden="9,4", closer="inside", **DIGITS), lambda app: "answer" in shown(app))
    assert component(app, "heat")[1]["values"].shape == (28, 28)
    layers = [component(app, "chart", place)[1]["values"].shape for place in range(2)]
    assert layers == [(1, 9), (1, 4)]
    assert component(app, "answer")[1]["probabilities"].sum() == pytest.approx(1, abs=1e-5)
    assert "**Hidden layer 2**: 4 units" in said(app)
    app.button("mlp.digit.next").click().run()
    assert state_of(app, "mlp").number == 1
    app.button("mlp.digit.before").click().run()
    assert state_of(app, "mlp").number == 0
