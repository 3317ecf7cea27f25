"""The judge: what a threshold makes of the probabilities, and what could be had at any other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from dlviz.concepts.logistic_regression.panels.lab import KEY, classes, rows, two
from dlviz.concepts.logistic_regression.recording import Rows
from dlviz.concepts.logistic_regression.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.spec import RunSpec
from dlviz.ui import links
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import part

JUDGE = f"{KEY}.judge"
PARTS = ("train", "validation", "test")
LOOK = 0.5  # seconds between two looks for rows that a worker has not told yet


def panel(view: View) -> None:
    """Show the threshold and what follows from it; of three classes also what is taken for what, and each by itself."""
    if not two(view.run):
        st.header(t(f"{KEY}.matrix"), anchor=False)
        st.markdown(t(f"{KEY}.matrix.lead"))
        _matrix(view)
    st.header(t(f"{KEY}.judging"), anchor=False)
    st.markdown(t(f"{KEY}.judging.lead" if two(view.run) else f"{KEY}.judging.lead_classes"))
    complete = rows(view) is not None
    return part(_judge, None if complete else LOOK)(complete)


def _judge(complete: bool) -> None:
    view = links.current(DEFAULT)
    known = rows(view)
    mount("judge", key=JUDGE, data=pack(_header(view), truths(known)), on_change={"judged": _turned})
    links.write(view, DEFAULT)  # where the threshold was turned, only this part of the page runs
    if not complete and known is not None:
        st.rerun()


def truths(known: Rows | None) -> dict[str, np.ndarray]:
    """Return the truth of each part's rows, in the order of a moment's scores; nothing is known of none."""
    if known is None:
        return {part: np.zeros(0, np.uint8) for part in PARTS}
    return {part: known.labels[known.splits == place] for place, part in enumerate(PARTS)}


def _header(view: View) -> dict[str, object]:
    words = all_below(f"{KEY}.judge.")
    return {
        "player": KEY,
        "threshold": view.threshold,
        "part": view.part,
        "against": view.against,
        "heard": st.session_state.get(f"{JUDGE}.heard"),
        "words": {
            **words,
            "classes": classes(view.run),
            "judged_of": judged_of(view.run),
            "judged": {part: words[f"judged_{part}"] for part in PARTS},
            "waits": {part: words["waits_test" if part == "test" else "waits"] for part in PARTS},
        },
    }


def judged_of(run: RunSpec) -> list[dict[str, object]]:
    """Return the words that name the class in question: the second of two, else a set for each against the rest."""
    names = classes(run)
    pairs = [(names[1], names[0])] if two(run) else [(name, t(f"{KEY}.judge.rest")) for name in names]
    return [
        {word: t(f"{KEY}.judge.{word}", name=name, other=other) for word in FILLED} | {"sides": [other, name]}
        for name, other in pairs
    ]


FILLED = (
    *("threshold", "tp", "fp", "fn", "tn", "roc_x", "roc_y", "pr_x", "pr_y", "reliability_x", "reliability_y"),
    *("precision_help", "recall_help", "specificity_help", "roc_below", "pr_below", "reliability_below"),
)


def _turned() -> None:
    """Take over the threshold and the part that were chosen below the curves."""
    said: Mapping[str, object] = (st.session_state.get(JUDGE) or {}).get("judged") or {}
    _take(said)
    st.session_state[f"{JUDGE}.heard"] = said.get("seq")


def turned_on_the_curve() -> None:
    """Take over the threshold at which it was let go of on the S-curve."""
    _take((st.session_state.get(f"{KEY}.picture") or {}).get("judged") or {})


def _take(said: Mapping[str, object]) -> None:
    view = links.current(DEFAULT)
    chosen = {name: said[name] for name in ("threshold", "part", "against") if said.get(name) is not None}
    try:
        links.put(View.model_validate({**dict(view), **chosen}))
    except ValueError:  # no browser of ours says such a thing
        return


def _matrix(view: View) -> None:
    names = classes(view.run)
    words = {
        name: t(f"{KEY}.confusion.{name}") for name in ("label", "truth", "answer", "cell", "right", "none", "scale")
    }
    config = {"player": KEY, "array": "confusion", "classes": names, "chosen": None, **words}
    with st.container(key=f"{KEY}-confusion", width=520):
        mount("matrix", key=f"{KEY}.confusion", data=config)
