"""A function of one number: its points, the network's answer, and the units that add up to it."""

from __future__ import annotations

from math import isfinite
from typing import get_args

import numpy as np
import streamlit as st

from dlviz.concepts.mlp.panels import parts
from dlviz.concepts.mlp.recording import Targets
from dlviz.concepts.mlp.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.rows import pairs_text
from dlviz.spec import Activation, Mlp, Pairs
from dlviz.ui import fields, futures, links
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.fields import option
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import have_page_follow, keep_looking, looked

KEY = "mlp.units"
COMPUTE = "dlviz.concepts.mlp.compute"
LOOK = 0.5  # seconds between two looks for the points
MOST_UNITS = 100  # on the slider; the field for layers takes more
MOST_POINTS = 500


def units(view: View) -> View:
    """Show how many units the first layer has, where there is one, and return the view with as many."""
    network, key = view.run.network, "mlp.function.units"
    if not network.hidden or network.hidden[0] > MOST_UNITS:
        return view
    fields.follow(key, network.hidden[0])
    words = {"label": t("mlp.units"), "help": t("mlp.units.help")}
    count = st.slider(words["label"], 1, MOST_UNITS, value=st.session_state[key], key=key, help=words["help"])
    fields.report(key, count)
    if count == network.hidden[0]:
        return view
    wider = network.model_copy(update={"hidden": (count, *network.hidden[1:])})
    run = view.run.model_copy(update={"network": Mlp.model_validate(dict(wider))})
    return futures.changed(view, run, view.run.knobs_at(parts.lab(view).step(view)))


def panel(_: View) -> None:
    """Show the picture, whose pen draws another function."""
    keep_looking(KEY, _picture, LOOK)


def _picture(waiting: bool) -> None:
    view = links.current(DEFAULT)
    found = ask("mlp.targets", f"{COMPUTE}:targets", view.run.data, view.run.seed_of_data)
    if found is not None:
        mount("units", key=KEY, data=_message(view, found.value), on_change={"points": _drawn, "count": _count})
    else:
        st.caption(t("bench.warming_up"))
    looked(KEY, waiting, found is None or not found.fresh)


def _message(view: View, points: Targets) -> bytes:
    network = view.run.network
    header = {
        "player": parts.lab(view).key,
        "hidden": network.hidden,
        "activations": [network.activation_of(layer) for layer in range(len(network.hidden))],
        "names": {name: option(name) for name in get_args(Activation)},
        "normed": network.batch_norm,
        "count": view.count,
        "own": isinstance(view.run.data, Pairs),
        "heard": st.session_state.get(f"{KEY}.heard", 0),
        "words": all_below("mlp.picture."),
    }
    arrays = {name: np.ascontiguousarray(getattr(points, name), np.float32) for name in ("train", "validation")}
    return pack(header, arrays)


def _said(name: str) -> dict[str, object]:
    """Return what the picture said last of this name, and note that it was heard."""
    said = (st.session_state.get(KEY) or {}).get(name) or {}
    st.session_state[f"{KEY}.heard"] = max(st.session_state.get(f"{KEY}.heard", 0), int(said.get("seq", 0)))
    return said


def _drawn() -> None:
    """Let the network learn what was drawn."""
    view, drawn = links.current(DEFAULT), _said("points").get("points")
    pairs = read_points(drawn)
    if len(pairs) > 1:
        run = view.run.model_copy(update={"data": Pairs(pairs=pairs_text(pairs))})
        learning = futures.changed(view, run, view.run.knobs_at(parts.lab(view).step(view)))
        links.put(parts.another(view, learning.run))
        have_page_follow()


def read_points(drawn: object) -> list[tuple[float, float]]:
    """Return the points (x, y) that a browser says were drawn; what is no row of pairs of numbers is none."""
    if not isinstance(drawn, list) or len(drawn) > MOST_POINTS:
        return []
    pairs = [tuple(one) for one in drawn if isinstance(one, list) and len(one) == len(("x", "y"))]
    return [pair for pair in pairs if all(isinstance(value, int | float) and isfinite(value) for value in pair)]


def _count() -> None:
    """Note how many units are added up."""
    view, count = links.current(DEFAULT), _said("count").get("count")
    if count is None or (isinstance(count, int) and 0 <= count <= max(view.run.network.hidden, default=1)):
        links.put(view.model_copy(update={"count": count}))
        have_page_follow()
