"""A fork keeps the past, a link opens at its moment, and all sixty thousand digits are fetched only when asked for."""

import pytest
from streamlit.testing.v1 import AppTest

from dlviz.concepts.cnn.panels import runs, train
from dlviz.concepts.cnn.spec import ARTICLE
from dlviz.spec import MnistFull, RunSpec
from dlviz.ui import reasons
from dlviz.ui.asking import Failed
from tests.lab import component, learnt, link_to, looked, until, view_of

MISSING = "data: mnist-full is not in there, which"
pytestmark = pytest.mark.xdist_group("quick engine")


# --------------------------------------------------------------------------------------- on the page


def test_a_fork_asked_for_in_the_browser_is_turned_and_keeps_the_past(open_lab) -> None:
    app = until(open_lab(seed="12"), learnt)
    parent = view_of(app).run
    rest = {"playing": False, "at": 2, "goal": None}
    app.session_state["bench"] = {"bench": {**rest, "events": [[1, "fork", 2]]}, "need": {}}
    looked(app)
    app.slider(key="cnn.dropout").set_value(0.5).run()
    until(app, lambda app: view_of(app).run != parent)
    view = view_of(app)
    assert view.run == parent.fork(2, dropout=0.5)
    assert runs.kept(view) == [parent]
    app.session_state["bench"] = {"bench": {"playing": True, "at": None, "goal": None}, "need": {}}
    until(app, learnt)
    tracks = component(app, "bench")[0]["tracks"]
    assert [track["forked_at"] for track in tracks] == [None, 2]
    again = open_lab(**link_to(app))
    assert view_of(again) == view_of(app)  # the moment on show goes with the link too


def test_a_link_to_a_moment_opens_there(open_lab) -> None:
    app = until(open_lab(seed="13", at="2"), lambda app: component(app, "bench")[0]["command"] is not None)
    header = component(app, "bench")[0]
    assert header["command"] == {"number": 1, "playing": False, "at": 2}
    assert header["tracks"][0]["moments"][-1][0] >= 2
    assert view_of(app).at == 2


# ------------------------------------------------------------------------------- all sixty thousand


def test_of_all_digits_some_are_kept_aside_to_watch_it_with() -> None:
    full, watched = RunSpec(data=MnistFull()), MnistFull(validation_share=train.WATCHED)
    assert train._watched(full, ARTICLE).data == watched
    assert train._watched(full, full) == full  # whoever sets the share to nothing means it
    assert train._watched(ARTICLE, full) == ARTICLE


def test_where_the_full_set_is_missing_it_is_offered_and_never_fetched_unasked(
    open_lab, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("DLVIZ_DATA", str(tmp_path))
    asked: list[str] = []

    def without_network(slot: str, name: str, **_: object) -> None:
        asked.append(name)
        raise Failed("no route to host")

    monkeypatch.setattr(train, "ask", without_network)
    app = until(open_lab(data="mnist-full", seed="14"), offered)
    assert component(app, "bench")[0]["tracks"][0]["state"] == "failed"
    assert asked == []
    next(one for one in app.button if one.key == "cnn.get_full").click().run()
    assert asked == ["dlviz.data.digits:download"]
    assert app.warning[-1].value == reasons.say("no route to host")  # besides: the link has a share of other data
    looked(app)
    assert len(asked) == 1
    assert [one.value for one in app.caption].count(reasons.say(MISSING)) == 1  # there is nothing to look at inside


def offered(app: AppTest) -> bool:
    """Return whether the full set can be fetched."""
    return "cnn.get_full" in [one.key for one in app.button]


def test_the_full_set_is_offered_to_whoever_chooses_it_after_somebody_missed_it(
    open_lab, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("DLVIZ_DATA", str(tmp_path))
    first, late = (until(open_lab(seed="15"), learnt) for _ in range(2))
    first.segmented_control(key="cnn.data").set_value("mnist-full").run()
    until(first, offered)
    late.segmented_control(key="cnn.data").set_value("mnist-full").run()
    assert offered(late)
    (share,) = (one.value for one in late.slider if one.key == "cnn.validation_share")
    assert float(share) == view_of(late).run.data.validation_share == train.WATCHED  # the slider shows what was set


def test_charts_name_both_splits_in_solid_and_dashed(open_page) -> None:
    app = open_page("cnn")
    curves = [one.proto.json for one in app.get("bidi_component") if one.proto.component_name == "dlviz.curves"]
    assert len(curves) == 2
    for text, what in zip(curves, ("loss", "accuracy"), strict=True):
        assert f'"train_{what}"' in text and f'"validation_{what}"' in text
        assert '"solid"' in text and '"dashed"' in text
