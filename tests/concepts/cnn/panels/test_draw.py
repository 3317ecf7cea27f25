"""Who reads, what they are called, and what becomes of a drawing on its way into the link."""

import re

import numpy as np
import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from dlviz.concepts.cnn.panels import runs
from dlviz.concepts.cnn.spec import ARTICLE, AUGMENTED, DEFAULT, DENSE, DRAWING, View
from dlviz.engine.followed import Followed, Snapshot
from dlviz.recording import Moment
from dlviz.spec import RunSpec
from dlviz.ui import links, reasons, strokes
from dlviz.words.cnn import WORDS
from tests.lab import component, learnt, looked, panel, until, view_of

pytestmark = pytest.mark.xdist_group("quick engine")
draw = panel("draw")
SEVEN = [[(70, 60), (210, 60), (120, 230)]]


def at(spec: RunSpec, step: int) -> Snapshot:
    """Return a run that has come to this step."""
    run = Followed(spec)
    run.add([Moment(step, step / 63, {})])
    return run.snapshot()


def stage(monkeypatch: pytest.MonkeyPatch, run: RunSpec, step: int | None, **readers: Snapshot) -> View:
    """Let the stage show a run at a step (None: nothing yet), and these networks read along."""
    now = None if step is None else at(run, step)
    monkeypatch.setattr(runs, "now", lambda view: now)
    monkeypatch.setattr(runs, "shown", lambda view: now and now.recording.moments[-1])
    monkeypatch.setattr(runs, "readers", lambda: {name: (one.recording.spec, one) for name, one in readers.items()})
    return View(run=run)


# --------------------------------------------------------------------------------------- who reads


def test_the_network_on_the_stage_reads_first_as_it_is_on_show(monkeypatch: pytest.MonkeyPatch) -> None:
    view = stage(monkeypatch, ARTICLE, 40, augmented=at(AUGMENTED, 70), dense=at(DENSE, 90))
    assert draw.participants(view) == [
        ("stage", ARTICLE, 40),
        ("augmented", AUGMENTED, 70),
        ("dense", DENSE, 90),
    ]


def test_nobody_reads_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    view = stage(monkeypatch, DENSE, 90, dense=at(DENSE, 90))
    assert draw.participants(view) == [("stage", DENSE, 90)]
    view = stage(monkeypatch, DENSE, 30, dense=at(DENSE, 90))
    assert [row[2] for row in draw.participants(view)] == [30, 90]  # one looks back, the other is new


def test_before_anything_has_begun_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    view = stage(monkeypatch, ARTICLE, None)
    assert draw.participants(view) == []
    assert draw.read(view, None) is None


@pytest.mark.parametrize(
    ("readers", "main"), [({}, "stage"), ({"dense": DENSE}, "stage"), ({"augmented": AUGMENTED}, "augmented")]
)
def test_exactly_one_reader_is_shown_large(
    monkeypatch: pytest.MonkeyPatch, readers: dict[str, RunSpec], main: str
) -> None:
    view = stage(monkeypatch, ARTICLE, 40, **{name: at(run, 70) for name, run in readers.items()})
    rows = draw.participants(view)
    assert [row[0] for row in rows if draw.who(view, row)["main"]] == [main]
    assert all(draw.who(view, row)["label"] and draw.who(view, row)["note"] for row in rows)


def test_the_shown_answer_is_the_main_readers() -> None:
    names = [{"main": False}, {"main": True}]
    assert draw._main(names) == 1
    assert draw._main([{"main": False}]) == 0


