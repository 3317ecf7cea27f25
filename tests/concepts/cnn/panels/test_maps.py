"""The maps are those of the network on the stage, any cell of them adds up, and filters are muted and edited."""

import re

import numpy as np
import pytest
import streamlit as st
from numpy.lib.stride_tricks import sliding_window_view
from streamlit.testing.v1 import AppTest

from dlviz.concepts.cnn.spec import DEFAULT, View
from dlviz.engine import Engine
from dlviz.ui import folds, links
from tests.lab import TEST_DIGITS, Open, component, looked_inside, panel, said, until, view_of

maps = panel("maps")
pytestmark = pytest.mark.xdist_group("quick engine")


def weights(app: AppTest, engine: Engine) -> dict[str, np.ndarray]:
    """Return the weights of the network on the stage, as they were filed."""
    run = engine.settled(view_of(app).run)
    return engine.shelf.weights(run, engine.shelf.moments(run)[-1].step)


def test_the_maps_are_those_of_the_network_on_the_stage(open_lab: Open, quick_engine: Engine) -> None:
    app = looked_inside(open_lab, "maps", "maps")
    header, arrays = component(app, "maps")
    names = [stage["name"] for stage in header["stages"]]
    assert names == ["picture", "conv1", "activation1", "pool1", "dense1", "activation2", "scores"]
    filed, picture = weights(app, quick_engine), arrays["maps/picture"][0]
    windows = sliding_window_view(picture.astype(np.float64), (3, 3))  # (26, 26, 3, 3)
    expected = np.einsum("ijuv,cuv->cij", windows, filed["conv1.weight"][:, 0]) + filed["conv1.bias"][:, None, None]
    assert arrays["maps/conv1"] == pytest.approx(expected, abs=1e-5)
    rectified = np.maximum(arrays["maps/conv1"], 0)
    assert np.array_equal(arrays["maps/activation1"], rectified)
    assert np.array_equal(arrays["maps/pool1"], rectified.reshape(3, 13, 2, 13, 2).max(axis=(2, 4)))
    for stage in header["stages"]:
        assert stage["shape"] == list(arrays[f"maps/{stage['name']}"].shape)
        assert stage["signed"] == bool((arrays[f"maps/{stage['name']}"] < 0).any())


def test_the_chosen_cell_adds_up(open_lab: Open) -> None:
    app = looked_inside(open_lab, "maps", "maps", stage="conv1", channel="2", row="9", column="13")
    header, arrays = component(app, "maps")
    assert header["selected"] == {"stage": "conv1", "channel": 2, "row": 9, "column": 13}
    cell = header["cell"]
    assert np.array_equal(arrays["cell/window"], arrays["maps/picture"][:, 9:12, 13:16])
    assert arrays["cell/products"] == pytest.approx(arrays["cell/window"] * arrays["cell/kernel"], abs=1e-6)
    assert arrays["cell/products"].sum() + cell["bias"] == pytest.approx(cell["total"], abs=1e-5)
    assert arrays["maps/conv1"][2, 9, 13] == pytest.approx(cell["value"], abs=1e-5)


@pytest.mark.parametrize(
    "link",
    [
        {"stage": "conv4"},
        {"stage": "conv1", "channel": "3"},
        {"stage": "conv1", "row": "26"},
        {"stage": "pool1", "column": "13"},
        {"stage": "dense1", "channel": "8"},
    ],
)
def test_a_cell_that_the_network_does_not_have_is_not_chosen(open_lab: Open, link: dict[str, str]) -> None:
    header, _ = component(looked_inside(open_lab, "maps", "maps", **link), "maps")
    assert header["selected"] is header["cell"] is None


def test_a_unit_of_a_dense_layer_is_chosen_without_a_place(open_lab: Open) -> None:
    header, arrays = component(looked_inside(open_lab, "maps", "maps", stage="scores", channel="7"), "maps")
    assert header["selected"] == {"stage": "scores", "channel": 7, "row": 0, "column": 0}
    assert header["cell"]["value"] == pytest.approx(arrays["maps/scores"][7], abs=1e-4)


