"""Other seeds: the run on the stage is trained again with other splits and first weights, and its scores spread."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.rnn.panels import charts, runs
from dlviz.concepts.rnn.recording import Spread
from dlviz.concepts.rnn.spec import DEFAULT, View
from dlviz.ui import links
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.language import t

COMPUTE = "dlviz.concepts.rnn.compute"
SEEDS = (0, 1, 2, 3, 4)
ASKED = "rnn.seeds.asked"  # the run that is trained again


def panel(view: View) -> bool:
    """Offer to train with other seeds, and show what came of it; return whether that is still to come."""
    words, help = t("rnn.seeds", count=len(SEEDS)), t("rnn.seeds.help")
    st.button(words, key="rnn.seeds", icon=":material/casino:", help=help, on_click=_ask)
    asked = st.session_state.get(ASKED)
    if asked is None or runs.part_of(asked) != view.part:
        return False
    found = ask("rnn.seeds", f"{COMPUTE}:spread", asked, SEEDS)
    if found is None or not found.fresh:
        st.caption(t("rnn.seeds.running", count=len(SEEDS)))
        return True
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(sentence(found.value, runs.name(asked)))
    with right:
        mount("chart", key="rnn.seeds.chart", data=charts.seeds(found.value))
    return False


def sentence(found: Spread, name: str) -> str:
    """Return the mean of the scores and their standard deviation over the seeds, in the unit that they have."""
    size, digits = (100, 1) if found.what in ("test_accuracy", "validation_accuracy") else (1, 1)
    digits = 2 if found.what == "surprise" else digits
    numbers = {"mean": found.scores.mean(), "deviation": found.scores.std(ddof=1)}
    return t(
        f"rnn.seeds.found.{found.what}", name=name, **{one: f"{size * v:.{digits}f}" for one, v in numbers.items()}
    )


def _ask() -> None:
    view = links.current(DEFAULT)
    run = runs.lab(view.part).settled(view)
    st.session_state[ASKED] = run.model_copy(update={"seed": 0, "edits": (), "knobs": run.knobs_at(10**9)})
