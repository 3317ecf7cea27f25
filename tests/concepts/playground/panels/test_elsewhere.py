"""The ways from the playground to what its activation did, and to all of its numbers."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz import codec
from dlviz.concepts.activations.spec import DEFAULT as THERE
from dlviz.concepts.forward_loss.spec import DEFAULT as APART
from dlviz.concepts.forward_loss.spec import Subject
from dlviz.concepts.gradient_descent.spec import DEFAULT as DESCENT
from dlviz.concepts.playground.panels.elsewhere import address, apart
from dlviz.concepts.playground.spec import CIRCLE, View
from dlviz.ui.descent import raced

Open = Callable[..., AppTest]
RUN = CIRCLE.fork(25, {3: 0.5}.items(), learning_rate=0.1).model_copy(update={"seed": 7})


def test_the_link_opens_exactly_this_run_at_this_moment() -> None:
    view, problems = codec.read(address(View(run=RUN, kept="seed=3"), 50), THERE)
    assert problems == []
    assert (view.run, view.at, view.section) == (RUN, 50, "network")


def test_the_network_that_is_taken_apart_is_that_of_this_moment() -> None:
    view, problems = codec.read(apart(View(run=RUN, kept="seed=3"), 50), APART)
    assert problems == []
    assert view.subject == Subject(source="yours", run=RUN, at=50)


@pytest.mark.parametrize(("optimizer", "place"), [("adam", 1), ("momentum", 0)])
def test_one_of_the_two_who_race_on_its_surface_is_this_run_from_its_start(optimizer: str, place: int) -> None:
    run = RUN.model_copy(update={"knobs": RUN.knobs.model_copy(update={"optimizer": optimizer, "l2": 0.01})})
    view, problems = codec.read(raced(run), DESCENT)
    assert problems == []
    assert view.section == "network"
    assert view.real.runs[place] == run.model_copy(update={"edits": ()})


@pytest.mark.parametrize(
    ("slug", "wanted"),
    [
        ("activations", {"seed": "9", "at": "0", "section": "network"}),
        ("forward_loss", {"seed": "9", "source": "yours", "at": "0"}),
        (
            "gradient_descent",
            {"section": "network", "trained": "seed=9"}
            | {"optimizer_b": "adam", "rate_b": "0.01", "batch_a": "10", "batch_b": "10"},
        ),
    ],
)
def test_the_button_goes_there(open_page: Open, monkeypatch: pytest.MonkeyPatch, slug: str, wanted: dict) -> None:
    gone = []
    monkeypatch.setattr(st, "switch_page", lambda page, query_params: gone.append((page, query_params)))
    app = open_page("playground", link={"seed": "9"})
    next(one for one in app.button if one.key == f"playground.{slug}").click().run()
    assert not app.exception
    ((page, query),) = gone
    assert page.name == f"{slug}.py"
    assert query == wanted  # the page had just begun to play from there
