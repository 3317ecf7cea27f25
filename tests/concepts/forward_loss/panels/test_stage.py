"""The stage: what the browser is sent, and what becomes of what it says."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz.concepts.forward_loss.panels import stage
from dlviz.concepts.forward_loss.spec import USUAL_RUN, Subject, View
from dlviz.spec import Mlp, Plane
from dlviz.ui import links
from tests.lab import component, shown, until

Open = Callable[..., AppTest]
pytestmark = pytest.mark.xdist_group("quick engine")


def view_of(app: AppTest) -> View:
    """Return the state of the page."""
    return app.session_state["links.kept"]["forward_loss"].state


def taken_apart(open_lab: Open, lang: str = "en", **link: str) -> AppTest:
    """Return the page with a network on its stage."""
    return until(open_lab(lang, slug="forward_loss", **link), lambda app: "anatomy" in shown(app))


@pytest.mark.parametrize(
    ("link", "sizes", "side"),
    [
        ({}, (4, 3, 3), 0),
        ({"source": "digit"}, (49, 6, 10), 7),
        ({"source": "loan"}, (4, 3, 1), 0),
        ({"source": "yours", "at": "20"}, (2, 4, 2, 2), 0),
        ({"source": "yours", "at": "20", "data": "hills", "hidden": "3"}, (2, 3, 1), 0),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_browser_is_sent_every_number(open_lab: Open, link: dict, sizes: tuple, side: int, lang: str) -> None:
    header, arrays = component(taken_apart(open_lab, lang, **link), "anatomy")
    rows = len(arrays["inputs"])
    for place, (before, after) in enumerate(itertools.pairwise(sizes)):
        assert arrays[f"w{place}"].shape == (after, before)
        assert arrays[f"z{place}"].shape == arrays[f"h{place}"].shape == (rows, after)
    assert len(header["inputs"]) == sizes[0]
    assert len(header["classes"]) == sizes[-1]
    assert header["side"] == side
    assert ("picture" in arrays) == bool(side)
    assert header["walk"] == 0
    assert all(one["name"] for one in header["inputs"])


def test_standardised_inputs_say_what_was_noted(open_lab: Open) -> None:
    header, arrays = component(taken_apart(open_lab), "anatomy")
    one = header["inputs"][0]
    noted = float(one["raw"].split()[0])
    assert arrays["inputs"][0, 0] == pytest.approx((noted - one["mean"]) / one["deviation"], abs=0.02)


def test_numbers_set_by_hand_are_in_the_network_and_everything_follows(open_lab: Open) -> None:
    plain, by_hand = (
        component(taken_apart(open_lab, **link), "anatomy") for link in ({}, {"changed": "w1.1.2=2.5,x1=-1"})
    )
    header, arrays = by_hand
    assert header["changed"] == {"w1.1.2": 2.5, "x1": -1}
    assert arrays["w0"][0, 1] == 2.5
    assert arrays["inputs"][0, 0] == -1
    assert arrays["losses"][0] != plain[1]["losses"][0]
    assert arrays["original"] == pytest.approx(plain[1]["original"])


def test_the_walk_and_the_drawing_come_from_the_link(open_lab: Open) -> None:
    header, _ = component(taken_apart(open_lab, walk="5", drawn="matrices"), "anatomy")
    assert (header["walk"], header["drawn"]) == (5, "matrices")


# ------------------------------------------------------------------------------ what the browser says


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict:
    """Return the page's state as a browser changes it, and what that says: {"view": View, "says": {state: value}}."""
    now = {"view": View(), "says": {}, "session": {}}
    monkeypatch.setattr(stage, "_said", lambda name: now["says"].get(name, {}))
    monkeypatch.setattr(links, "current", lambda default: now["view"])
    monkeypatch.setattr(links, "write", lambda view, default: now.update(view=view))
    monkeypatch.setattr(links, "put", lambda view: now.update(view=view))
    monkeypatch.setattr(st, "session_state", now["session"])
    return now


def change(told: dict, changes: object, last: bool) -> View:
    """Return the page's state after the browser said that these numbers were set by hand."""
    told["says"] = {"changed": {"subject": stage.name_of(Subject()), "changes": changes, "last": last, "seq": 7}}
    stage._changed()
    return told["view"]


def test_a_number_goes_into_the_link_once_the_hand_has_let_go(told: dict) -> None:
    assert change(told, {"w1.1.2": 2.5}, last=False) == View()
    assert stage._asked(View()).changed == "w1.1.2=2.5"  # but is on show at once
    assert stage.ANEW not in told["session"]
    assert change(told, {"w1.1.2": 2.5, "x1": -1.0}, last=True) == View(changed="w1.1.2=2.5,x1=-1")
    assert stage._asked(told["view"]).changed == "w1.1.2=2.5,x1=-1"
    assert told["session"][stage.ANEW]
    assert change(told, {}, last=True) == View()


@pytest.mark.parametrize(
    "changes", [{"w9.1.1": 1.0}, {"x1": "much"}, {"x1": 1e9}, ["x1"], "many", {"x1": float("nan")}]
)
def test_what_no_browser_of_ours_says_changes_nothing(told: dict, changes: object) -> None:
    assert change(told, changes, last=True) == View()
    told["says"] = {"look": {"walk": changes, "drawn": "matrices"}}
    stage._looked()
    assert told["view"] == View()


def test_numbers_of_another_network_are_not_taken_for_this_one(told: dict) -> None:
    told["view"] = View(subject=Subject(example=3))
    assert change(told, {"x1": 1.0}, last=True) == View(subject=Subject(example=3))


def test_the_walk_and_the_drawing_go_into_the_link(told: dict) -> None:
    told["says"] = {"look": {"walk": 5, "drawn": "matrices", "seq": 3}}
    stage._looked()
    assert told["view"] == View(walk=5, drawn="matrices")


def test_a_run_that_has_diverged_is_told_so(open_lab: Open) -> None:
    link = {
        "source": "yours",
        "at": "60",
        "learning_rate": "10",
        "optimizer": "sgd",
        "activation": "identity",
        "data": "hills",
    }
    app = until(open_lab(slug="forward_loss", **link), lambda app: app.warning.len or "anatomy" in shown(app))
    assert not app.exception
    assert (
        np.isfinite(component(app, "anatomy")[1]["losses"]).all() if "anatomy" in shown(app) else app.warning.len == 1
    )


def test_subjects_have_names_of_their_own() -> None:
    run = USUAL_RUN.model_copy(update={"data": Plane(data="moons"), "network": Mlp(hidden=(3,))})
    subjects = [Subject(), Subject(example=1), Subject(trained=False), Subject(bend="tanh"), Subject(source="loan")]
    subjects += [Subject(source="yours"), Subject(source="yours", at=3), Subject(source="yours", run=run)]
    assert len(set(map(stage.name_of, subjects))) == len(subjects)