# -------------------------------------------------------------------------------- from canvas to link


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return the states that the page had, newest last."""
    states = [DEFAULT]
    monkeypatch.setattr(links, "current", lambda default: states[-1])
    monkeypatch.setattr(links, "put", states.append)
    monkeypatch.setattr(links, "write", lambda view, _: states.append(view))
    monkeypatch.setattr(st, "session_state", {})
    return states


def test_what_is_drawn_is_kept_once_with_its_pen(kept: list[View]) -> None:
    canvas, image = strokes.to_canvas(SEVEN, 14, "#FFFFFF"), strokes.picture(SEVEN, 14)
    assert draw._kept(kept[-1], canvas, image) is image
    assert draw._kept(kept[-1], canvas, image) is image
    assert [view.drawing for view in kept] == ["", "14:70,60,210,60,120,230"]


@pytest.mark.parametrize("image", [None, np.zeros((280, 280, 4), np.uint8)])
def test_a_canvas_that_sends_no_picture_is_drawn_here(kept: list[View], image: np.ndarray | None) -> None:
    found = draw._kept(kept[-1], strokes.to_canvas(SEVEN, 14, "#FFFFFF"), image)
    assert np.array_equal(found, strokes.picture(SEVEN, 14))


def test_an_empty_canvas_keeps_nothing(kept: list[View]) -> None:
    assert draw._kept(kept[-1], {"objects": []}, np.zeros((280, 280, 4), np.uint8)) is None
    assert len(kept) == 1


def test_a_link_without_a_drawing_opens_an_empty_canvas() -> None:
    assert draw._first(View()) == {"objects": []}


@given(some.from_regex(re.compile(DRAWING, re.ASCII), fullmatch=True))
def test_every_drawing_that_the_link_may_hold_can_be_shown(text: str) -> None:
    assert len(draw._first(View(drawing=text))["objects"]) == len([row for row in text.split(";") if row])


def test_a_link_with_a_drawing_opens_it() -> None:
    first = draw._first(View(drawing=strokes.to_text(SEVEN, 14)))
    assert strokes.from_canvas(first) == SEVEN
    assert first["objects"][0]["strokeWidth"] == 14


def test_clearing_empties_the_canvas_and_the_link(kept: list[View]) -> None:
    kept.append(View(drawing="20:1,2,3,4", number=5))
    st.session_state[draw.CANVAS] = {"drawing": {"raw": strokes.to_canvas(SEVEN, 20, "#FFFFFF"), "data": "x"}}
    draw.clear()
    assert kept[-1] == View(number=5)
    assert strokes.from_canvas(st.session_state[draw.CANVAS]["drawing"]["raw"]) == []
    first = st.session_state["cnn.first_drawing"]
    draw.clear()
    assert st.session_state["cnn.first_drawing"] != first  # the browser must see that it was cleared again


def test_another_digit_follows_and_the_last_is_followed_by_the_first(kept: list[View]) -> None:
    draw.another()
    assert kept[-1].number == 1
    kept.append(View(number=20_000))
    draw.another()
    assert View.model_validate(kept[-1].model_dump()) == kept[-1]


def test_the_steps_that_the_viewer_left_on_are_taken_over(kept: list[View]) -> None:
    on = {"crop": True, "scale": False, "centre": False, "smooth": True, "ink": False, "evil": True}
    st.session_state["cnn.stages"] = {"steps": {"on": on, "seq": 3}}
    draw._switched()
    assert kept[-1] == View(scaled=False, centre=False)


# --------------------------------------------------------------------------------------- on the page


def test_probabilities_of_all_readers_stand_beside_each_other_the_large_one_first(open_lab) -> None:
    app = until(open_lab(), lambda app: learnt(app) and len(component(app, "answer")[0]["readers"]) == 3)
    header, arrays = component(app, "answer")
    labels = [reader["label"] for reader in header["readers"]]
    assert labels[0] == WORDS["reader.augmented"][0]
    assert labels[2] == WORDS["reader.dense"][0]
    assert runs.name(view_of(app).run) in labels[1]
    assert arrays["probabilities"].shape == (3, 10)


def test_a_question_that_fails_is_said_and_the_page_stays_up(open_lab, monkeypatch: pytest.MonkeyPatch) -> None:
    app = until(open_lab(), learnt)

    def fails(*_: object, **__: object) -> None:
        raise draw.Failed("split: this run has no validation digits")

    monkeypatch.setattr(draw, "ask", fails)
    looked(app)
    assert [one.value for one in app.warning] == [reasons.say("split: this run has no validation digits")]


def test_a_muted_network_reads_otherwise_and_the_others_do_not(open_lab) -> None:
    muted = ";".join(f"conv1.{channel}" for channel in range(3))
    plain, changed = (
        until(app, lambda app: learnt(app) and len(component(app, "answer")[0]["readers"]) == 3)
        for app in (open_lab(), open_lab(operations=muted))
    )
    assert view_of(changed).operations == muted
    until(changed, lambda app: not pending(app))
    until(plain, lambda app: not pending(app))
    one, other = (component(app, "answer")[1]["probabilities"] for app in (plain, changed))
    assert not np.allclose(one[1], other[1])  # on the stage
    assert np.allclose(one[[0, 2]], other[[0, 2]])


def pending(app: AppTest) -> bool:
    """Return whether the newest question is still to be answered."""
    return bool(app.session_state["cnn.unread"])


@pytest.mark.parametrize(
    ("share", "said"), [(0.5, "50.0"), (0.9994, "99.9"), (0.9996, ">99.9"), (float(np.float32(1)), ">99.9")]
)
def test_a_reader_is_never_said_to_be_quite_certain(share: float, said: str) -> None:
    assert draw.percent(share) == said
