"""Parts of a page: looked at while they wait, and never deaf to what the rest of the page was told."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dlviz.spec import RunSpec
from dlviz.ui import parts


def part() -> None:
    """A page with one part, which is owed an answer as long as the session says so."""
    import streamlit as st

    from dlviz.ui.parts import keep_looking, looked

    state = st.session_state
    state["pages"] = state.get("pages", 0) + 1

    def show(waiting: bool) -> None:
        state.setdefault("told", []).append(waiting)
        looked("part", waiting, owed=state.get("owed", True), news=state.pop("news", False))

    keep_looking("part", show, 7.0)


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds after which each part that was shown is shown again."""
    found: list[float] = []
    fragment = st.fragment

    def note(show: object, run_every: float | None = None) -> object:
        found.append(run_every)
        return fragment(show, run_every=run_every)

    monkeypatch.setattr(st, "fragment", note)
    monkeypatch.setattr(parts, "pace", lambda seconds: 2 * seconds)
    return found


def test_a_part_looks_again_until_it_is_owed_nothing(timers: list[float]) -> None:
    app = AppTest.from_function(part, default_timeout=30).run()
    assert (app.session_state["told"], timers) == ([True], [14.0])
    app.session_state["owed"] = False
    app.run()
    assert (app.session_state["told"], timers) == (
        [True, True, False],
        [14.0, 14.0, None],
    )  # and runs the page once more
    assert app.session_state["pages"] == 3
    app.session_state["owed"] = True
    app.run()
    assert timers[3:] == [None, 14.0]


def test_news_runs_the_page_again_although_nothing_is_owed(timers: list[float]) -> None:
    app = AppTest.from_function(part, default_timeout=30)
    app.session_state["owed"], app.session_state["part.waiting"], app.session_state["news"] = False, False, True
    app.run()
    assert (app.session_state["pages"], timers) == (2, [None, None])


def overtaking() -> None:
    """A page with a part that waits for nothing, and a frame that looks whether the part was overtaken."""
    import streamlit as st

    from dlviz.spec import RunSpec
    from dlviz.ui import links, parts

    if st.session_state.get("only look"):  # as the frame does, long after the page ran
        st.session_state["overtaken"] = parts.overtaken()
        return
    owed = st.session_state.get("owed", False)
    links.enter("here")
    parts.begin()
    links.read(RunSpec())
    if not st.session_state.get("closed"):
        parts.keep_looking("part", lambda waiting: parts.looked("part", waiting, owed=owed), 7.0)
    if "next" in st.session_state:  # as a fragment elsewhere does
        links.put(st.session_state["next"])
    st.session_state["overtaken"] = parts.overtaken()


def test_a_part_with_an_older_state_is_overtaken_until_it_is_shown_again_or_closed() -> None:
    app = AppTest.from_function(overtaking, default_timeout=30).run()
    assert app.session_state["overtaken"] is False
    app.session_state["next"] = RunSpec(seed=5)
    app.run()
    assert app.session_state["overtaken"] is True
    app.run()
    assert app.session_state["overtaken"] is False
    app.session_state["next"], app.session_state["closed"] = RunSpec(seed=6), True
    app.run()
    assert app.session_state["overtaken"] is False


def test_a_part_that_waits_and_is_not_shown_again_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(parts, "monotonic", lambda: now[0])
    app = AppTest.from_function(overtaking, default_timeout=30)
    app.session_state["owed"] = True
    for seconds, is_noticed in [(0, False), (7.0 * parts.MISSED - 1, False), (2, True)]:
        now[0] += seconds
        app.session_state["only look"] = seconds > 0
        app.run()
        assert app.session_state["overtaken"] is is_noticed
    app.session_state["only look"] = False
    app.run()
    assert app.session_state["overtaken"] is False


def following() -> None:
    """A page with a part whose button concerns the whole page."""
    import streamlit as st

    from dlviz.ui import parts

    state = st.session_state
    parts.begin()
    state.setdefault("drawn", []).append("page")

    def show() -> None:
        state["drawn"].append("part")
        if state.pop("concerns all", False):
            parts.have_page_follow()

    parts.part(show)()


def test_a_part_is_drawn_before_the_page_follows_it_and_the_page_follows_once() -> None:
    app = AppTest.from_function(following, default_timeout=30)
    app.session_state["concerns all"] = True
    app.run()
    assert app.session_state["drawn"] == ["page", "part", "page", "part"]


def test_a_page_that_runs_anyway_does_not_follow_itself() -> None:
    app = AppTest.from_function(following, default_timeout=30)
    app.session_state["dlviz.page_due"] = True  # a callback said so before the page began
    app.run()
    assert app.session_state["drawn"] == ["page", "part"]


def pacing() -> None:
    """A page with one part whose pace is what the session says."""
    import streamlit as st

    from dlviz.ui.parts import part

    part(lambda: st.text("here"), lambda: st.session_state.get("pace", 1.0))()


def test_the_browser_is_told_a_new_pace_where_it_is_notably_another(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    monkeypatch.setattr(parts, "_look_again_every", told.append)
    paces = iter([1.0, 1.1, 3.0, 3.0])
    now = {"pace": 1.0}
    monkeypatch.setattr(st, "fragment", lambda show, run_every=None: show)
    shown = parts.part(lambda: None, lambda: now["pace"])
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(parts, "_news_for_others", lambda: False)
    for now["pace"] in paces:
        shown()
    assert told == [3.0]


def test_a_part_can_tell_the_browser_its_pace() -> None:
    app = AppTest.from_function(pacing, default_timeout=30).run()
    app.session_state["pace"] = 5.0
    assert not app.run().exception
