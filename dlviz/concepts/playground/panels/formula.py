"""Your own activation: type f(x), see it with its slope, and let the network learn with it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.playground.recording import Bend
from dlviz.concepts.playground.spec import View
from dlviz.recording import pack
from dlviz.spec import Mlp, RunSpec, one_line
from dlviz.ui import fields, formulas
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.layers import most_of
from dlviz.ui.parts import part

COMPUTE = "dlviz.concepts.playground.compute:bend"
KEY = "playground.own"
TYPED = "playground.own.last"  # the formula that was last in force
LOOK = 0.7  # seconds between two looks for whether the workers have warmed up
HEIGHT, EVERY = 170, 16  # pixels; of the places, those with a name under the picture


def panel(view: View, run: RunSpec) -> RunSpec:
    """Show the formula, where a layer has one and it may be changed, and return the run as the viewer left it."""
    if not run.network.has_own or {"network", "layers"} <= set(view.hide):
        return run
    with st.container(key="playground-formula", gap="small"):
        label, help = t("fields.own"), t("fields.own.help")
        own = formulas.formula(label, run.network.own, KEY, one_line, most=most_of(Mlp, "own"), help=help)
        st.session_state[TYPED] = own
        part(_picture, None if _found(own) else LOOK)(own)
    return run.model_copy(update={"network": run.network.model_copy(update={"own": own})})


def as_before(before: Mlp, now: Mlp) -> Mlp:
    """Return the network with the formula that was last in force, where one has just been chosen again."""
    if now.has_own and not before.has_own and TYPED in st.session_state:
        return now.model_copy(update={"own": st.session_state[TYPED]})
    return now


def _found(own: str) -> Bend | None:
    found = ask("playground.bend", COMPUTE, own)
    return found.value if found is not None and found.fresh else None


def _picture(own: str) -> None:
    found = _found(own)
    if found is None:
        st.caption(t("bench.warming_up"))
        return
    mount("chart", key="playground.bend", data=message(found))
    if not np.isfinite(found.values).all():
        st.caption(t("playground.bend.gaps"))


def message(found: Bend) -> bytes:
    """Return what the component draws: f and f′ as two lines."""
    header = {
        "kind": "lines",
        "plain": True,
        "height": HEIGHT,
        "every": EVERY,
        "series": ["f(x)", t("playground.bend.slope")],
        "names": [fields.number(float(x)) for x in found.places],
        "x_label": t("playground.bend.x"),
        "y_label": "",
        "percent": False,
        "words": {"label": t("playground.bend.alt"), "at": t("playground.bend.at")},
    }
    return pack(header, {"x": found.places, "values": np.stack([found.values, found.slopes])})
