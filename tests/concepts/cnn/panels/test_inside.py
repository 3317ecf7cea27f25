"""Each section of "Look inside" shows what was computed about the very network and digit on the page."""

import re
from collections.abc import Callable

import numpy as np
import pytest
import streamlit as st
from numpy.lib.stride_tricks import sliding_window_view
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.cnn.panels import lessons, runs
from dlviz.concepts.cnn.spec import DEFAULT, View
from dlviz.engine import Engine
from dlviz.spec import RunSpec
from dlviz.ui import folds, links
from dlviz.words.cnn import WORDS
from tests.lab import component, learnt, link_to, looked, panel, said, shown, until, view_of

inside = panel("inside")
Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")
TEST_DIGITS = 100  # a fiftieth of 5,000


def opened(open_lab: Open, section: str, wanted: str, **link: str) -> AppTest:
    """Return the page with this section open, its network learnt, and the component it is about there."""
    app = until(open_lab(section=section, **link), learnt)
    return until(app, lambda app: wanted in shown(app) and not app.session_state["cnn.pending"])


def weights(app: AppTest, engine: Engine) -> dict[str, np.ndarray]:
    """Return the weights of the network on the stage, as they were filed."""
    run = engine.settled(view_of(app).run)
    return engine.shelf.weights(run, engine.shelf.moments(run)[-1].step)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("section", inside.SECTIONS)
def test_every_section_opens_before_and_after_the_network_has_learnt(
    open_page: Open, open_lab: Open, section: str, lang: str
) -> None:
    lead = WORDS[f"{section}.lead"][lang == "zh"].partition("{")[0]
    app = until(open_lab(lang, section=section), lambda app: learnt(app) and lead in said(app))
    assert view_of(app).section == section
    assert app.warning.len == 0


@pytest.mark.parametrize("section", inside.SECTIONS)
def test_every_section_opens_while_workers_warm_up(open_page: Open, section: str) -> None:
    app = looked(open_page("cnn", link={"section": section}))
    assert view_of(app).section == section


# --------------------------------------------------------------------------------- every layer


def test_the_maps_are_those_of_the_network_on_the_stage(open_lab: Open, quick_engine: Engine) -> None:
    app = opened(open_lab, "maps", "maps")
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
    app = opened(open_lab, "maps", "maps", stage="conv1", channel="2", row="9", column="13")
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
    header, _ = component(opened(open_lab, "maps", "maps", **link), "maps")
    assert header["selected"] is header["cell"] is None


def test_a_unit_of_a_dense_layer_is_chosen_without_a_place(open_lab: Open) -> None:
    header, arrays = component(opened(open_lab, "maps", "maps", stage="scores", channel="7"), "maps")
    assert header["selected"] == {"stage": "scores", "channel": 7, "row": 0, "column": 0}
    assert header["cell"]["value"] == pytest.approx(arrays["maps/scores"][7], abs=1e-4)


def test_muting_every_filter_leaves_chance(open_lab: Open) -> None:
    app = opened(open_lab, "maps", "maps", operations="conv1.0;conv1.1;conv1.2")
    header, arrays = component(app, "maps")
    assert header["operations"]["muted"] == [["conv1", channel] for channel in range(3)]
    assert not arrays["maps/conv1"].any()
    until(app, lambda app: "Test digits" in said(app))
    after = [float(score) for score in re.findall(r"([\d.]+) % after your changes", said(app))]
    assert len(after) == 2  # validation and test
    assert max(after) <= 25  # every digit gets one and the same answer, which is right for about a tenth


def test_an_edited_kernel_is_the_one_that_computes(open_lab: Open, quick_engine: Engine) -> None:
    app = opened(open_lab, "maps", "maps", operations="conv1.1=0 0 0 0 1 0 0 0 0")
    header, arrays = component(app, "maps")
    assert header["operations"]["edited"] == [["conv1", 1, [0, 0, 0, 0, 1, 0, 0, 0, 0]]]
    bias = weights(app, quick_engine)["conv1.bias"][1]
    assert arrays["maps/conv1"][1] == pytest.approx(arrays["maps/picture"][0, 1:-1, 1:-1] + bias, abs=1e-6)


