"""Learning rates: how high the one who is picked ends with each of many, and where the limits of stability are."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.gradient_descent.panels import stage
from dlviz.concepts.gradient_descent.recording import Rates
from dlviz.concepts.gradient_descent.spec import DEFAULT, RATE, View, racers_text
from dlviz.recording import pack
from dlviz.ui import links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import have_page_follow, keep_looking, looked
from dlviz.ui.stacks import readable

PAGE = "gradient_descent"
KEY = "rates"
LOOK = 0.6
PART = f"{PAGE}.rates"  # of the page, that waits for an answer


def panel(_: View) -> None:
    """Show how the one who is picked does with other learning rates."""
    with st.container(key=f"{PAGE}-rates"):
        keep_looking(PART, _rates, LOOK)


def _rates(waiting: bool) -> None:
    view = links.current(DEFAULT)
    place = min(view.picked, len(view.race.who) - 1)
    asked = without_rate(view, place)
    try:
        found = ask(f"{PAGE}.rates", f"{stage.COMPUTE}:rates", asked.race, place, note=asked)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        looked(PART, waiting, owed=False)
        return
    if found is None:
        st.caption(t(f"{PAGE}.rates.computing"))
    else:
        _show(view, found.note, found.value)
    looked(PART, waiting, owed=found is None or not found.fresh)


def without_rate(view: View, place: int) -> View:
    """Return the view as far as the rates depend on it: the one racer, without its own learning rate."""
    racers = [one.turn("lr", None) if i == place else one for i, one in enumerate(view.race.who)]
    return View(race=view.race.model_copy(update={"racers": racers_text(racers)}), picked=place)


def _show(view: View, asked: View, found: Rates) -> None:
    name = stage.names(asked.race.who)[asked.picked]
    st.markdown(t(f"{PAGE}.rates.lead", name=name, count=len(found.rates), steps=found.steps))
    arrays = {name: np.asarray(getattr(found, name), np.float64) for name in ("rates", "ends", "growing", "tested")}
    mount("rates", key=KEY, data=pack(header(view, found), arrays), on_change={"rate": _taken})
    if np.isfinite(found.ends).any():
        best = int(np.nanargmin(found.ends))
        st.caption(t(f"{PAGE}.rates.best", rate=readable(found.rates[best]), height=readable(found.ends[best])))


def header(view: View, found: Rates) -> dict[str, object]:
    """Return all that the chart shows beside its lines."""
    finite = lambda value: float(value) if np.isfinite(value) else None  # noqa: E731
    return {
        "now": view.racer.knobs(view.race.ground)["lr"],
        "start": finite(found.start),
        "limits": [finite(limit) for limit in found.limits],
        "words": all_below(f"{PAGE}.rate."),
    }


def _taken() -> None:
    """Let the one who is picked race with the rate that was clicked."""
    view = links.current(DEFAULT)
    told = ((st.session_state.get(KEY) or {}).get("rate") or {}).get("value")
    if not isinstance(told, int | float) or not RATE.low <= told <= RATE.high:  # no browser of ours says such a thing
        return
    place = min(view.picked, len(view.race.who) - 1)
    racers = [one.turn("lr", float(f"{told:.3g}")) if i == place else one for i, one in enumerate(view.race.who)]
    race = view.race.model_copy(update={"racers": racers_text(racers)})
    links.write(view.model_copy(update={"race": race}), DEFAULT)
    have_page_follow()