def test_muting_every_filter_leaves_chance(open_lab: Open) -> None:
    app = looked_inside(open_lab, "maps", "maps", operations="conv1.0;conv1.1;conv1.2")
    header, arrays = component(app, "maps")
    assert header["operations"]["muted"] == [["conv1", channel] for channel in range(3)]
    assert not arrays["maps/conv1"].any()
    until(app, lambda app: "Test digits" in said(app))
    after = [float(score) for score in re.findall(r"([\d.]+)\u202f% after your changes", said(app))]
    assert len(after) == 2  # validation and test
    assert max(after) <= 25  # every digit gets one and the same answer, which is right for about a tenth


def test_an_edited_kernel_is_the_one_that_computes(open_lab: Open, quick_engine: Engine) -> None:
    app = looked_inside(open_lab, "maps", "maps", operations="conv1.1=0 0 0 0 1 0 0 0 0")
    header, arrays = component(app, "maps")
    assert header["operations"]["edited"] == [["conv1", 1, [0, 0, 0, 0, 1, 0, 0, 0, 0]]]
    bias = weights(app, quick_engine)["conv1.bias"][1]
    assert arrays["maps/conv1"][1] == pytest.approx(arrays["maps/picture"][0, 1:-1, 1:-1] + bias, abs=1e-6)


def test_how_much_filters_matter_is_computed_when_it_is_opened(open_lab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folds, "is_open", lambda folded: folded.open)  # as it is when nobody opens all of them
    app = looked_inside(open_lab, "maps", "maps")
    assert "points of certainty" not in said(app)
    app.session_state["cnn-importance"] = True
    until(app, lambda app: "points of certainty" in said(app))
    header, arrays = component(app, "chart")
    assert header["kind"] == "bars"
    assert sorted(header["names"]) == ["0", "1", "2"]  # each of the filters
    lost = arrays["values"][0]
    assert sorted(lost, reverse=True) == lost.tolist()
    assert f"{TEST_DIGITS} validation digits" in said(app)


# ------------------------------------------------------------------------- what the browser reports


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return the states that the page had, newest last."""
    states = [DEFAULT]
    monkeypatch.setattr(links, "current", lambda default: states[-1])
    monkeypatch.setattr(links, "put", states.append)
    monkeypatch.setattr(st, "session_state", {})
    return states


def test_a_click_on_a_cell_is_in_the_link(kept: list[View]) -> None:
    st.session_state["cnn.maps"] = {"cell": {"stage": "pool1", "channel": 3, "row": 4.0, "column": None, "seq": 9}}
    maps._cell()
    assert kept[-1] == View(stage="pool1", channel=3, row=4, column=0)
    st.session_state["cnn.maps"] = {"cell": {"stage": "picture", "channel": 0, "row": 1, "column": 1}}
    maps._cell()
    assert len(kept) == 2  # the picture is computed by nobody


def test_a_filter_muted_in_the_browser_is_in_the_link(kept: list[View]) -> None:
    maps._operations()
    assert len(kept) == 1
    st.session_state["cnn.maps"] = {"operations": {"muted": [["conv1", 5]], "edited": [], "seq": 1}}
    maps._operations()
    assert kept[-1].operations == "conv1.5"
    st.session_state["cnn.maps"] = {"operations": {"muted": [], "edited": [], "seq": 2}}
    maps._operations()
    assert kept[-1] == DEFAULT


@pytest.mark.parametrize(
    ("stage", "label"),
    [("conv1", "Convolution 1"), ("pool2", "Pooling 2"), ("scores", "Scores"), ("flatten", "Flatten")],
)
def test_stages_are_called_by_their_names(stage: str, label: str) -> None:
    assert maps.stage_label(stage) == label