def test_how_much_filters_matter_is_computed_when_it_is_opened(open_lab: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folds, "is_open", lambda folded: folded.open)  # as it is when nobody opens all of them
    app = opened(open_lab, "maps", "maps")
    assert "points of certainty" not in said(app)
    app.session_state["cnn-importance"] = True
    until(app, lambda app: "points of certainty" in said(app))
    header, arrays = component(app, "chart")
    assert header["kind"] == "bars"
    assert sorted(header["names"]) == ["0", "1", "2"]  # each of the filters
    lost = arrays["values"][0]
    assert sorted(lost, reverse=True) == lost.tolist()
    assert f"{TEST_DIGITS} validation digits" in said(app)


# ------------------------------------------------------------------------------------------- why


def test_three_explanations_stand_beside_the_digit(open_lab: Open) -> None:
    app = opened(open_lab, "why", "heat")
    maps = [component(app, "heat", place) for place in range(shown(app).count("heat"))][-4:]
    assert [header["ramp"] for header, _ in maps] == ["grey", "sequential", "signed", "sequential"]
    assert all(arrays["values"].shape == (28, 28) for _, arrays in maps)
    assert app.get_by_key("answer").markdown[0].value.isdecimal()


def test_another_digits_score_is_explained_when_asked_for(open_lab: Open) -> None:
    app = opened(open_lab, "why", "heat")
    before = component(app, "heat", shown(app).count("heat") - 3)[1]["values"]
    answered = re.search(r"answered (\d)", said(app))[1]
    other = (int(answered) + 1) % 10
    app.selectbox(key="cnn.target").set_value(other).run()
    until(app, lambda app: f"answered {other}" in said(app))
    assert link_to(app)["target"] == str(other)
    assert not np.array_equal(component(app, "heat", shown(app).count("heat") - 3)[1]["values"], before)


def test_without_a_convolution_there_is_no_grad_cam_and_it_is_said(open_lab: Open) -> None:
    app = until(open_lab(section="why", network="mlp", hidden="8", blocks="32k3m2", dense="64"), learnt)
    until(app, lambda app: WORDS["why.none"][0] in said(app))
    assert inside._heat("grad_cam", None, False) is None


# -------------------------------------------------------------------------------------- mistakes


def test_mistakes_follow_the_bench_by_themselves(open_lab: Open) -> None:
    app = opened(open_lab, "mistakes", "matrix")
    assert {"matrix", "pictures", "filters"} <= set(shown(app))
    header, arrays = component(app, "bench")
    last = len(header["tracks"][0]["moments"]) - 1
    assert arrays[f"0/{last}/confusion"].shape == (10, 10)
    assert arrays[f"0/{last}/confusion"].sum() == TEST_DIGITS


# ------------------------------------------------------------------------------ the digit moved


def test_the_digit_is_moved_and_read_again(open_lab: Open) -> None:
    app = opened(open_lab, "shift", "heat")
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
    moved = inside._emptied(np.roll(picture, offset[::-1], (0, 1)), offset)
    assert moved.sum() == (28 - abs(offset[0])) * (28 - abs(offset[1]))


# ------------------------------------------------------------------------------------- the atlas


@pytest.mark.parametrize("method", inside.METHODS)
def test_every_test_digit_has_its_place_on_the_map(open_lab: Open, method: str) -> None:
    app = opened(open_lab, "atlas", "atlas")
    if method != "pca":
        app.segmented_control(key="cnn.method").set_value(method).run()
        until(app, lambda app: not app.session_state["cnn.pending"] and "% of the spread" not in said(app))
    _, arrays = component(app, "atlas")
    assert arrays["points"].shape == (TEST_DIGITS, 2)
    assert np.isfinite(arrays["points"]).all()
    assert arrays["pictures"].shape == (TEST_DIGITS, 28, 28)
    assert sorted(set(arrays["labels"].tolist())) == list(range(10))
    assert ("% of the spread" in said(app)) == (method == "pca")


# --------------------------------------------------------------------------------- teach it mine


