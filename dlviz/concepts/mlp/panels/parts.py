"""The three parts of the page, each with a bench of its own; where one was left, one comes back to."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.mlp.spec import DEFAULT, PARTS, RUNS, Part, View
from dlviz.spec import RunSpec
from dlviz.ui import bench, kept_runs, links
from dlviz.ui.language import t
from dlviz.ui.learning import Lab

KEY = "mlp.part"
LEFT = "mlp.left"  # the view of each part as it was left


def name(run: RunSpec, usual: RunSpec) -> str:
    """Return what a run is called on a chart: what sets it apart from its part's usual one, in few words."""
    turned = kept_runs.differences(run, usual, unsaid=("pairs", "train_share"))
    if getattr(run.data, "train_share", 1) != getattr(usual.data, "train_share", 1):
        turned.insert(0, t("mlp.share", share=f"{100 * run.data.train_share:g}"))
    return ", ".join(turned[:3]) or t("mlp.usual")


def _named(usual: RunSpec):
    return lambda run: name(run, usual)


LABS: dict[Part, Lab] = {part: Lab(f"mlp.{part}", DEFAULT, RUNS[part], _named(RUNS[part])) for part in PARTS}


def lab(view: View) -> Lab:
    """Return the lab of the part on show."""
    return LABS[view.part]


def score_of(part: Part) -> str:
    """Return by what networks of a part are judged: "accuracy" or "r2"."""
    return "accuracy" if part == "digits" else "r2"


def panel(view: View) -> None:
    """Show which part is on show, to choose another."""
    st.session_state[KEY] = view.part
    st.segmented_control(
        t("mlp.parts"),
        PARTS,
        key=KEY,
        format_func=lambda part: t(f"mlp.part.{part}"),
        label_visibility="collapsed",
        required=True,
        on_change=_choose,
    )


def _choose() -> None:
    view, chosen = links.current(DEFAULT), st.session_state[KEY]
    if chosen in (None, view.part):
        return
    left: dict[Part, View] = st.session_state.setdefault(LEFT, {})
    left[view.part] = view
    links.put(left.get(chosen) or DEFAULT.model_copy(update={"run": RUNS[chosen]}))


def another(view: View, run: RunSpec) -> View:
    """Return the view with another run on its stage, which begins to learn."""
    bench.move(lab(view).key, playing=True, at="newest")
    return view.model_copy(update={"run": run, "at": None})


def replay(view: View) -> None:
    """Play the run on the stage from its first weights on."""
    bench.move(lab(view).key, playing=True, at=0, speed="max")
