"""The map of a hidden layer: where test digits lie by what the layer makes of them, while it learns."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.mlp.panels import parts
from dlviz.concepts.mlp.recording import Journey
from dlviz.concepts.mlp.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.ui import links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import keep_looking, looked

KEY = "mlp.map"
COMPUTE = "dlviz.concepts.mlp.compute"
LOOK = 1.0  # seconds between two looks for the map
LAYER = "mlp.map.layer"


def panel(_: View) -> None:
    """Show the map of a layer; it moves as the bench does."""
    keep_looking(KEY, _panel, LOOK)


def _panel(waiting: bool) -> None:
    view = links.current(DEFAULT)
    layers = len(view.run.network.hidden)
    if not layers:
        st.caption(t("mlp.map.none"))
        return
    layer = min(view.layer, layers)
    _choose(layer, layers)
    try:
        found = ask(KEY, f"{COMPUTE}:journey", parts.lab(view).settled(view), layer)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return
    if found is None or not found.fresh:
        st.caption(t("mlp.map.busy"))
    else:
        mount("journey", key="mlp.journey", data=_message(view, found.value))
    looked(KEY, waiting, found is None or not found.fresh)


def _choose(layer: int, layers: int) -> None:
    """Show which hidden layer's map is shown, where there are several."""
    if layers < 2:
        return
    st.session_state[LAYER] = layer
    numbers = range(1, layers + 1)
    st.segmented_control(t("mlp.map.layer"), numbers, key=LAYER, required=True, on_change=_chosen)


def _chosen() -> None:
    view, layer = links.current(DEFAULT), st.session_state[LAYER]
    links.put(view.model_copy(update={"layer": layer or view.layer}))


def _message(view: View, found: Journey) -> bytes:
    names = ("steps", "epochs", "points", "explained", "labels", "answers", "pictures")
    arrays = {name: np.ascontiguousarray(getattr(found, name)) for name in names}
    return pack({"player": parts.lab(view).key, "words": all_below("mlp.journey.")}, arrays)
