"""Each section of "Look inside" shows what was computed about the very network and digit on the page."""

import re

import numpy as np
import pytest

from dlviz.words.cnn import WORDS
from tests.lab import (
    TEST_DIGITS,
    Open,
    component,
    learnt,
    link_to,
    looked,
    looked_inside,
    panel,
    said,
    shown,
    until,
    view_of,
)

inside = panel("inside")
pytestmark = pytest.mark.xdist_group("quick engine")


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


# ------------------------------------------------------------------------------------------- why


def test_three_explanations_stand_beside_the_digit(open_lab: Open) -> None:
    app = looked_inside(open_lab, "why", "heat")
    maps = [component(app, "heat", place) for place in range(shown(app).count("heat"))][-4:]
    assert [header["ramp"] for header, _ in maps] == ["grey", "sequential", "signed", "sequential"]
    assert all(arrays["values"].shape == (28, 28) for _, arrays in maps)
    assert app.get_by_key("answer").markdown[0].value.isdecimal()


def test_another_digits_score_is_explained_when_asked_for(open_lab: Open) -> None:
    app = looked_inside(open_lab, "why", "heat")
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
    app = looked_inside(open_lab, "mistakes", "matrix")
    assert {"matrix", "pictures", "filters"} <= set(shown(app))
    header, arrays = component(app, "bench")
    last = len(header["tracks"][0]["moments"]) - 1
    assert arrays[f"0/{last}/confusion"].shape == (10, 10)
    assert arrays[f"0/{last}/confusion"].sum() == TEST_DIGITS


# ------------------------------------------------------------------------------------- the atlas


@pytest.mark.parametrize("method", inside.METHODS)
def test_every_test_digit_has_its_place_on_the_map(open_lab: Open, method: str) -> None:
    app = looked_inside(open_lab, "atlas", "atlas")
    if method != "pca":
        app.segmented_control(key="cnn.method").set_value(method).run()
        until(app, lambda app: not app.session_state["cnn.pending"] and "% of the spread" not in said(app))
    _, arrays = component(app, "atlas")
    assert arrays["points"].shape == (TEST_DIGITS, 2)
    assert np.isfinite(arrays["points"]).all()
    assert arrays["pictures"].shape == (TEST_DIGITS, 28, 28)
    assert sorted(set(arrays["labels"].tolist())) == list(range(10))
    assert ("% of the spread" in said(app)) == (method == "pca")


# ---------------------------------------------------------------------------------------- the link


def test_a_link_opens_what_is_looked_at_as_it_was_left(open_lab: Open) -> None:
    app = open_lab(section="atlas", method="tsne", target="3", right="-4", down="2", teach_steps="35")
    assert app.segmented_control(key="cnn.method").value == "tsne"
    app = open_lab(section="shift", method="tsne", target="3", right="-4", down="2", teach_steps="35")
    until(app, lambda app: "cnn.down" in [one.key for one in app.slider])
    assert [app.slider(key=f"cnn.{name}").value for name in ("right", "down")] == [-4, 2]
    assert link_to(app).items() >= {"method": "tsne", "target": "3", "teach_steps": "35"}.items()
