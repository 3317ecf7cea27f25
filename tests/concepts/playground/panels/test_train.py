"""The page opens with the run from its first weights on, and every number suits what is learnt."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz.concepts.playground.panels import train
from dlviz.concepts.playground.spec import CIRCLE, View
from dlviz.spec import Plane
from dlviz.ui import bench
from tests.lab import component

HILLS = View(run=CIRCLE.model_copy(update={"data": Plane(data="hills")}))


def test_whoever_opens_the_page_sees_the_run_from_its_start_once(monkeypatch: pytest.MonkeyPatch) -> None:
    moves: list[dict[str, object]] = []
    monkeypatch.setattr(bench, "move", lambda key, **command: moves.append(command))
    monkeypatch.setattr(st, "session_state", {})
    train.begin(View())
    train.begin(View())
    assert moves == [{"playing": True, "at": 0, "speed": "max"}]


def test_a_link_to_a_moment_is_not_played_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    moves: list[dict[str, object]] = []
    monkeypatch.setattr(bench, "move", lambda key, **command: moves.append(command))
    monkeypatch.setattr(st, "session_state", {})
    train.begin(View(at=40))
    assert moves == []


def test_classes_are_judged_by_accuracy_and_numbers_by_r2() -> None:
    assert [figure.name for figure in train.figures(View())][-1] == "validation_accuracy"
    assert [figure.name for figure in train.figures(HILLS)][-1] == "validation_r2"


def test_first_weights_that_are_far_worse_do_not_flatten_r2(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: dict[str, dict[str, object]] = {}
    monkeypatch.setattr(train, "mount", lambda name, key, data: drawn.update({key: data}))
    for what in ("loss", "accuracy", "r2"):
        train.curve(HILLS, what)
    assert [drawn[f"playground.{what}"].get("floor") for what in ("loss", "accuracy", "r2")] == [None, None, -0.5]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_kept_runs_lie_on_the_bench_beside_the_one_on_the_stage(open_page: Callable[..., AppTest], lang: str) -> None:
    app = open_page("playground", lang=lang, link={"kept": "seed=3~data=spiral", "seed": "4"})
    tracks = component(app, "bench")[0]["tracks"]
    assert [track["current"] for track in tracks] == [True, False, False]
    assert len({track["label"] for track in tracks}) == 3
