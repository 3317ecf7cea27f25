"""The line between: the loss of the networks that stand on the straight way from one solution to another."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

from dlviz.concepts.gradient_descent.panels.walkers import (
    PAGE,
    SOLUTIONS,
    Walker,
    epoch_shown,
    moving,
    names,
    shorts,
    significant,
    walkers,
)
from dlviz.concepts.gradient_descent.recording import Between
from dlviz.concepts.gradient_descent.spec import DEFAULT, Real
from dlviz.recording import pack
from dlviz.ui import fields, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.live_network import EXTENT
from dlviz.ui.parts import keep_looking, looked

KEY = "between"
LOOK = 0.6
PATIENCE = 0.5
PART = f"{PAGE}.line"  # of the page, that waits for an answer
LINES = ("ends", "first", "second")
EVEN = 0.01  # a hill that is lower than this share of the higher end is none to speak of


class Asked(NamedTuple):
    """A line to be looked at: from where to where, in weights, in words and in the colours of the runs."""

    run: object
    weights: tuple[np.ndarray, np.ndarray]
    names: tuple[str, str]
    short: tuple[str, str]
    colours: tuple[str, str]


def panel() -> None:
    """Show the way between two solutions, and what is found on it."""
    given = links.current(DEFAULT).real
    st.markdown(t(f"{PAGE}.straight.lead"))
    words = _lines(given)
    label, help = t(f"{PAGE}.straight.between"), t(f"{PAGE}.straight.between.help")
    with st.container(key=f"{PAGE}-lines"):  # where they are too long for one row there are two
        chosen = fields.choice(label, LINES, given.between, f"{PAGE}.between", names=words.get, help=help)
    if chosen != given.between:
        view = links.current(DEFAULT)
        links.write(view.model_copy(update={"real": view.real.model_copy(update={"between": chosen})}), DEFAULT)
    with st.container(key=f"{PAGE}-line"):
        keep_looking(PART, _line, LOOK)


def _lines(given: Real) -> dict[str, str]:
    """Return what the lines that may be chosen are called."""
    (first, second), start = shorts(given.runs), t(f"{PAGE}.straight.start")
    return {"ends": f"{first} → {second}", "first": f"{start} → {first}", "second": f"{start} → {second}"}


def _line(waiting: bool) -> None:
    given = links.current(DEFAULT).real
    found = walkers(given)
    if found is None:
        st.caption(t("bench.warming_up"))
        looked(PART, waiting, owed=True)
        return
    asked = question(given, found, epoch_shown(found[0]))
    try:
        answer = ask(f"{PAGE}.line", f"{SOLUTIONS}:between", asked.run, *asked.weights, note=asked, wait=PATIENCE)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        looked(PART, waiting, owed=False)
        return
    if answer is None:
        st.caption(t(f"{PAGE}.straight.measuring"))
    else:
        mount("between", key=KEY, data=pack(header(answer.note), arrays(answer.value)))
        st.caption(said(answer.note, answer.value))
    looked(PART, waiting, owed=answer is None or not answer.fresh or moving(given))


def question(given: Real, found: tuple[Walker, Walker], epoch: float) -> Asked:
    """Return the line that is wanted: between both runs after so many epochs, or from the start to one of them."""
    ends, runs = [one.until(epoch) for one in found], (found[0].run, found[1].run)
    called, short, colours = names(runs), shorts(runs), ["accent", "second"]
    if given.between != "ends":
        place, start = LINES.index(given.between) - 1, t(f"{PAGE}.straight.start")
        ends = [found[place].moments[0], ends[place]]
        called, short, colours = [start, called[place]], [start, short[place]], ["muted", colours[place]]
    return Asked(runs[0], tuple(end["weights"] for end in ends), tuple(called), tuple(short), tuple(colours))


def header(asked: Asked) -> dict[str, object]:
    """Return what the picture shows beside its numbers."""
    data = asked.run.data
    words = all_below(f"{PAGE}.betweens.")
    words["score"] = words[f"{'validation' if data.validation_share else 'train'}_{data.about}"]
    return {
        "ends": asked.names,
        "short": asked.short,
        "colours": asked.colours,
        "kind": "number" if data.about == "number" else "classes" if data.outputs > 2 else "two",
        "percent": data.about == "class",
        "extent": EXTENT,
        "mapped": asked.run.on_plane,
        "line": f"{asked.run.digest} {asked.colours}",
        "words": words,
    }


def arrays(found: Between) -> dict[str, np.ndarray]:
    """Return the numbers that the picture draws."""
    exact = ("shares", "losses", "scores", "hills", "sharpness", "points")
    parts = {name: np.asarray(getattr(found, name), np.float32) for name in exact}
    if not found.maps.size:  # what is learnt is no points of the plane
        return parts | {"points": np.zeros((0, 2), np.float32), "labels": np.zeros(0, np.float32)}
    return parts | {"maps": found.maps, "labels": np.asarray(found.labels, np.float32)}


def said(asked: Asked, found: Between) -> str:
    """Return whether there is a hill on training points, how far the two are apart, and which is sharper."""
    first, second = (float(one) for one in found.losses[0, np.searchsorted(found.shares, (0.0, 1.0))])
    (share, height), high = found.hills[0], max(first, second)
    kind = "none" if height <= 0 else "hill" if height > EVEN * high else "small"
    words = {"height": significant(height), "high": significant(high), "top": significant(high + height)}
    hill = t(f"{PAGE}.straight.said.{kind}", share=f"{100 * share:.0f}", **words)
    apart = t(f"{PAGE}.straight.said.apart", distance=significant(found.distance))
    return f"{hill} {apart} {_bends(asked, found)}"


def _bends(asked: Asked, found: Between) -> str:
    """Return which end is the sharper one, or that both are equally sharp as far as the digits go."""
    flat, sharp = np.argsort(found.sharpness)
    most, least = significant(found.sharpness[sharp]), significant(found.sharpness[flat])
    if most == least:
        return t(f"{PAGE}.straight.said.even", both=most)
    ends = {"sharper": asked.names[sharp], "flatter": asked.names[flat]}
    return t(f"{PAGE}.straight.said.sharper", most=most, least=least, **ends)
