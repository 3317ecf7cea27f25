"""The digit is moved as asked, what leaves the picture is gone, and a hundred more are moved as well."""

import numpy as np
import pytest

from tests.lab import TEST_DIGITS, Open, component, learnt, link_to, looked_inside, panel, said, shown, until

moved = panel("moved")
pytestmark = pytest.mark.xdist_group("quick engine")


def test_the_digit_is_moved_and_read_again(open_lab: Open) -> None:
    app = looked_inside(open_lab, "shift", "heat")
    still = component(app, "heat", shown(app).count("heat") - 1)[1]["values"]
    app.slider(key="cnn.right").set_value(10)
    app.slider(key="cnn.down").set_value(-10).run()
    until(app, lambda app: not app.session_state["cnn.pending"])
    assert link_to(app).items() >= {"right": "10", "down": "-10"}.items()
    moved = component(app, "heat", shown(app).count("heat") - 1)[1]["values"]
    expected = np.zeros((28, 28), np.float32)
    expected[:18, 10:] = still[10:, :18]
    assert np.array_equal(moved, expected)
    _, arrays = component(app, "answer", 1)
    assert arrays["probabilities"].shape == (3, 10)
    assert arrays["probabilities"].sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_how_sure_networks_stay_of_moved_digits_is_drawn(open_lab: Open) -> None:
    app = until(open_lab(section="shift"), learnt)
    until(app, lambda app: "chart" in shown(app))
    header, arrays = component(app, "chart")
    assert header["kind"] == "lines"
    assert arrays["values"].shape == (len(header["series"]), len(header["names"])) == (3, 9)
    assert arrays["values"].min() >= 0 and arrays["values"].max() <= 1
    assert f"{TEST_DIGITS} test digits moved" in said(app)


@pytest.mark.parametrize("offset", [(3, -2), (0, 0), (-10, 10)])
def test_what_leaves_the_picture_does_not_come_round(offset: tuple[int, int]) -> None:
    picture = np.ones((28, 28), np.float32)
    left = moved._emptied(np.roll(picture, offset[::-1], (0, 1)), offset)
    assert left.sum() == (28 - abs(offset[0])) * (28 - abs(offset[1]))
