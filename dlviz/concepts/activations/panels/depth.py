"""In depth: what up to fifty layers do to signals on their way up and to a gradient on its way back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
import streamlit as st

from dlviz.concepts.activations.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.signals import GRADIENTS, OWN_REACH, REACH, SIGNALS, Signals
from dlviz.stack import Depth
from dlviz.ui import links, reasons, stacks, tries
from dlviz.ui.asking import Answer, Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.drawers import drawer
from dlviz.ui.folds import fold
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import keep_looking, looked
from dlviz.ui.tries import Found, Page, Question

COMPUTE = "dlviz.probes.depth:in_depth"
KEY = "depth"
PREFIX = "activations"
PART = "depth"  # of the page, that waits for an answer
LOOK = 0.3  # seconds between two looks for an answer
PATIENCE = 1.0  # seconds that a moved control may wait for its picture
KEEPS, HALF = 0.9, 0.5  # a layer that leaves so much of the size keeps about all of it, or only half
STAYS = 0.7  # what a whole stack must leave of a size that stays
NOT_ASKED = {"deep_own": False, "deep_preset": "none", "deep_guess": None}  # changes nothing of what is computed


def panel(view: View) -> None:
    """Show things to try, the stack as the view has it, and the controls beside it."""
    tries.panel(PAGE, view)
    with st.container(key="activations-depth"):
        keep_looking(PART, _depth, LOOK)


def _depth(waiting: bool) -> None:
    picture, beside = st.columns([5, 2], gap="large")
    with beside, drawer("activations.depth"):
        given = _controls(links.current(DEFAULT))
    with picture:
        found = _shown(given)
    looked(PART, waiting, owed=found is None or not found.fresh)


def _shown(given: Depth) -> Answer | None:
    """Show the newest answer, and return it."""
    try:
        found = asked("depth", given, PATIENCE)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return Answer(None, None, True)
    if found is None:
        st.caption(t("bench.warming_up"))
        return None
    mount("depth", key=KEY, data=message(found.note, found.value, given.deep_own), on_change={"own": _scaled})
    return found


def asked(slot: str, given: Depth, patience: float = PATIENCE) -> Answer | None:
    """Return the newest answer of a worker, with the stack that it is about as its note."""
    question = given.model_copy(update=NOT_ASKED)
    return ask(f"activations.{slot}", COMPUTE, question, note=question, wait=patience)


# ------------------------------------------------------------------------------------------ controls


def _controls(view: View) -> Depth:
    """Show what can be chosen of a stack, and return the stack as it is then."""
    given = view.depth
    stacks.heading("layers")
    given = stacks.edit(given, ("deep_layers", "deep_width", "deep_bend"), PREFIX)
    stacks.heading("start")
    given = stacks.edit(given, ("deep_start", "deep_scale"), PREFIX)
    words, help = t("stack.another"), t("stack.another.help")
    st.button(words, key=f"{PREFIX}.deep_another", icon=":material/casino:", help=help, on_click=_another)
    stacks.heading("cures")
    given = stacks.edit(given, ("deep_norm",), PREFIX)
    unfolded = fold(t("stack.more"), "activations-deep-more")
    if unfolded is not None:
        with unfolded:
            given = stacks.edit(given, ("deep_batch", "deep_seed"), PREFIX)
    if given != view.depth:
        links.write(view.model_copy(update={"depth": given}), DEFAULT)
    return given


def _another() -> None:
    view = links.current(DEFAULT)
    links.put(view.model_copy(update={"depth": stacks.another_seed(view.depth)}))


def _said() -> Mapping[str, object]:
    return (st.session_state.get(KEY) or {}).get("own") or {}


def _scaled() -> None:
    """Note whether each layer is drawn on a scale of its own, as the browser has it already."""
    view = links.current(DEFAULT)
    depth = view.depth.model_copy(update={"deep_own": _said().get("own") is True})
    links.write(view.model_copy(update={"depth": depth}), DEFAULT)


# ------------------------------------------------------------------------------- to the browser


def message(asked: Depth, found: Signals, own: bool) -> bytes:
    """Return all that the component draws of the stack `asked`, in the visitor's language."""
    header = {
        "layers": found.layers,
        "own": own,
        "reach": REACH,
        "own_reach": OWN_REACH,
        "grew": [_grew(asked, found, which) for which in (SIGNALS, GRADIENTS)],
        "words": all_below("depth.picture."),
        "heard": _said().get("seq"),
    }
    numbers = ("sizes", "theory", "apart", "flat", "dead")
    arrays = {name: np.asarray(getattr(found, name), np.float64) for name in numbers}
    return pack(header, arrays | {"shared": found.shared, "own": found.own})


