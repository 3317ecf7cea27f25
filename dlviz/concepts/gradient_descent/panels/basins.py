"""Basins of attraction: from which start each racer reaches which minimum."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from dlviz.concepts.gradient_descent.panels import stage
from dlviz.concepts.gradient_descent.recording import LOST, NOWHERE, Basins
from dlviz.concepts.gradient_descent.spec import BATCHED, DEFAULT, Race, View
from dlviz.recording import pack
from dlviz.ui import links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import have_page_follow, keep_looking, looked

PAGE = "gradient_descent"
KEY = "basins"
LOOK = 0.6
PART = f"{PAGE}.basins"  # of the page, that waits for an answer


def panel(_: View) -> None:
    """Show a map for each racer, as soon as it is computed."""
    with st.container(key=f"{PAGE}-basins"):
        keep_looking(PART, _basins, LOOK)


def _basins(waiting: bool) -> None:
    race = question(links.current(DEFAULT).race)
    st.markdown(t(f"{PAGE}.basins.lead"))
    if race.curve:
        st.caption(t(f"{PAGE}.basins.curve"))
        looked(PART, waiting, owed=False)
        return
    able = [place for place, one in enumerate(race.who) if one.optimizer in BATCHED]
    found = {place: answer for place in able if (answer := _asked(race, place)) is not None}
    if found:
        data = pack(header(race, found), {f"reached/{i}": one.reached for i, one in enumerate(found.values())})
        mount("basins", key=KEY, data=data, on_change={"start": _started})
    if len(found) < len(able):
        st.caption(t(f"{PAGE}.basins.computing", count=len(able) - len(found)))
    elif found:
        st.caption(t(f"{PAGE}.basins.said", seconds=f"{max(one.seconds for one in found.values()):.2g}"))
    if len(able) < len(race.who):
        left = [name for place, name in enumerate(stage.names(race.who)) if place not in able]
        st.caption(t(f"{PAGE}.basins.alone", names=", ".join(left)))
    looked(PART, waiting, owed=len(found) < len(able))


def question(race: Race) -> Race:
    """Return the race without what the basins do not depend on: where it starts."""
    return race.model_copy(update={"x": None, "y": None})


def _asked(race: Race, place: int) -> Basins | None:
    try:
        found = ask(f"{PAGE}.basins.{place}", f"{stage.COMPUTE}:basins", race, place)
    except Failed as failure:
        st.caption(reasons.say(str(failure)))
        return None
    return found.value if found is not None and found.fresh else None


def header(race: Race, found: Mapping[int, Basins]) -> dict[str, object]:
    """Return all that the maps show beside what is reached from where; `found` is by the racer's place."""
    names = stage.names(race.who)
    one = next(iter(found.values()))
    return {
        "box": race.ground.box,
        "minima": np.asarray(one.minima).tolist(),
        "start": links.current(DEFAULT).race.start,
        "racers": [
            {"name": names[place], "place": place, "steps": each.steps, "shares": each.shares.tolist()}
            for place, each in found.items()
        ],
        "nowhere": NOWHERE,
        "lost": LOST,
        "words": all_below(f"{PAGE}.basin."),
    }


def _started() -> None:
    """Let the race start where a map was clicked."""
    told = (st.session_state.get(KEY) or {}).get("start") or {}
    view = links.current(DEFAULT)
    try:
        race = Race.model_validate({**dict(view.race), "x": told.get("x"), "y": told.get("y")})
    except (ValueError, TypeError):  # no browser of ours says such a thing
        return
    links.write(view.model_copy(update={"race": race}), DEFAULT)
    have_page_follow()
