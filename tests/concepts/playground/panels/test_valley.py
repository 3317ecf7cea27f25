"""The landscape is asked for with all that was recorded up to the moment on show, and only when somebody wants it."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.playground.panels import runs, valley
from dlviz.concepts.playground.recording import Valley
from dlviz.concepts.playground.spec import CIRCLE, View
from dlviz.engine.followed import Followed
from dlviz.recording import Moment
from tests.lab import learnt, said, until


def test_the_way_is_what_was_recorded_up_to_the_moment_on_show(monkeypatch: pytest.MonkeyPatch) -> None:
    followed = Followed(CIRCLE)
    followed.add([Moment(step, step / 25, {"weights": np.full(28, step)}) for step in range(1000)])
    monkeypatch.setattr(runs, "now", lambda view: followed.snapshot())
    monkeypatch.setattr(runs, "shown", lambda view: followed.snapshot().recording.at(700))
    run, step, path, directions = valley.question(View(directions="chance"))
    assert (run, step, directions) == (CIRCLE, 700, "chance")
    assert path.shape == (valley.LONGEST, 28)
    assert (path[0, 0], path[-1, 0]) == (0, 700)
    assert (np.diff(path[:, 0]) > 0).all()


def test_before_anything_is_recorded_there_is_nothing_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "now", lambda view: None)
    monkeypatch.setattr(runs, "shown", lambda view: None)
    assert valley.question(View()) is None


def test_the_axes_name_the_share_of_the_way() -> None:
    found = Valley(np.ones((2, 2)), np.ones(2), np.ones(2), 0.5, np.zeros((3, 2)), np.array([0.704, 0.2]))
    assert valley.axes(found, "path")["x"] == "main direction (70 % of its way)"
    assert "%" not in valley.axes(found, "chance")["x"]


def test_it_is_shown_on_request_and_in_other_directions_at_once(open_lab: Callable[..., AppTest]) -> None:
    app = until(open_lab(slug="playground", epochs="3", closer="valley"), learnt)
    assert not app.get("plotly_chart")
    app.button(key="playground.valley.ask").click().run()
    until(app, lambda app: bool(app.get("plotly_chart")))
    assert "updates the loss is" in said(app)