def _grew(asked: Depth, found: Signals, which: int) -> dict[str, object]:
    """Return by what a layer multiplies the size, as measured and in theory, and how the theory comes to that."""
    factor = found.growth(which)
    whole = factor**found.layers
    kind = "shrinks" if whole < STAYS else "grows" if whole > 1 / STAYS else "keeps"
    names = {"formula": formula(asked, which), "source": source(asked, which)}
    return {
        "factor": factor,
        "theory": found.growth(which, theory=True),
        "whole": whole,
        "kind": kind,
        "variance": found.variance,
        **names,
    }


def formula(asked: Depth, which: int) -> str:
    """Return what a layer multiplies the variance by, in symbols."""
    if asked.deep_norm == "batch":
        return "E[f′(u)²] / Var f(u)" if which == GRADIENTS else "E[f(u)²]"
    if asked.deep_norm == "layer":
        return "E[f′(u)²] / E[f(u)²]" if which == GRADIENTS else "E[f(u)²]"
    if asked.deep_bend == "identity":
        return "n·Var(w)"
    if asked.deep_bend == "relu":
        return "n·Var(w) / 2"
    return "χ = n·Var(w)·E[f′(√q·u)²]" if which == GRADIENTS else "q = n·Var(w)·E[f(√q·u)²]"


def source(asked: Depth, which: int) -> str:
    """Return who found that."""
    if asked.deep_norm != "none":
        norms = {"batch": "Yang et al. 2019", "layer": "Ba et al. 2016"}
        return norms[asked.deep_norm] if which == GRADIENTS else "Ioffe & Szegedy 2015"
    if asked.deep_bend in ("identity", "relu"):
        return {"identity": "Glorot & Bengio 2010", "relu": "He et al. 2015"}[asked.deep_bend]
    return "Schoenholz et al. 2017" if which == GRADIENTS else "Poole et al. 2016"


# ------------------------------------------------------------------------------------ things to try

TRIED: dict[str, Depth] = {
    "sigmoid": Depth(deep_layers=10, deep_bend="sigmoid"),
    "xavier": Depth(deep_bend="relu"),
    "he": Depth(deep_bend="relu", deep_start="he", deep_width=256),
    "explode": Depth(deep_bend="relu", deep_start="normal", deep_scale=0.2),
    "cure": Depth(deep_bend="relu", deep_start="normal", deep_scale=0.2, deep_norm="batch"),
}
ASKS_OF = {"sigmoid": GRADIENTS, "xavier": SIGNALS, "he": SIGNALS, "explode": SIGNALS, "cure": SIGNALS}


def band(factor: float) -> int:
    """Return 0 to 3 for a layer that leaves less than half of the size, less than most, about all, or makes more."""
    return 0 if factor < HALF else 1 if factor < KEEPS else 2 if factor <= 1 / KEEPS else 3


def _answer(name: str, _: View) -> Found | None:
    try:
        found = asked(f"try.{name}", TRIED[name])
    except Failed:
        return None
    if found is None or not found.fresh:
        return None
    signals: Signals = found.value
    values = {
        "signals": signals.growth(SIGNALS),
        "gradients": signals.growth(GRADIENTS),
        "theory": signals.growth(ASKS_OF[name], theory=True),
        "up": signals.growth(SIGNALS) ** signals.layers,
        "down": signals.growth(GRADIENTS) ** signals.layers,
        "shrink": 100 * (1 - signals.growth(GRADIENTS)),
    }
    texts = {key: stacks.readable(value) for key, value in values.items()}
    return Found(band(signals.growth(ASKS_OF[name])), texts | {"layers": signals.layers})


def _question(name: str) -> Question:
    def leads_to(view: View) -> View:
        chosen = TRIED[name].model_copy(update={"deep_own": view.depth.deep_own, "deep_preset": name})
        return view.model_copy(update={"depth": chosen})

    return Question(leads_to, "band", partial(_answer, name))


PAGE = Page("depth", DEFAULT, {name: _question(name) for name in TRIED}, part="depth", prefix="deep_")