def test_it_is_taught_a_digit_only_when_asked(open_lab: Open) -> None:
    app = open_lab(section="teach", epochs="12", learning_rate="0.01")  # who has learnt nothing is not taught quickly
    until(app, lambda app: learnt(app) and "cnn.teach" in [one.key for one in app.button])
    assert next(one for one in app.button if one.key == "cnn.teach").disabled  # nobody has said yet what it is
    app.segmented_control(key="cnn.label").set_value(4)
    app.slider(key="cnn.teach_steps").set_value(60).run()
    assert shown(app).count("answer") == 1
    next(one for one in app.button if one.key == "cnn.teach").click().run()
    until(app, lambda app: shown(app).count("answer") == 2)
    header, arrays = component(app, "answer", 1)
    before, after = arrays["probabilities"][:, 4]
    assert after > before
    assert f"{100 * before:.1f} % before and {100 * after:.1f} % after 60 steps" in said(app)
    assert re.search(r"(What it knew|Other digits).+ validation digits", said(app))
    assert [reader["main"] for reader in header["readers"]] == [False, True]
    app.segmented_control(key="cnn.label").set_value(5).run()
    assert [one.label for one in lessons_of(app)] == [4]  # another lesson begins with another click


def lessons_of(app: AppTest) -> tuple:
    """Return what the visitor has taught, as the address tells it."""
    return lessons.taught(codec.read(link_to(app), DEFAULT)[0])


def press(app: AppTest, key: str) -> None:
    """Press a button."""
    next(one for one in app.button if one.key == key).click().run()


def test_lessons_stay_for_the_next_digit_and_are_taken_back(open_lab: Open) -> None:
    app = open_lab(section="teach", epochs="12", learning_rate="0.01")
    until(app, lambda app: learnt(app) and "cnn.teach" in [one.key for one in app.button])
    app.segmented_control(key="cnn.label").set_value(4).run()
    press(app, "cnn.teach")
    press(app, "cnn.another")
    until(app, lambda app: "Nobody has taught it this one" in said(app))
    press(app, "cnn.teach")
    until(app, lambda app: len(lessons_of(app)) == 2 and "It read your drawing as 4" in said(app))
    press(app, "cnn.teach_back")
    [left] = lessons_of(app)
    assert left.label == 4
    until(app, lambda app: "Nobody has taught it this one" in said(app))
    press(app, "cnn.teach_forget")
    assert lessons_of(app) == ()
    assert shown(app).count("answer") == 1 and "cnn.teach_back" not in [one.key for one in app.button]


def test_a_link_opens_what_is_looked_at_as_it_was_left(open_lab: Open) -> None:
    app = open_lab(section="atlas", method="tsne", target="3", right="-4", down="2", teach_steps="35")
    assert app.segmented_control(key="cnn.method").value == "tsne"
    app = open_lab(section="shift", method="tsne", target="3", right="-4", down="2", teach_steps="35")
    until(app, lambda app: "cnn.down" in [one.key for one in app.slider])
    assert [app.slider(key=f"cnn.{name}").value for name in ("right", "down")] == [-4, 2]
    assert link_to(app).items() >= {"method": "tsne", "target": "3", "teach_steps": "35"}.items()


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
    inside._cell()
    assert kept[-1] == View(stage="pool1", channel=3, row=4, column=0)
    st.session_state["cnn.maps"] = {"cell": {"stage": "picture", "channel": 0, "row": 1, "column": 1}}
    inside._cell()
    assert len(kept) == 2  # the picture is computed by nobody


def test_a_filter_muted_in_the_browser_is_in_the_link(kept: list[View]) -> None:
    inside._operations()
    assert len(kept) == 1
    st.session_state["cnn.maps"] = {"operations": {"muted": [["conv1", 5]], "edited": [], "seq": 1}}
    inside._operations()
    assert kept[-1].operations == "conv1.5"
    st.session_state["cnn.maps"] = {"operations": {"muted": [], "edited": [], "seq": 2}}
    inside._operations()
    assert kept[-1] == DEFAULT


def test_before_anything_is_computed_there_is_nowhere_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "shown", lambda view: None)
    assert inside.here(View(run=RunSpec(seed=1))) is None


@pytest.mark.parametrize(
    ("stage", "label"),
    [("conv1", "Convolution 1"), ("pool2", "Pooling 2"), ("scores", "Scores"), ("flatten", "Flatten")],
)
def test_stages_are_called_by_their_names(stage: str, label: str) -> None:
    assert inside.stage_label(stage) == label
