"""The race, its ground and plan, and the knobs of the one who is picked: a part of the page that is turned by itself.

What else the page shows of the knobs, the maps of all starts say, runs after the race is on its way to the browser.
"""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.gradient_descent.panels import controls, knobs, stage
from dlviz.concepts.gradient_descent.spec import DEFAULT, View
from dlviz.ui import links
from dlviz.ui.parts import keep_looking, looked

PAGE = "gradient_descent"
LOOK = 0.4  # seconds between two looks for an answer
PART = PAGE  # of the page, that waits for an answer
AROUND = f"{PAGE}.around"  # the state that the page around this part was drawn with
FOLLOWS = {"section": ("basins", "rates"), "tab": ("formula", "code")}
"""What of the page around this part, if it is open, shows all that is turned and picked here."""


def panel(beside: controls.Places) -> None:
    """Show the race that the page's state asks for, and in the places beside it all that changes nothing else."""
    st.session_state[AROUND] = links.current(DEFAULT)

    def show(waiting: bool) -> None:
        _race(waiting, beside)

    with st.container(key=f"{PAGE}-stage"):
        keep_looking(PART, show, LOOK)


def _race(waiting: bool, beside: controls.Places) -> None:
    moved = st.session_state.pop(stage.MOVED, False)
    view = links.current(DEFAULT)
    with beside.ground:
        race = controls.ground(view.race)
    with beside.plan:
        race = controls.plan(race)
    with beside.knobs:
        view, limit = knobs.panel(view.model_copy(update={"race": race}))
    links.write(view, DEFAULT)
    owed = stage.panel(view) or moved  # to look once more: then the start rests, and the fields around follow it
    limit.caption(knobs.stable(stage.latest(view.race)))
    looked(PART, waiting, owed=owed, news=is_old(st.session_state[AROUND], view, moved))


def is_old(around: View, view: View, moved: bool) -> bool:
    """Return whether the page around was drawn with a state that it should no longer show.

    While the start is `moved` about, the fields that say where it is can wait until it rests.
    """
    if view.section in FOLLOWS["section"] or st.session_state.get(f"{PAGE}.tabs.open") in FOLLOWS["tab"]:
        return (around.race, around.picked) != (view.race, view.picked)
    return around.race.start != view.race.start and not moved
